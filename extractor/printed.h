#ifndef EXTRACTOR_PRINTED_H
#define EXTRACTOR_PRINTED_H
/*
 * printed -- words that a page of a PDF holds as text already: a line of the fax, a stamp of the scanner's program.
 *
 * Such a page was read from its picture, where these words are too; laid over it again they would be found twice.
 */
#include "documents/page.h"

#include <poppler.h>

/* Takes the words out of the page that are in the document's own text at the same place. A page that cannot be opened stays as it is. */
void printed_take_out(PopplerDocument *, struct page *);

#endif
