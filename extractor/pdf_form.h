#ifndef EXTRACTOR_PDF_FORM_H
#define EXTRACTOR_PDF_FORM_H
/*
 * pdf_form -- what was filled into the form of a page: it is no part of the page's text (ISO 32000-1, 12.7).
 */
#include "sheet.h"

#include <poppler.h>

/* Lays values of text fields and choices where they stand, and a crossed box for each one that is ticked. */
void pdf_form_lay(PopplerPage *, struct sheet *);

#endif
