#ifndef EXTRACTOR_FOLIO_H
#define EXTRACTOR_FOLIO_H
/*
 * folio -- the PDF that is made, through libqpdf: a document whose pages are kept as they are, or one of pictures, with words laid over.
 */
#include "documents/extract_code.h"
#include "image.h"
#include "upright.h"

#include <qpdf/qpdf-c.h>

struct folio {
    qpdf_data pdf;
    int font;             /* number of the object; 0: no words yet */
    uint64_t image_bytes; /* of those that were added */
};

/* The document itself; its bytes must stay. Or one without pages. In both cases folio_close() follows. */
enum extract_code folio_open(struct folio *, struct str bytes);
enum extract_code folio_new(struct folio *);
void folio_close(struct folio *);

int folio_page_count(struct folio *);

/*
 * Turns a page that is there (of page->number) upright by its own entry, and lays the words over it without touching what is painted.
 * Failures show in folio_send().
 */
void folio_lay(struct folio *, const struct page *);

/*
 * Adds a page that shows the image (nothing, when it has no bytes), upright, with the words over it. EXTRACT_TOO_COMPLEX: all together are too large.
 */
enum extract_code folio_add(struct folio *, const struct page *, const struct image *);

/* Writes it in pieces (EXTRACT_FRAME_PIECE). EXTRACT_DAMAGED: it cannot be written; nothing was sent then. */
enum extract_code folio_send(struct folio *, int fd);

#endif
