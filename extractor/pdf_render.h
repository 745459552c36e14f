#ifndef EXTRACTOR_PDF_RENDER_H
#define EXTRACTOR_PDF_RENDER_H
/*
 * pdf_render -- a page of a PDF as a grey picture in memory, for the OCR.
 */
#include <leptonica/allheaders.h>
#include <poppler.h>

/*
 * White paper, 8 bits a pixel, its resolution set: RENDER_DPI, or less for a huge page. NULL: no memory.
 * The caller destroys it.
 */
PIX *pdf_render(PopplerPage *);

#endif
