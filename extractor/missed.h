#ifndef EXTRACTOR_MISSED_H
#define EXTRACTOR_MISSED_H
/*
 * missed -- printed lines that the layout analysis of the OCR passed over (columns of a few short figures, mostly) or
 * mixed up with their neighbours, so that no word of theirs can be believed.
 */
#include "documents/page.h"

#include <leptonica/allheaders.h>

enum {
    MISSED_LINES_MAX = 40,
    MISSED_CONFIDENCE = 50 /* a word of less counts as not read */
};

/*
 * Pieces of lines in the ink (1 bit a pixel) that look like letters as high as those of the page's words and
 * that no believable word covers, in pixels; `scale` is units of the page a pixel. NULL: none, or no memory. The caller
 * destroys it.
 */
BOXA *missed_lines(PIX *ink, const struct page *, double scale);

#endif
