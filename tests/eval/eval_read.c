/*
 * Reads a document as the program does (extractor, then document_read_pages) and prints what it says as JSON.
 *
 *   eval_read MEDIRECORD_EXTRACT FILE [FILE…]
 *
 * Several files are pages of one document, for papers that were scanned page by page. tests/eval/facts compares the answer
 * with labels.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/json_out.h"
#include "documents/extract.h"
#include "documents/fact.h"
#include "os/file.h"

enum { ARENA_BYTES = 1 << 30, FILE_BYTES_MAX = 100 << 20, OUT_BYTES_MAX = 64 << 20 };

_Noreturn static void fatal(const char *what) {
    fprintf(stderr, "eval_read: %s\n", what);
    exit(1);
}

static void *need(void *p) {
    if (!p) fatal("no memory");
    return p;
}

/* Adds the pages of a file; numbers go on over files. */
static void add_file(struct extractor *x, struct arena *arena, const char *path, struct page *pages,
                     size_t *count) {
    struct err err = { 0 };
    struct str bytes;
    struct page *more;
    size_t n;
    int fd = -1;
    if (file_read(arena, path, FILE_BYTES_MAX, &bytes, &err) != OK || memory_file_new(&fd, &err) != OK ||
        fd_write_all(fd, bytes, &err) != OK || extract_pages(x, arena, fd, NULL, &more, &n, &err) != OK)
        fatal(err.detail);
    fd_close(&fd);
    for (size_t i = 0; i < n && *count < PAGES_MAX; i++) {
        pages[*count] = more[i];
        pages[*count].number = (int)*count + 1;
        (*count)++;
    }
}

static void print_str(struct json_out *j, const char *key, struct str value) {
    if (value.n == 0) return;
    json_put_key(j, key);
    json_put_str(j, value);
}

static void print_fact(struct json_out *j, const struct fact *f) {
    json_put_object(j);
    print_str(j, "type", str_from_c(fact_type_name(f->type)));
    json_put_key(j, "page");
    json_put_int(j, f->page);
    print_str(j, "name", f->name);
    print_str(j, "strength", f->strength);
    print_str(j, "form", f->form);
    print_str(j, "dose", f->dose);
    print_str(j, "route", f->route);
    print_str(j, "frequency", f->frequency);
    print_str(j, "duration", f->duration);
    print_str(j, "renewals", f->renewals);
    print_str(j, "instruction", f->instruction);
    print_str(j, "value", f->value);
    print_str(j, "unit", f->unit);
    print_str(j, "reference", f->reference);
    print_str(j, "flag", f->flag);
    print_str(j, "specimen", f->specimen);
    print_str(j, "lot", f->lot);
    print_str(j, "due", f->due);
    json_put_object_end(j);
}

static void print_reading(struct json_out *j, const struct document_reading *r) {
    char date[11], birth[11];
    date_format_iso(r->date, date);
    date_format_iso(r->patient_birth, birth);
    json_put_object(j);
    print_str(j, "kind", str_from_c(document_kind_name(r->kind)));
    if (r->date.year) print_str(j, "date", str_from_c(date));
    print_str(j, "title", r->title);
    print_str(j, "author", r->author);
    print_str(j, "patient", r->patient_name);
    if (r->patient_birth.year) print_str(j, "birth", str_from_c(birth));
    json_put_key(j, "facts");
    json_put_array(j);
    for (size_t i = 0; i < r->fact_count; i++) print_fact(j, &r->facts[i]);
    json_put_array_end(j);
    json_put_object_end(j);
}

int main(int argc, char **argv) {
    if (argc < 3) fatal("usage: eval_read MEDIRECORD_EXTRACT FILE [FILE…]");
    struct arena *arena = need(arena_new(ARENA_BYTES));
    struct page *pages = need(arena_array(arena, PAGES_MAX, sizeof *pages));
    struct extractor_options options = { .program = str_from_c(argv[1]) };
    struct extractor *x;
    struct document_reading reading;
    struct err err = { 0 };
    struct buf out;
    size_t count = 0;
    if (extractor_open(arena, &options, &x, &err) != OK) fatal(err.detail);
    for (int i = 2; i < argc; i++) add_file(x, arena, argv[i], pages, &count);
    extractor_close(x);
    if (document_read_pages(arena, pages, count, DATE_UNKNOWN, &reading, &err) != OK) fatal(err.detail);
    buf_init(&out, OUT_BYTES_MAX);
    struct json_out j = json_out_to(&out);
    print_reading(&j, &reading);
    if (!buf_ok(&out)) fatal("too much output");
    printf("%.*s\n", (int)out.n, out.p);
    buf_done(&out);
    arena_free(arena);
    return 0;
}
