#include "rag/triage_feature.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "rag/wolof.h"
#include "rag/words.h"

enum {
    PIECE_MIN = 3,
    PIECE_MAX = 5,
    PIECED_WORD_MIN = 4,
    WORD_BYTES_MAX = 24,
    FEATURES_A_WORD = 4 + (PIECE_MAX - PIECE_MIN + 1) * (WORD_BYTES_MAX + 2),
    FEATURE_BYTES_MAX = 96,
    PAIR_WORDS = 8, /* how far apart concepts belong together */
    PAIRS_MAX = 4000
};

struct collecting {
    struct arena *arena;
    const struct triage_said *said;
    size_t from, to; /* tokens */
    struct str *items;
    size_t count, room;
    bool full;
};

PRINTF(2, 3) static void add(struct collecting *c, const char *format, ...) {
    char text[FEATURE_BYTES_MAX];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (n < 0 || (size_t)n >= sizeof text)
        return; /* two words of an endless one: no feature that any other message has */
    if (c->count == c->room || !arena_dup(c->arena, (struct str) { text, (size_t)n }, &c->items[c->count]))
        c->full = true;
    else
        c->count++;
}

static bool is_inside(const struct collecting *c, const struct phrase_hit *hit) {
    return hit->first >= c->from && hit->last < c->to;
}

static void add_pieces(struct collecting *c, struct str word) {
    char framed[WORD_BYTES_MAX + 2];
    if (word.n < PIECED_WORD_MIN || word.n > WORD_BYTES_MAX) return;
    framed[0] = '^';
    memcpy(framed + 1, word.p, word.n);
    framed[word.n + 1] = '$';
    for (int size = PIECE_MIN; size <= PIECE_MAX; size++)
        for (size_t at = 0; at + (size_t)size <= word.n + 2; at++) add(c, "c:%.*s", size, framed + at);
}

static void add_word(struct collecting *c, size_t i) {
    const struct token *w = &c->said->tokens->items[i];
    const struct phrase_mark *numbers = c->said->numbers;
    char sound[WOLOF_SOUND_BYTES_MAX];
    if (w->number) { /* "@number" itself says nothing */
        for (size_t k = 1; k < TRIAGE_NUMBER_KINDS; k++)
            if (numbers[k].tokens[i]) add(c, "n:%s", numbers[k].name);
        return;
    }
    add(c, "w:%.*s", STR_ARG(w->folded));
    if (i + 1 < c->to) add(c, "b:%.*s_%.*s", STR_ARG(w->folded), STR_ARG(w[1].folded));
    if (i + 2 < c->to) add(c, "k:%.*s_%.*s", STR_ARG(w->folded), STR_ARG(w[2].folded));
    if (w->stop) return;
    add_pieces(c, w->folded);
    if (words_is_common(w->folded)) return;
    struct str heard = { sound, wolof_sound(w->folded, sound) };
    if (heard.n) add(c, "s:%.*s", STR_ARG(heard));
}

/* Concepts, and which stand close to each other in which order. */
static void add_concepts(struct collecting *c) {
    const struct phrase_hit *hits = c->said->concepts;
    size_t pairs = 0;
    for (size_t i = 0; i < c->said->concept_count; i++) {
        int tag = triage_concept[hits[i].phrase].tag;
        if (!is_inside(c, &hits[i])) continue;
        add(c, "g:%d", tag);
        for (size_t k = i + 1; k < c->said->concept_count && pairs < PAIRS_MAX; k++) {
            if (hits[k].first > hits[i].first + PAIR_WORDS || !is_inside(c, &hits[k])) break;
            if (hits[k].first == hits[i].first) continue;
            add(c, "p:%d_%d", tag, triage_concept[hits[k].phrase].tag);
            pairs++;
        }
    }
}

int triage_feature_compare(struct str a, struct str b) {
    int c = memcmp(a.p, b.p, a.n < b.n ? a.n : b.n);
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

static int compare(const void *va, const void *vb) {
    const struct str *a = va, *b = vb;
    return triage_feature_compare(*a, *b);
}

enum status triage_features(struct arena *arena, const struct triage_said *m, size_t from, size_t to,
                            struct str **out, size_t *count, struct err *err) {
    struct collecting c = { .arena = arena, .said = m, .from = from, .to = to };
    c.room = (to - from) * FEATURES_A_WORD + m->sign_count + m->turn_count + m->concept_count + PAIRS_MAX;
    c.items = arena_array(arena, c.room + 1, sizeof *c.items);
    if (!c.items) return fail(err, E_LIMIT, NULL, "no memory for the features of a message");
    for (size_t i = from; i < to; i++) add_word(&c, i);
    for (size_t i = 0; i < m->sign_count; i++)
        if (is_inside(&c, &m->signs[i].hit)) {
            enum danger d = (enum danger)triage_danger[m->signs[i].hit.phrase].tag;
            add(&c, m->signs[i].standing ? "r:%s" : "x:%s", danger_name(d));
        }
    for (size_t i = 0; i < m->turn_count; i++)
        if (is_inside(&c, &m->turns[i])) add(&c, "t:%d", triage_turn[m->turns[i].phrase].tag);
    add_concepts(&c);
    if (c.full) return fail(err, E_LIMIT, NULL, "no memory for the features of a message");
    qsort(c.items, c.count, sizeof *c.items, compare);
    size_t kept = 0;
    for (size_t i = 0; i < c.count; i++)
        if (kept == 0 || !str_eq(c.items[i], c.items[kept - 1])) c.items[kept++] = c.items[i];
    *out = c.items;
    *count = kept;
    return OK;
}
