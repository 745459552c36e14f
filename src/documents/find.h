#ifndef DOCUMENTS_FIND_H
#define DOCUMENTS_FIND_H
/*
 * find -- where words stand on a page: without regard to case, accents and signs, phrases over several words and lines, the last word by its
 * beginning.
 *
 * "l'amoxicilline 1,05" is the words l, amoxicilline, 1 and 05, on the paper as in what is looked for. Pure; everything lives in the arena.
 */
#include "base/status.h"
#include "documents/page.h"

enum { FIND_WORDS_MAX = 20 };

struct find_query {
    struct str words[FIND_WORDS_MAX]; /* folded; beyond the last place they are left out */
    size_t count;                     /* 0: nothing to look for */
};

struct find_hit {
    size_t from, to; /* words of the page, [from, to) */
};

enum status find_query_read(struct arena *, struct str text, struct find_query *, struct err *) MUST_CHECK;

/* Hits in reading order that do not overlap, at most `max`. */
enum status find_on_page(struct arena *, const struct find_query *, const struct page *, size_t max,
                         struct find_hit **, size_t *count, struct err *) MUST_CHECK;

#endif
