#ifndef DOCUMENTS_SHEET_H
#define DOCUMENTS_SHEET_H
/*
 * sheet -- one page prepared for its readers: lines, their tokens, tables, and which lines some reader has already understood.
 */
#include "documents/line_tokens.h"
#include "documents/table.h"

enum { TABLES_MAX = 64 };

struct sheet {
    const struct page_lines *page;
    struct line_tokens *tokens; /* for each line of the page */
    struct table *tables;       /* from top to bottom */
    size_t table_count;
    bool *claimed;    /* for each line: a fact was made of it */
    bool *vaccinated; /* for each line: it tells of vaccinations, so that its days are not the paper's */
    int usual_step;   /* median of sheet_step_percent() */
    bool tolerant;    /* read by OCR: words may be misspelt */
};

/* False when the arena is full. */
bool sheet_open(struct arena *, const struct page_lines *, struct sheet *out) MUST_CHECK;

/* Marks lines first..last as understood. */
void sheet_claim(struct sheet *, size_t first, size_t last);

/* The text of lines first..last as tokens; a cell that begins counts as a new one. False: the arena is full. */
bool sheet_join_lines(struct arena *, const struct sheet *, size_t first, size_t last,
                      struct tokens *out) MUST_CHECK;

/* The table whose headings or lines hold line i, or NULL. */
const struct table *sheet_table_at(const struct sheet *, size_t line);

/* From the middle of one line to that of the next, in percent of the usual height of words. 10000 where there is no next line. */
int sheet_step_percent(const struct sheet *, size_t line);

#endif
