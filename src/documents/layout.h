#ifndef DOCUMENTS_LAYOUT_H
#define DOCUMENTS_LAYOUT_H
/*
 * layout -- the printed lines of a page and the cells in them, rebuilt from the boxes of its words.
 *
 * Neither a text layer nor OCR gives the rows of a table: both follow columns, blocks or the order of drawing. Here words
 * whose vertical middles agree make a line, from left to right (a slight slope is followed); a cell is a run of words
 * of a line without a wide gap between them. Lines come from top to bottom; beside columns of running text, those of the left column
 * first (layout_columns.c).
 *
 * Pure; time grows as n log n with the number of words, whatever the boxes say. Everything lives in the arena, text is
 * borrowed from the page.
 */
#include "base/status.h"
#include "documents/page.h"

struct cell {
    struct box box;
    uint32_t first, count; /* its words in line.words */
    struct str text;       /* its words, separated by single spaces */
};

struct line {
    int page; /* number of the page, from 1 */
    struct box box;
    struct word *words; /* from left to right */
    size_t word_count;
    struct cell *cells; /* at least one */
    size_t cell_count;
    struct str text; /* its words, separated by single spaces */
    bool repeated;   /* part of a header or footer that stands on several pages, or a page number */
};

struct page_lines {
    const struct page *page;
    int32_t word_height; /* median, 1/720 inch: the measure for gaps on this page */
    struct line *lines;
    size_t count;
};

/* The lines of one page; nothing is marked as repeated. E_LIMIT when the arena is full. */
enum status layout_lines(struct arena *, const struct page *, struct page_lines *, struct err *) MUST_CHECK;

/* The lines of all pages (count of them in *out), repeated headers, footers and page numbers marked. */
enum status layout_pages(struct arena *, const struct page *pages, size_t count, struct page_lines **out,
                         struct err *) MUST_CHECK;

/* The smallest box around both; an empty one (no width and no height) counts for nothing. */
struct box box_union(struct box a, struct box b);

/* Parts lines at the gutters between columns of running text: for layout_pages(). False: the arena is full. */
bool layout_split_columns(struct arena *, struct page_lines *) MUST_CHECK;

/* The part of a line that has `count` of its words, from word `first` on, cells cut accordingly. False: the arena is full. */
bool layout_part_of_line(struct arena *, const struct line *, size_t first, size_t count,
                         struct line *out) MUST_CHECK;

/* Marks what repeats over pages: the second half of layout_pages(), for its test. */
enum status layout_mark_repeated(struct arena *, struct page_lines *pages, size_t count,
                                 struct err *) MUST_CHECK;

#endif
