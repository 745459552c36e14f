#ifndef EXTRACTOR_PDF_H
#define EXTRACTOR_PDF_H
/*
 * pdf -- pages of a PDF through Poppler: the text layer where there is one, else a picture of the page for
 * the OCR.
 */
#include "ocr.h"
#include "sheet.h"

#include <poppler.h>

/* The bytes must stay while the document is open; the caller gives it back (g_object_unref()). */
enum extract_code pdf_open(struct str bytes, PopplerDocument **out);

enum extract_code pdf_read(struct sheet *, struct ocr *, struct str bytes);

/* One page (from 1) in colour, so many pixels wide and high. The caller destroys *out. */
enum extract_code pdf_draw(struct str bytes, int page, int width, int height, PIX **out);

/*
 * Opens and reads a page of our own, so that the libraries have done their first-time work before readers
 * are forked.
 */
void pdf_warm(void);

#endif
