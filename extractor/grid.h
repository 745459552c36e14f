#ifndef EXTRACTOR_GRID_H
#define EXTRACTOR_GRID_H
/*
 * grid -- a table as lines of text: each column begins at one place, and a cell's text runs on below itself.
 *
 * Cells are filled one after the other in the order of the file; what is too much for the limits is put behind the
 * last cell that fits, so that no word is lost.
 */
#include "base/arena.h"
#include "base/buf.h"

enum { GRID_COLUMNS_MAX = 24, GRID_ROWS_MAX = 2000, GRID_LINE_CHARS = 110 };

struct grid {
    struct arena *arena;
    struct str (*rows)[GRID_COLUMNS_MAX];
    size_t row_count, row_room, column; /* of the last row; columns filled so far */
    size_t column_count;
};

void grid_begin(struct grid *, struct arena *);
/* False: the arena is full. */
bool grid_next_row(struct grid *) MUST_CHECK;
bool grid_add_cell(struct grid *, struct str text) MUST_CHECK;
void grid_write(const struct grid *, struct buf *out);

#endif
