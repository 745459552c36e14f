#ifndef EXTRACTOR_TEXT_PDF_H
#define EXTRACTOR_TEXT_PDF_H
/*
 * text_pdf -- pages of a file that has text but no pages of its own (text_picture.h), as a PDF of letters.
 */
#include "leaves.h"

/* Writes all pages in pieces, each word where it was laid out to be read. EXTRACT_TOO_COMPLEX: no memory, or too large. */
enum extract_code text_pdf_send(struct leaves *, int fd);

#endif
