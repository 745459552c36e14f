#include "position.h"

#include <math.h>

/* As wide as high, so that lines are long enough in any position and several of them stand in it: a part of so much. */
static const double AREA = 0.1;
enum { PLACES = 5 }; /* that are compared across, and down */

/* How many bytes of words have their middle in the piece, in units of the page. */
static size_t text_within(const struct page *page, double x, double y, double w, double h) {
    size_t n = 0;

    for (size_t i = 0; i < page->word_count; i++) {
        const struct box *b = &page->words[i].box;
        double middle_x = b->x + b->w / 2.0, middle_y = b->y + b->h / 2.0;
        if (middle_x >= x && middle_x < x + w && middle_y >= y && middle_y < y + h)
            n += page->words[i].text.n;
    }
    return n;
}

void position_sample(const struct page *page, double scale, int width, int height, int *x, int *y, int *w,
                     int *h) {
    int side = (int)ceil(sqrt(AREA * width * height));
    size_t most = 0;

    *w = side < width ? side : width, *h = side < height ? side : height;
    *x = (width - *w) / 2, *y = (height - *h) / 2;
    for (int i = 0; i < PLACES * PLACES; i++) {
        int at_x = (width - *w) * (i % PLACES) / (PLACES - 1),
            at_y = (height - *h) * (i / PLACES) / (PLACES - 1);
        size_t n = text_within(page, at_x * scale, at_y * scale, *w * scale, *h * scale);
        if (n <= most) continue;
        most = n;
        *x = at_x, *y = at_y;
    }
}

int position_confidence(TessBaseAPI *engine, PIX *piece, int quarters, double dpi) {
    PIX *turned = pixRotateOrth(piece, quarters);
    int confidence = 0;

    if (!turned) return 0;
    TessBaseAPISetPageSegMode(engine, PSM_SINGLE_BLOCK);
    TessBaseAPISetImage2(engine, turned);
    TessBaseAPISetSourceResolution(engine, (int)lround(dpi));
    if (TessBaseAPIRecognize(engine, NULL) == 0) confidence = TessBaseAPIMeanTextConf(engine);
    TessBaseAPIClear(engine);
    TessBaseAPISetPageSegMode(engine, PSM_AUTO);
    pixDestroy(&turned);
    return confidence;
}
