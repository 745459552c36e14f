#include "understanding/question_core.h"

#include "base/utf8.h"
#include "understanding/intent_examine.h"
#include "understanding/understanding_words.h"

enum { SHOUTED_LETTERS_MIN = 8 };

/* Hardly any small letter: "JE PRENDS COMBIEN DE cp". */
static bool is_shouted(struct str text) {
    size_t capitals = 0, small = 0;
    for (size_t i = 0; i < text.n; i++) {
        capitals += utf8_is_capital(text, i);
        small += utf8_is_small(text, i);
    }
    return capitals >= SHOUTED_LETTERS_MIN && capitals > 2 * small;
}

struct courtesy {
    const struct tokens *tokens;
    bool *polite, *wellbeing; /* a token each */
};

static enum status find_courtesy(const struct intent_book *book, struct arena *arena,
                                 const struct tokens *tokens, struct courtesy *out, struct err *err) {
    struct phrase_hit *hits;
    size_t count;
    *out = (struct courtesy) { tokens, arena_array(arena, tokens->count + 1, 1),
                               arena_array(arena, tokens->count + 1, 1) };
    if (!out->polite || !out->wellbeing) return fail(err, E_LIMIT, NULL, "no memory for a question");
    enum status s = intent_find_turns(book, arena, tokens, &hits, &count, err);
    for (size_t i = 0; s == OK && i < count; i++) {
        int turn = intent_turn_of(book, &hits[i]);
        for (size_t k = hits[i].first; k <= hits[i].last; k++) {
            out->polite[k] |= turn == FOLLOW_POLITE;
            out->wellbeing[k] |= turn == FOLLOW_WELLBEING;
        }
    }
    return s;
}

/* "…, docteur ?": nobody of whom anything is asked. */
static bool is_called(const struct tokens *t, size_t i) {
    return word_in(t->items[i].folded, &words_called) &&
           (i == 0 || t->items[i].clause_start || !t->items[i - 1].stop);
}

/* How many tokens in front are courtesy. */
static size_t in_front(const struct courtesy *c) {
    const struct tokens *t = c->tokens;
    size_t n = 0, end = 0;
    for (; n < t->count && (c->polite[n] || c->wellbeing[n] || is_called(t, n)); n++) {
        bool closed = n + 1 == t->count || t->items[n + 1].clause_start;
        if (c->polite[n] || closed) end = n + 1;
    }
    return end;
}

/* Where the courtesy begins that ends the message. */
static size_t at_the_end(const struct courtesy *c) {
    size_t end = c->tokens->count;
    while (end && (c->polite[end - 1] || is_called(c->tokens, end - 1))) end--;
    return end;
}

/* "Bonjour 12" asks nothing. */
static bool says_anything(const struct tokens *t, size_t from, size_t to) {
    for (size_t i = from; i < to; i++)
        if (!t->items[i].stop && !t->items[i].number) return true;
    return false;
}

enum status question_core(const struct intent_book *book, struct text_reader *reader, struct arena *arena,
                          struct str text, struct str *core, struct err *err) {
    struct tokens tokens;
    struct courtesy courtesy;
    *core = text;
    if (is_shouted(text) && !utf8_lower(arena, text, core))
        return fail(err, E_LIMIT, NULL, "no memory for a question");
    enum status s = text_tokens(reader, arena, *core, TEXT_QUESTION, &tokens, err);
    if (s == OK) s = find_courtesy(book, arena, &tokens, &courtesy, err);
    if (s != OK) return s;
    size_t from = in_front(&courtesy), to = at_the_end(&courtesy);
    if (from >= to || !says_anything(&tokens, from, to)) return OK;
    size_t begin = from ? tokens.items[from].at : 0, end = to < tokens.count ? tokens.items[to].at : core->n;
    if (from && tokens.items[from].at == tokens.items[from - 1].at)
        return OK; /* one spelling of several words */
    *core = str_trim(str_sub(*core, begin, end - begin));
    return OK;
}
