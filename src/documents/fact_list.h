#ifndef DOCUMENTS_FACT_LIST_H
#define DOCUMENTS_FACT_LIST_H
/*
 * fact_list -- facts that are found one by one, in the order of the pages.
 */
#include "documents/fact.h"
#include "documents/layout.h"

/* More facts than any real document has; a document that goes on is hostile, and what comes later is left out. */
enum { FACTS_MAX = 4000 };

struct fact_list {
    struct arena *arena;
    struct fact *items;
    size_t count, capacity;
};

/* Adds a copy, with name_folded made. Silently nothing beyond FACTS_MAX. False: the arena is full. */
bool fact_list_add(struct fact_list *, const struct fact *) MUST_CHECK;

/* Page, box, confidence and quote of a fact that stands on lines first..last of a page. False: the arena is full. */
bool fact_place(struct arena *, const struct page_lines *, size_t first, size_t last,
                struct fact *) MUST_CHECK;

#endif
