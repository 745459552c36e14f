/* Whatever the body, reading it ends with a status, and every string that comes out is clean, trimmed and within its limit. */
#include <stdlib.h>

#include "base/utf8.h"
#include "http/fields.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TEXT_MAX = 20 };

static void check_text(struct str s) {
    struct str trimmed = str_trim(s);
    if (!utf8_is_clean(s) || utf8_length(s) > TEXT_MAX || trimmed.n != s.n) abort();
}

static void read_all(struct fields *f) {
    static const char *const words[] = { "a", "b", NULL };
    struct str text, *list;
    struct date date;
    int64_t number;
    size_t count;
    bool flag;
    int word;
    if (fields_str(f, "s", FIELD_REQUIRED, TEXT_MAX, &text)) {
        check_text(text);
        if (text.n == 0) abort();
    }
    if (fields_str(f, "o", FIELD_OPTIONAL, TEXT_MAX, &text)) check_text(text);
    if (fields_secret(f, "p", FIELD_OPTIONAL, TEXT_MAX, &text) && (text.n > TEXT_MAX || !utf8_is_clean(text)))
        abort();
    if (fields_i64(f, "n", FIELD_OPTIONAL, -5, 5, &number) && (number < -5 || number > 5)) abort();
    if (fields_date(f, "d", FIELD_OPTIONAL, &date) && !date_is_valid(date)) abort();
    if (fields_time(f, "t", FIELD_OPTIONAL, &number) && number == INT64_MIN) abort();
    if (fields_word(f, "w", FIELD_OPTIONAL, words, &word) && (word < 0 || word > 1)) abort();
    (void)fields_bool(f, "b", FIELD_OPTIONAL, &flag);
    if (!fields_str_list(f, "l", FIELD_OPTIONAL, 3, TEXT_MAX, &list, &count)) return;
    if (count > 3) abort();
    for (size_t i = 0; i < count; i++) check_text(list[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *arena = arena_new(64 * size + 1024 * 1024);
    struct fields *f = NULL;
    struct err e = { 0 };
    if (!arena) abort();
    if (fields_parse(arena, (struct str) { (const char *)data, size }, &f, &e) == OK) {
        read_all(f);
        if ((fields_done(f) == OK) != (e.field_count == 0)) abort();
    }
    arena_free(arena);
    return 0;
}
