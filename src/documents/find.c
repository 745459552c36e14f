#include "documents/find.h"

#include "base/utf8.h"

#include <unictype.h>

/* A run of letters and digits of one printed word. */
struct piece {
    struct str text; /* folded */
    size_t word;
};

/* Takes the next run off folded text; empty: there is none. */
static struct str next_run(struct str text, size_t *at) {
    size_t from = *at;

    for (size_t next = from; next < text.n; *at = next) {
        uint32_t c = utf8_next(text, &next);
        if (uc_is_property_alphabetic(c) || uc_is_property_numeric(c)) continue;
        if (*at > from) break;
        from = next;
    }
    return str_sub(text, from, *at - from);
}

enum status find_query_read(struct arena *a, struct str text, struct find_query *out, struct err *e) {
    struct str folded, run;
    size_t at = 0;

    if (!utf8_fold(a, text, &folded)) return fail(e, E_LIMIT, NULL, "no memory to look for words");
    out->count = 0;
    while (out->count < FIND_WORDS_MAX && (run = next_run(folded, &at)).n > 0) out->words[out->count++] = run;
    return OK;
}

/* A word has at most as many pieces as bytes; folding makes a ligature longer, and never adds a piece. */
static enum status pieces_read(struct arena *a, const struct page *p, struct piece **out, size_t *count,
                               struct err *e) {
    size_t room = 1, n = 0;

    for (size_t i = 0; i < p->word_count; i++) room += p->words[i].text.n;
    struct piece *pieces = arena_array(a, room, sizeof *pieces);
    if (!pieces) return fail(e, E_LIMIT, NULL, "no memory to look through page %d", p->number);
    for (size_t i = 0; i < p->word_count; i++) {
        struct str folded, run;
        size_t at = 0;
        if (!utf8_fold(a, p->words[i].text, &folded))
            return fail(e, E_LIMIT, NULL, "no memory to look through page %d", p->number);
        while (n < room && (run = next_run(folded, &at)).n > 0) pieces[n++] = (struct piece) { run, i };
    }
    *out = pieces;
    *count = n;
    return OK;
}

static bool stands_at(const struct find_query *q, const struct piece *pieces, size_t left) {
    if (left < q->count) return false;
    for (size_t i = 0; i + 1 < q->count; i++)
        if (!str_eq(pieces[i].text, q->words[i])) return false;
    return str_starts(pieces[q->count - 1].text, q->words[q->count - 1]);
}

enum status find_on_page(struct arena *a, const struct find_query *q, const struct page *p, size_t max,
                         struct find_hit **hits, size_t *count, struct err *e) {
    struct piece *pieces = NULL;
    size_t n = 0;

    *count = 0;
    if (q->count == 0) return OK;
    enum status s = pieces_read(a, p, &pieces, &n, e);
    if (s != OK) return s;
    size_t most = n / q->count < max ? n / q->count : max;
    *hits = arena_array(a, most + 1, sizeof **hits);
    if (!*hits) return fail(e, E_LIMIT, NULL, "no memory for what was found");
    for (size_t i = 0; i < n && *count < most;) {
        if (!stands_at(q, pieces + i, n - i)) {
            i++;
            continue;
        }
        (*hits)[(*count)++] = (struct find_hit) { pieces[i].word, pieces[i + q->count - 1].word + 1 };
        i += q->count;
    }
    return OK;
}
