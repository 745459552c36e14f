#ifndef EXTRACTOR_PDF_RENDER_H
#define EXTRACTOR_PDF_RENDER_H
/*
 * pdf_render -- a page of a PDF as a picture in memory: in grey for the OCR, in colour for people.
 */
#include <leptonica/allheaders.h>
#include <poppler.h>

/*
 * White paper, 8 bits a pixel, its resolution set: RENDER_DPI, or less for a huge page. NULL: no memory.
 * The caller destroys it.
 */
PIX *pdf_render(PopplerPage *);

/* So many pixels wide and high, 32 bits. NULL: no memory, or a page without size. The caller destroys it. */
PIX *pdf_render_colour(PopplerPage *, int width, int height);

#endif
