/*
 * A text file in any encoding: pages of clean words that stand on the paper, or a reason.
 *
 * Text from strangers: cleaning makes anything clean, and folding what is clean stays clean and folded. Whatever a string holds, it is written as one
 * JSON string, and jansson reads the same text back.
 */
#include <jansson.h>
#include <stdlib.h>

#include "base/json_out.h"
#include "base/utf8.h"
#include "plain_text.h"
#include "sheet_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void touch(struct str s) {
    size_t characters = 0;
    for (size_t at = 0; at < s.n; characters++) {
        size_t before = at;
        (void)utf8_next(s, &at);
        if (at <= before || at > s.n) abort();
    }
    if (utf8_is_clean(s) && characters != utf8_length(s)) abort();
    for (size_t max = 0; max < s.n && max < 64; max++) {
        struct str prefix = utf8_prefix(s, max);
        if (prefix.n > max || (utf8_is_clean(s) && !utf8_is_clean(prefix))) abort();
    }
}

static void fold(struct arena *a, struct str clean) {
    struct str once, twice;
    if (!utf8_fold(a, clean, &once)) abort();
    if (!utf8_is_clean(once)) abort();
    for (size_t i = 0; i < once.n; i++)
        if (once.p[i] >= 'A' && once.p[i] <= 'Z') abort();
    touch(once);
    if (!utf8_fold(a, once, &twice) || !str_eq(once, twice)) abort();
}

static void write_json(struct str in) {
    struct buf out;
    double number = 0;
    buf_init(&out, in.n * 6 + 128);
    struct json_out j = json_out_to(&out);
    memcpy(&number, in.p, in.n < sizeof number ? in.n : sizeof number);
    json_put_array(&j);
    json_put_str(&j, in);
    json_put_real(&j, number);
    json_put_array_end(&j);
    if (!buf_ok(&out)) abort();

    json_error_t why;
    json_t *doc = json_loadb(out.p, out.n, JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, &why);
    if (!doc || json_array_size(doc) != 2) abort();
    const json_t *text = json_array_get(doc, 0), *real = json_array_get(doc, 1);
    struct str back = { json_string_value(text), json_string_length(text) };
    if (utf8_is_clean(in) && !str_eq(in, back)) abort();
    if (json_is_real(real) && !(json_real_value(real) <= number && json_real_value(real) >= number)) abort();
    json_decref(doc);
    buf_done(&out);
}

static void read_as_utf8(struct str in) {
    struct str clean, again;
    struct arena *a = arena_new(64 << 20);
    if (!a) return;
    write_json(in);
    touch(in);
    if (utf8_is_clean(in)) fold(a, in);
    if (!utf8_clean(a, in, &clean)) abort();
    if (!utf8_is_clean(clean)) abort();
    touch(clean);
    if (!utf8_clean(a, clean, &again) || !str_eq(clean, again)) abort();
    fold(a, clean);
    arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const struct str text = { (const char *)data, size };
    struct sheet sheet;

    read_as_utf8(text);
    if (!sheet_check_init(&sheet)) return 0;
    if (plain_text_read(&sheet, text) >= EXTRACT_TIMEOUT) abort();
    sheet_done(&sheet);
    return 0;
}
