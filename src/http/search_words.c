#include "http/search_words.h"

#include "base/utf8.h"

static bool like_pattern(struct arena *arena, struct str word, struct str *out) {
    char *p = arena_array(arena, word.n + 1, 2);
    size_t n = 0;
    if (!p) return false;
    p[n++] = '%';
    for (size_t i = 0; i < word.n; i++) {
        if (word.p[i] == '%' || word.p[i] == '_' || word.p[i] == '!') p[n++] = '!';
        p[n++] = word.p[i];
    }
    p[n++] = '%';
    *out = (struct str) { p, n };
    return true;
}

enum status search_words_read(const struct request *rq, struct str *patterns, size_t max, struct err *e) {
    struct str rest;
    size_t count = 0;

    for (size_t i = 0; i < max; i++) patterns[i] = STR("");
    if (!utf8_fold(rq->arena, request_query(rq, "search"), &rest))
        return fail(e, E_LIMIT, NULL, "search: arena full");
    while (count < max && (rest = str_trim(rest)).n > 0) {
        size_t end = str_find_char(rest, ' ');
        if (!like_pattern(rq->arena, str_sub(rest, 0, end), &patterns[count++]))
            return fail(e, E_LIMIT, NULL, "search: arena full");
        rest = str_sub(rest, end, rest.n);
    }
    return OK;
}
