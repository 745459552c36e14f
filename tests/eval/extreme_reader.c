#include "extreme_reader.h"

#include <jansson.h>

#include "asking.h"
#include "eval.h"
#include "rag/sentence.h"
#include "wanted.h"

enum { SENTENCES_MAX = 400, PLACES_MAX = 6 };

struct sentences {
    struct str items[SENTENCES_MAX];
    size_t count;
};

static void sentences_of(struct str text, struct sentences *out) {
    size_t at = 0;
    for (out->count = 0; out->count < SENTENCES_MAX; out->count++) {
        out->items[out->count] = sentence_next(text, &at);
        if (out->items[out->count].n == 0) return;
    }
}

/* The text from the beginning of one sentence to the end of another. */
static struct str span(const struct sentences *l, size_t first, size_t last) {
    const char *from = l->items[first].p, *to = l->items[last].p + l->items[last].n;
    return (struct str) { from, (size_t)(to - from) };
}

struct place {
    size_t passage, first, last;
};

struct places {
    struct place items[PLACES_MAX];
    size_t count;
};

/* Words of four letters and more of the question that stand in the text, whatever is around them. */
static size_t shared_words(struct arena *arena, struct str question, struct str text) {
    struct str squeezed = asking_squeezed(arena, text);
    size_t shared = 0;
    while (question.n) {
        size_t n = str_find_char(question, ' ');
        struct str word = asking_squeezed(arena, str_sub(question, 0, n));
        shared += word.n >= 4 && str_find(squeezed, word) < squeezed.n;
        question = str_sub(question, n + 1, question.n);
    }
    return shared;
}

/* The fewest sentences of one passage with all the words; of several as short, those that have most in common with the question. */
static bool find_together(const struct extreme_reader *r, struct arena *arena, struct str words,
                          struct place *out) {
    struct sentences *l = eval_need(arena_alloc(arena, sizeof *l));
    for (size_t length = 1; words.n && length <= SENTENCES_MAX; length++) {
        bool any = false, found = false;
        size_t best = 0;
        for (size_t i = 0; i < r->evidence->count; i++) {
            sentences_of(r->evidence->passages[i].quote, l);
            for (size_t at = 0; at + length <= l->count; at++) {
                struct str text = span(l, at, at + length - 1);
                any = true;
                if (!wanted_stand(arena, text, words)) continue;
                size_t shared = shared_words(arena, r->question, text);
                if (found && shared <= best) continue;
                found = true;
                best = shared;
                *out = (struct place) { i, at, at + length - 1 };
            }
        }
        if (found || !any) return found;
    }
    return false;
}

/* In one passage, else each of the words wherever it stands. */
static bool find(const struct extreme_reader *r, struct arena *arena, struct places *out) {
    out->count = 1;
    if (find_together(r, arena, r->words, &out->items[0])) return true;
    struct str rest = r->words;
    for (out->count = 0; rest.n && out->count < PLACES_MAX; out->count++) {
        size_t n = str_find_char(rest, '|');
        if (!find_together(r, arena, str_sub(rest, 0, n), &out->items[out->count])) return false;
        rest = str_sub(rest, n + 1, rest.n);
    }
    return out->count && rest.n == 0;
}

/* The sentence that has most in common with the question. */
static bool find_any(const struct extreme_reader *r, struct arena *arena, struct places *out) {
    struct sentences *l = eval_need(arena_alloc(arena, sizeof *l));
    size_t best = 0;
    out->count = 1;
    for (size_t i = 0; i < r->evidence->count; i++) {
        sentences_of(r->evidence->passages[i].quote, l);
        for (size_t at = 0; at < l->count; at++) {
            size_t shared = shared_words(arena, r->question, l->items[at]);
            if (shared <= best) continue;
            best = shared;
            out->items[0] = (struct place) { i, at, at };
        }
    }
    return best > 0;
}

static void add_sentences(const struct extreme_reader *r, struct arena *arena, const struct place *place,
                          json_t *out) {
    struct sentences *l = eval_need(arena_alloc(arena, sizeof *l));
    sentences_of(r->evidence->passages[place->passage].quote, l);
    for (size_t i = place->first; i <= place->last && i < l->count; i++)
        json_array_append_new(out, json_pack("{s:s%, s:[i]}", "text", l->items[i].p, l->items[i].n,
                                             "passages", (int)place->passage + 1));
}

static enum status generate(void *ctx, struct arena *arena, const struct generation_request *request,
                            struct generation *out, struct err *err) {
    const struct extreme_reader *r = ctx;
    (void)request;
    struct places places;
    bool known = r->kind == READER_EAGER ? find_any(r, arena, &places) : find(r, arena, &places);
    json_t *sentences = json_array();
    for (size_t i = 0; known && i < places.count; i++) add_sentences(r, arena, &places.items[i], sentences);
    json_t *reply = json_pack("{s:o, s:b}", "sentences", sentences, "unknown", !known);
    char *text = eval_need(json_dumps(reply, 0));
    *out = (struct generation) { .outcome = GENERATED, .calls = 1, .http_code = 200 };
    bool kept = arena_dup(arena, str_from_c(text), &out->json);
    free(text);
    json_decref(reply);
    return kept ? OK : fail(err, E_LIMIT, NULL, "no memory for a reply");
}

const struct generator *extreme_reader_open(struct extreme_reader *r, enum reader_kind kind) {
    r->kind = kind;
    r->generator = (struct generator) { .provider = "reader",
                                        .model = kind == READER_EAGER ? STR("eager") : STR("perfect"),
                                        .host = STR("localhost"),
                                        .ctx = r,
                                        .generate = generate };
    return &r->generator;
}
