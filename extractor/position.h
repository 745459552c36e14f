#ifndef EXTRACTOR_POSITION_H
#define EXTRACTOR_POSITION_H
/*
 * position -- which way up a page lies whose letters do not tell: a piece of it, where most of its text stands, is read
 * in other positions. A page that can hardly be read (handwriting, a bad photograph) would otherwise be read whole in all
 * four.
 */
#include "documents/page.h"

#include <leptonica/allheaders.h>
#include <tesseract/capi.h>

/*
 * The piece of the picture (width, height in pixels) that holds most of the page's text; `scale` is units of the page a
 * pixel. A page without words: the middle.
 */
void position_sample(const struct page *, double scale, int width, int height, int *x, int *y, int *w,
                     int *h);

/*
 * How well the engine reads a piece of this resolution that is turned by so many quarters clockwise: 0 to 100. Lines that run up or
 * down in it are not looked for: they are not upright.
 */
int position_confidence(TessBaseAPI *, PIX *piece, int quarters, double dpi);

#endif
