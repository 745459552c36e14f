#ifndef EXTRACTOR_CANVAS_H
#define EXTRACTOR_CANVAS_H
/*
 * canvas -- white paper that something is painted on, as a picture of 32 bits.
 */
#include <cairo.h>
#include <leptonica/allheaders.h>

/* paint() draws in its own units: scale_x and scale_y pixels each. NULL: no memory. The caller destroys it. */
PIX *canvas_paint(int width, int height, double scale_x, double scale_y, void (*paint)(cairo_t *, void *),
                  void *ctx);

/* The same in 8 bits of grey, for the OCR: a quarter of the memory. */
PIX *canvas_paint_grey(int width, int height, double scale_x, double scale_y,
                       void (*paint)(cairo_t *, void *), void *ctx);

#endif
