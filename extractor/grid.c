#include "grid.h"

#include "base/utf8.h"

enum { ROWS_FIRST = 32, GAP = 3, COLUMN_MIN = 8 };

void grid_begin(struct grid *g, struct arena *arena) {
    *g = (struct grid) { .arena = arena };
}

bool grid_next_row(struct grid *g) {
    if (g->row_count == GRID_ROWS_MAX) return true; /* more cells go behind the last one */
    if (g->row_count == g->row_room) {
        size_t room = g->row_room ? 2 * g->row_room : ROWS_FIRST;
        struct str(*rows)[GRID_COLUMNS_MAX] = arena_array(g->arena, room, sizeof *rows);
        if (!rows) return false;
        if (g->row_count) memcpy(rows, g->rows, g->row_count * sizeof *rows);
        g->rows = rows;
        g->row_room = room;
    }
    memset(g->rows[g->row_count++], 0, sizeof *g->rows);
    g->column = 0;
    return true;
}

bool grid_add_cell(struct grid *g, struct str text) {
    if (g->row_count == 0 && !grid_next_row(g)) return false;
    struct str *row = g->rows[g->row_count - 1], *cell = &row[g->column];
    if (g->column == GRID_COLUMNS_MAX || g->row_count == GRID_ROWS_MAX) {
        cell = &row[g->column ? g->column - 1 : 0];
        return arena_printf(g->arena, cell, "%.*s %.*s", STR_ARG(*cell), STR_ARG(text));
    }
    g->column++;
    if (g->column > g->column_count) g->column_count = g->column;
    return arena_dup(g->arena, text, cell);
}

/* As wide as the longest cell; when a line has no room for all, the wide ones share what the narrow ones leave. */
static void column_widths(const struct grid *g, size_t widths[GRID_COLUMNS_MAX]) {
    size_t total = 0;

    for (size_t c = 0; c < g->column_count; c++) {
        widths[c] = 1;
        for (size_t r = 0; r < g->row_count; r++) {
            size_t n = utf8_length(g->rows[r][c]);
            if (n > widths[c]) widths[c] = n;
        }
        total += widths[c] + GAP;
    }
    while (total > GRID_LINE_CHARS) {
        size_t widest = 0;
        for (size_t c = 1; c < g->column_count; c++)
            if (widths[c] > widths[widest]) widest = c;
        if (widths[widest] <= COLUMN_MIN) return;
        size_t over = total - GRID_LINE_CHARS, half = widths[widest] / 2;
        size_t less = over < half ? over : half;
        widths[widest] -= less;
        total -= less;
    }
}

/* The next line of a cell: as many whole words as fit, one at least. */
static struct str take_line(struct str *rest, size_t width) {
    struct str text = str_trim(*rest);
    size_t end = 0;

    for (size_t at = 0; at < text.n;) {
        size_t word = at + str_find_char(str_sub(text, at, text.n), ' ');
        if (end > 0 && utf8_length(str_sub(text, 0, word)) > width) break;
        end = word;
        at = word + 1;
    }
    *rest = str_sub(text, end, text.n);
    return str_sub(text, 0, end);
}

static void write_row(const struct grid *g, const struct str *row, const size_t *widths, struct buf *out) {
    struct str rest[GRID_COLUMNS_MAX];
    bool more = true;

    memcpy(rest, row, sizeof rest);
    while (more && buf_ok(out)) {
        size_t pad = 0;
        more = false;
        for (size_t c = 0; c < g->column_count; c++) {
            struct str line = take_line(&rest[c], widths[c]);
            if (line.n) {
                for (; pad > 0; pad--) buf_add_char(out, ' ');
                buf_add(out, line);
            }
            size_t used = utf8_length(line), room = widths[c] + GAP;
            pad += used < room ? room - used : 1;
            more = more || str_trim(rest[c]).n > 0;
        }
        buf_add_char(out, '\n');
    }
}

void grid_write(const struct grid *g, struct buf *out) {
    size_t widths[GRID_COLUMNS_MAX];

    if (g->column_count == 0) return;
    column_widths(g, widths);
    for (size_t r = 0; r < g->row_count; r++) write_row(g, g->rows[r], widths, out);
    buf_add_char(out, '\n');
}
