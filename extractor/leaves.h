#ifndef EXTRACTOR_LEAVES_H
#define EXTRACTOR_LEAVES_H
/*
 * leaves -- what was read of the document earlier, page by page as the program says it (documents/extract_code.h).
 */
#include "base/arena.h"
#include "documents/extract_code.h"
#include "documents/page.h"
#include "os/wire.h"

struct leaves {
    struct wire rest;
    struct arena *arena; /* of the page at hand, so that memory does not grow with their number */
    struct page page;    /* number 0: before the first */
};

/* False: no memory. The bytes must stay. */
bool leaves_open(struct leaves *, struct str bytes);
void leaves_close(struct leaves *);

/* Turns to the next page, *end when there is none. EXTRACT_INTERNAL: nonsense, a page left out or out of order. */
enum extract_code leaves_next(struct leaves *, bool *end);

#endif
