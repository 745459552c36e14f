#ifndef EXTRACTOR_MISSED_H
#define EXTRACTOR_MISSED_H
/*
 * missed -- printed lines that the layout analysis of the OCR passed over: columns of a few short figures, mostly.
 */
#include "documents/page.h"

#include <leptonica/allheaders.h>

enum { MISSED_LINES_MAX = 40 };

/*
 * Pieces of lines in the ink (1 bit a pixel) that look like letters as high as those of the page's words and
 * that no word covers, in pixels; `scale` is units of the page a pixel. NULL: none, or no memory. The caller
 * destroys it.
 */
BOXA *missed_lines(PIX *ink, const struct page *, double scale);

#endif
