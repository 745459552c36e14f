#include "darkness.h"

double darkness(PIX *picture, const struct page *page, struct box b) {
    double scale = (double)pixGetWidth(picture) / page->width;
    BOX *box = boxCreate((int)(b.x * scale), (int)(b.y * scale), (int)(b.w * scale), (int)(b.h * scale));
    PIX *part = pixClipRectangle(picture, box, NULL), *dark = part ? pixThresholdToBinary(part, 128) : NULL;
    l_float32 fraction = 0;

    if (dark) pixForegroundFraction(dark, &fraction);
    boxDestroy(&box);
    pixDestroy(&part);
    pixDestroy(&dark);
    return fraction;
}
