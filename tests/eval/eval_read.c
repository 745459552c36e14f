/*
 * Reads the pages of a document as JSON on standard input and prints what document_read_pages() makes of them as JSON.
 *
 *   eval_read < pages.json
 *
 * Pages: [{"width": W, "height": H, "ocr": false, "words": [["text", x, y, w, h, confidence], …]}, …], boxes in 1/720 inch.
 * tests/eval/facts makes them and compares the answer with labels.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json_out.h"
#include "documents/fact.h"

enum { ARENA_BYTES = 512 << 20, OUT_BYTES_MAX = 64 << 20 };

_Noreturn static void fatal(const char *what) {
    fprintf(stderr, "eval_read: %s\n", what);
    exit(1);
}

static void *need(void *p) {
    if (!p) fatal("no memory");
    return p;
}

static int32_t whole(const json_t *array, size_t i) {
    return (int32_t)json_integer_value(json_array_get(array, i));
}

/* The text of a page: its words in the order of the file. */
static struct str page_text(struct arena *arena, const struct page *p) {
    struct str text = STR("");
    size_t n = 0;
    for (size_t i = 0; i < p->word_count; i++) n += p->words[i].text.n + 1;
    char *out = need(arena_alloc(arena, n + 1));
    text = (struct str) { out, n };
    for (size_t i = 0; i < p->word_count; i++) {
        memcpy(out, p->words[i].text.p, p->words[i].text.n);
        out += p->words[i].text.n;
        *out++ = ' ';
    }
    return text;
}

static void load_page(struct arena *arena, const json_t *from, int number, struct page *p) {
    const json_t *words = json_object_get(from, "words");
    uint64_t weighed = 0, letters = 0;
    *p = (struct page) { .number = number,
                         .width = (int32_t)json_integer_value(json_object_get(from, "width")),
                         .height = (int32_t)json_integer_value(json_object_get(from, "height")),
                         .source = json_is_true(json_object_get(from, "ocr")) ? PAGE_OCR : PAGE_TEXT };
    p->words = need(arena_array(arena, json_array_size(words) + 1, sizeof *p->words));
    for (size_t i = 0; i < json_array_size(words) && i < PAGE_WORDS_MAX; i++) {
        const json_t *w = json_array_get(words, i);
        struct word *out = &p->words[p->word_count++];
        if (!arena_dup(arena, str_from_c(json_string_value(json_array_get(w, 0))), &out->text))
            fatal("no memory");
        out->box = (struct box) { whole(w, 1), whole(w, 2), whole(w, 3), whole(w, 4) };
        out->confidence = (uint8_t)whole(w, 5);
        weighed += out->confidence * out->text.n;
        letters += out->text.n;
    }
    p->confidence = (uint8_t)(letters ? weighed / letters : 100);
    p->legible = p->source == PAGE_TEXT || p->confidence >= PAGE_LEGIBLE_CONFIDENCE;
    p->text = page_text(arena, p);
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

int main(void) {
    struct arena *arena = need(arena_new(ARENA_BYTES));
    json_error_t json_err;
    json_t *root = json_loadf(stdin, 0, &json_err);
    struct document_reading reading;
    struct err err = { 0 };
    struct buf out;
    size_t count = json_array_size(root);
    if (!json_is_array(root)) fatal(json_err.text);
    struct page *pages = need(arena_array(arena, count + 1, sizeof *pages));
    for (size_t i = 0; i < count; i++) load_page(arena, json_array_get(root, i), (int)i + 1, &pages[i]);
    if (document_read_pages(arena, pages, count, &reading, &err) != OK) fatal(err.detail);
    buf_init(&out, OUT_BYTES_MAX);
    struct json_out j = json_out_to(&out);
    print_reading(&j, &reading);
    if (!buf_ok(&out)) fatal("too much output");
    printf("%.*s\n", (int)out.n, out.p);
    buf_done(&out);
    json_decref(root);
    arena_free(arena);
    return 0;
}
