#ifndef DOCUMENTS_TABLE_COLUMNS_H
#define DOCUMENTS_TABLE_COLUMNS_H
/*
 * table_columns -- where the columns of a table are, and which heading belongs to which. For table.c.
 */
#include "documents/line_tokens.h"
#include "documents/table.h"

enum { HEADINGS_MAX = 32, COLUMNS_MAX = 32 };

struct heading {
    enum column_role role;
    int32_t left, right;
    struct str title;
};

struct headings {
    struct heading items[HEADINGS_MAX];
    size_t count;
    size_t known; /* tokens of the line that belong to a heading */
};

/* Dates on the line below: a heading that stands over several of them becomes as many columns. */
void headings_add_below(struct headings *, const struct headings *dates);

/* Words on the line below ("renouvel." under "Nombre"): the heading is read again with them. */
void headings_join_below(struct arena *, struct headings *, const struct line *, const struct line_tokens *);

/* Where the columns of lines first..end-1 are (x and w of boxes), from left to right; at most COLUMNS_MAX. */
size_t table_columns_find(struct arena *, const struct page_lines *, const struct headings *,
                          const struct table *, struct box *out);

/* Finds the columns of lines first..end-1 and gives them their headings. False: the arena is full. */
bool table_columns_build(struct arena *, const struct page_lines *, const struct headings *,
                         struct table *) MUST_CHECK;

#endif
