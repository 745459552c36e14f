/* fuzz_utf8 -- text from strangers: cleaning makes anything clean, and folding what is clean stays clean and folded. */
#include "base/utf8.h"

#include <stdlib.h>

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str in = { (const char *)data, size }, clean, again;
    struct arena *a = arena_new(64 << 20);
    if (!a) return 0;
    touch(in);
    if (utf8_is_clean(in)) fold(a, in);
    if (!utf8_clean(a, in, &clean)) abort();
    if (!utf8_is_clean(clean)) abort();
    touch(clean);
    if (!utf8_clean(a, clean, &again) || !str_eq(clean, again)) abort();
    fold(a, clean);
    arena_free(a);
    return 0;
}
