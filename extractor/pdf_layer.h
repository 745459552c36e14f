#ifndef EXTRACTOR_PDF_LAYER_H
#define EXTRACTOR_PDF_LAYER_H
/*
 * pdf_layer -- the text that a page of a PDF holds, as words with their places.
 */
#include "sheet.h"

#include <poppler.h>

struct pdf_layer {
    char *text; /* UTF-8, a rectangle for each character */
    PopplerRectangle *boxes;
    guint count;
    size_t letters, unreadable; /* of the letters: those whose meaning the file does not tell */
};

void pdf_layer_read(PopplerPage *, struct pdf_layer *);
void pdf_layer_done(struct pdf_layer *);

/* Lays its words on the sheet in Poppler's reading order. */
void pdf_layer_lay(const struct pdf_layer *, struct sheet *);

/*
 * Lays those that no word on the sheet touches, which is what the OCR read: fonts that are not in the file are not in the picture of
 * the page.
 */
void pdf_layer_add_missing(const struct pdf_layer *, struct sheet *);

#endif
