#ifndef EXTRACTOR_MEND_H
#define EXTRACTOR_MEND_H
/*
 * mend -- makes a photograph or a scan fit for the OCR: grey, upright, straight, evenly lit, letters of the
 * size that reads best.
 *
 * Pictures that are answered may be the given one with a reference more; the caller destroys both. NULL: no
 * memory.
 */
#include "documents/page.h"

#include <leptonica/allheaders.h>
#include <stdbool.h>

/* 8 bits a pixel, without colour map and transparency (over white). */
PIX *mend_grey(PIX *);

/* 8 bits of grey or 32 of colour, without colour map and transparency (over white): for people to look at. */
PIX *mend_opaque(PIX *);

/* True when next to nothing is drawn: the back of a sheet. */
bool mend_is_blank(PIX *);

/* The resolution of a picture that says none, or nonsense: as if it showed a sheet of A4. */
int mend_dpi(PIX *);

/* A page fit to be read, but for the quarters of a turn that it may lie on its side. */
struct mended {
    PIX *grey;
    double dpi;
    struct turn turn; /* how it came to be from the picture; quarters are 0 */
};

/*
 * The sheet alone, evenly lit, its lines level, and letters about as high as those of a page at 300 dpi; what is good
 * already stays as it is. The caller destroys out->grey. False: no memory.
 */
bool mend_page(PIX *grey, struct mended *out);

/* The quarters of a turn, clockwise, that bring Latin text upright, judged by ascenders and descenders; -1: cannot be told. */
int mend_quarters(PIX *grey);

#endif
