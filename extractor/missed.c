#include "missed.h"

#include <stdlib.h>

enum { WORDS_MIN = 20, HEIGHT_MIN = 8, HEIGHTS_MAX = 4000 };

static int by_value(const void *a, const void *b) {
    return *(const int *)a - *(const int *)b;
}

/* The middle height of the words, in pixels; 0: too few to say. */
static int word_height(const struct page *page, double scale) {
    int heights[HEIGHTS_MAX];
    size_t n = 0;

    for (size_t i = 0; i < page->word_count && n < HEIGHTS_MAX; i++)
        heights[n++] = (int)(page->words[i].box.h / scale);
    if (n < WORDS_MIN) return 0;
    qsort(heights, n, sizeof *heights, by_value);
    return heights[n / 2];
}

/* White where words were read well enough. */
static void words_wipe(PIX *ink, const struct page *page, double scale) {
    for (size_t i = 0; i < page->word_count; i++) {
        const struct box *b = &page->words[i].box;
        if (page->words[i].confidence < MISSED_CONFIDENCE) continue;
        BOX *box = boxCreate((int)(b->x / scale) - 2, (int)(b->y / scale) - 2, (int)(b->w / scale) + 5,
                             (int)(b->h / scale) + 5);
        if (box) pixClearInRect(ink, box);
        boxDestroy(&box);
    }
}

/* Only what is as high as a letter or a figure, and no wider than two: no rules, frames, stains, pictures. */
static PIX *letters_of(PIX *ink, int height) {
    PIX *out = pixCreate(pixGetWidth(ink), pixGetHeight(ink), 1);
    BOXA *parts = out ? pixConnCompBB(ink, 8) : NULL;
    int count = parts ? boxaGetCount(parts) : 0;

    for (int i = 0; i < count; i++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry(parts, i, &x, &y, &w, &h);
        if (h * 2 >= height && h * 2 <= height * 3 && w <= height * 2 && w * 6 >= height)
            pixRasterop(out, x, y, w, h, PIX_SET, NULL, 0, 0);
    }
    boxaDestroy(&parts);
    return out;
}

/* Two letters at least, on one line. */
static bool is_line(int w, int h, int height) {
    return w * 4 >= height * 5 && h * 2 >= height && h <= height * 2;
}

BOXA *missed_lines(PIX *ink, const struct page *page, double scale) {
    int height = word_height(page, scale);
    PIX *left = height >= HEIGHT_MIN ? pixCopy(NULL, ink) : NULL, *letters = NULL, *joined = NULL;
    BOXA *out = NULL, *pieces = NULL;

    if (!left) return NULL;
    words_wipe(left, page, scale);
    letters = letters_of(left, height);
    /* So wide that the comma in "20,0" does not part a figure of a typewriter's letters. */
    joined = letters ? pixCloseSafeBrick(NULL, letters, 2 * height, 1) : NULL;
    pieces = joined ? pixConnCompBB(joined, 8) : NULL;
    out = pieces ? boxaCreate(MISSED_LINES_MAX) : NULL;
    for (int i = 0; out && i < boxaGetCount(pieces) && boxaGetCount(out) < MISSED_LINES_MAX; i++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry(pieces, i, &x, &y, &w, &h);
        if (is_line(w, h, height))
            boxaAddBox(out,
                       boxCreate(x - height / 3, y - height / 3, w + 2 * (height / 3), h + 2 * (height / 3)),
                       L_INSERT);
    }
    pixDestroy(&left);
    pixDestroy(&letters);
    pixDestroy(&joined);
    boxaDestroy(&pieces);
    return out;
}
