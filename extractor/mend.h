#ifndef EXTRACTOR_MEND_H
#define EXTRACTOR_MEND_H
/*
 * mend -- makes a photograph or a scan fit for the OCR: grey, upright, straight, evenly lit, letters of the
 * size that reads best.
 *
 * Pictures that are answered may be the given one with a reference more; the caller destroys both. NULL: no
 * memory.
 */
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

/* A picture twice: as it is, and its ink alone in one bit a pixel and half the size, for measuring. */
struct plate {
    PIX *grey, *ink;
};

void plate_done(struct plate *);

/*
 * Evenly lit (a clean scan stays as it is) and letters about as high as those of a page at 300 dpi; *factor
 * says by how much it was scaled. False: no memory.
 */
bool plate_make(PIX *grey, int dpi, struct plate *, double *factor);

/* By quarters of a turn, clockwise. */
bool plate_turn(const struct plate *, int quarters, struct plate *out);

/*
 * The quarters of a turn that bring Latin text upright, judged by ascenders and descenders; -1: cannot be
 * told.
 */
int plate_quarters(const struct plate *);

/*
 * The grey picture with its text lines level: 0.3 to 10 degrees are mended. *skew_mdeg says by how many
 * thousandths of a degree it was turned, clockwise.
 */
PIX *plate_straight(const struct plate *, int *skew_mdeg);

#endif
