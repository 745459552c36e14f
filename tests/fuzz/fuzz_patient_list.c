/*
 * Lists of patients as spreadsheets save them: csv_read and the rows that import_row makes of them. Every cell is inside and clean text, lines grow,
 * and a row is JSON that the reader of the API takes or refuses.
 */
#include <stdlib.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "http/fields.h"
#include "patients/csv_read.h"
#include "patients/import_row.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROW_JSON_MAX = 1 << 20, ARENA_BYTES = 64 << 20 };

static void read_row(struct arena *arena, const enum import_column *columns, const struct str *cells,
                     size_t count) {
    struct buf text;
    struct json_out json = json_out_to(&text);
    struct fields *f;

    buf_init(&text, ROW_JSON_MAX);
    if (import_row_json(arena, columns, cells, count, &json) && buf_ok(&text)) {
        if (fields_parse(arena, buf_str(&text), &f, NULL) == E_INTERNAL) abort();
    }
    buf_done(&text);
}

static void read_list(struct arena *arena, struct str text) {
    enum import_column columns[IMPORT_COLUMNS_MAX] = { IMPORT_IGNORED };
    struct str cells[IMPORT_COLUMNS_MAX];
    struct csv_reader r;
    size_t count, width = 0;
    int line = 0;

    csv_start(&r, text);
    while (csv_next(&r, arena, cells, IMPORT_COLUMNS_MAX, &count, NULL) == OK && count > 0) {
        if (count > IMPORT_COLUMNS_MAX || r.line <= line) abort();
        for (size_t i = 0; i < count; i++) {
            if (!utf8_is_clean(cells[i])) abort();
            if (line == 0 && !import_column_of(arena, cells[i], &columns[i])) return;
        }
        if (line == 0) width = count;
        line = r.line;
        read_row(arena, columns, cells, count < width ? count : width);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *arena = arena_new(ARENA_BYTES);
    struct str text;

    if (!arena) abort();
    if (csv_text(arena, (struct str) { (const char *)data, size }, &text, NULL) == OK) {
        if (!utf8_is_clean(text)) abort();
        read_list(arena, text);
    }
    arena_free(arena);
    return 0;
}
