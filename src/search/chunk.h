#ifndef SEARCH_CHUNK_H
#define SEARCH_CHUNK_H
/*
 * chunk -- pages cut into passages that make sense alone.
 *
 * A chunk stands on one page, is about CHUNK_GOOD_BYTES to CHUNK_MAX_BYTES long, and carries the heading that it stands under. Lines are the
 * printed rows of documents/layout.h, or typed ones (a # before one makes it a heading), so that the row of a table is never cut; a
 * paragraph is cut at its widest gap, a single line longer than CHUNK_MAX_BYTES at the end of a sentence. Headers and footers that stand on
 * every page are left out, and so is every page that is not legible: what could not be read is not searched.
 *
 * Pure: no I/O. Everything lives in the arena.
 */
#include "documents/page.h"
#include "base/status.h"

enum { CHUNK_GOOD_BYTES = 600, CHUNK_MAX_BYTES = 900, CHUNK_HEADING_MAX_BYTES = 160, CHUNKS_MAX = 20000 };

struct chunk {
    int page;           /* number of the page */
    int position;       /* from 0, over the whole document */
    struct box box;     /* around all its lines; empty when the page has no boxes */
    uint8_t confidence; /* 0..100: of its words on the average, or of its worst figure if that is less */
    struct str heading; /* empty: none */
    struct str text;    /* printed lines, separated by \n */
};

enum status chunk_pages(struct arena *, const struct page *pages, size_t count, struct chunk **out,
                        size_t *out_count, struct err *) MUST_CHECK;

#endif
