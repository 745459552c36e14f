#include "language/phrase_book.h"
#include "language/expand.h"
#include "language/typo.h"
#include "language/wolof.h"
#include "language/words.h"

enum {
    TOKEN_LITERALS_MAX = 12,
    TYPO_LETTERS_MIN = 5,
    TYPO_WORDS_MAX = 64, /* misspelt words mended a message: bounds the time */
    HITS_A_WORD_MAX = 8
};

/* What the words of a message match. */
struct token_literals {
    uint16_t ids[TOKEN_LITERALS_MAX];
    uint8_t count;
};

static void add_literal(struct token_literals *t, size_t id) {
    for (size_t i = 0; i < t->count; i++)
        if (t->ids[i] == id) return;
    if (t->count < TOKEN_LITERALS_MAX) t->ids[t->count++] = (uint16_t)id;
}

/* The least distance between a prefix and the beginnings of a word of about its length. */
static int prefix_distance(struct str word, struct str prefix, int max) {
    int least = max + 1;
    for (size_t n = prefix.n - 1; n <= prefix.n + 1; n++) {
        int d = typo_distance(str_sub(word, 0, n), prefix, max);
        if (d < least) least = d;
    }
    return least;
}

/* The nearest words that the book names, for a word that nobody knows. */
static void add_misspelt(const struct phrase_book *book, struct str word, struct token_literals *t) {
    int nearest = 3;
    for (size_t i = 0; i < book->literal_count; i++) {
        const struct literal *l = &book->literals[i];
        bool prefix = l->kind == LITERAL_PREFIX;
        if (l->kind & LITERAL_SOUND || l->word.n < TYPO_LETTERS_MIN || l->word.p[0] == '@') continue;
        size_t shorter = word.n < l->word.n ? word.n : l->word.n;
        int max = prefix ? (l->word.n >= 6) : typo_allowed(shorter);
        if (max == 0 || (max == 1 && word.p[0] != l->word.p[0])) continue;
        int d = prefix ? prefix_distance(word, l->word, max) : typo_distance(word, l->word, max);
        if (d > max || d > nearest) continue;
        if (d < nearest) t->count = 0;
        nearest = d;
        add_literal(t, i);
    }
}

/* The literals of one kind, of words and of prefixes, that a word is or begins with. */
static void add_known(const struct phrase_book *book, struct str word, unsigned kind,
                      struct token_literals *t) {
    uint16_t slot = *phrase_slot(book, word, kind);
    uint64_t hash = PHRASE_HASH_EMPTY;
    if (slot) add_literal(t, slot - 1U);
    for (size_t n = 1; n <= word.n; n++) {
        hash = phrase_hash_add(hash, word.p[n - 1]);
        if (n < PHRASE_PREFIX_MIN) continue;
        slot = *phrase_slot_hashed(book, str_sub(word, 0, n), kind | LITERAL_PREFIX, hash);
        if (slot) add_literal(t, slot - 1U);
    }
}

/* "Chute" and "coude" are words of their own, and no "coûte". */
static bool is_named(struct str word) {
    struct str same[EXPAND_SAME_MAX];
    return expand_same(word, same) > 0;
}

static void match_token(const struct phrase_book *book, const struct token *token, struct token_literals *t,
                        int *typos_left) {
    char sound[WOLOF_SOUND_BYTES_MAX];
    struct str word = token->folded;
    add_known(book, word, 0, t);
    if (book->has_sounds && !token->stop && !words_is_common(word)) {
        struct str heard = { sound, wolof_sound(word, sound) };
        if (heard.n) add_known(book, heard, LITERAL_SOUND, t);
    }
    if (t->count || *typos_left == 0 || token->number || word.n < TYPO_LETTERS_MIN || words_is_common(word) ||
        is_named(word))
        return;
    (*typos_left)--;
    add_misspelt(book, word, t);
}

static bool element_matches(const struct element *e, const struct token_literals *t) {
    for (size_t i = 0; i < t->count; i++)
        for (size_t k = 0; k < e->count; k++)
            if (e->literals[k] == t->ids[i]) return true;
    return false;
}

struct matching {
    const struct tokens *tokens;
    const struct token_literals *literals;
};

/* Matches elements from `element` on, the first of them at or (with a gap) behind token `at`; answers the last token or -1. */
static int match_rest(const struct matching *m, const struct compiled *c, size_t element, size_t at) {
    if (element == c->count) return (int)at - 1;
    const struct element *e = &c->elements[element];
    for (size_t skipped = 0; skipped <= e->gap_before && at + skipped < m->tokens->count; skipped++) {
        size_t here = at + skipped;
        if (e->gap_before && e->gap_before < PHRASE_GAP_ANYWHERE && m->tokens->items[here].clause_start)
            break;
        if (!element_matches(e, &m->literals[here])) continue;
        int last = match_rest(m, c, element + 1, here + 1);
        if (last >= 0) return last;
    }
    return -1;
}

static enum status match_all(const struct phrase_book *book, struct arena *arena, const struct tokens *tokens,
                             const struct phrase_mark *marks, size_t mark_count, struct token_literals **out,
                             struct err *err) {
    struct token_literals *all = arena_array(arena, tokens->count + 1, sizeof *all);
    if (!all) return fail(err, E_LIMIT, NULL, "no memory for phrases");
    int typos_left = book->spelling == PHRASE_MISSPELT_TOO ? TYPO_WORDS_MAX : 0;
    for (size_t i = 0; i < tokens->count; i++) match_token(book, &tokens->items[i], &all[i], &typos_left);
    for (size_t k = 0; k < mark_count; k++) {
        uint16_t slot = *phrase_slot(book, str_from_c(marks[k].name), 0);
        for (size_t i = 0; i < tokens->count && slot; i++)
            if (marks[k].tokens[i]) add_literal(&all[i], slot - 1U);
    }
    *out = all;
    return OK;
}

enum status phrase_find(const struct phrase_book *book, struct arena *arena, const struct tokens *tokens,
                        const struct phrase_mark *marks, size_t mark_count, struct phrase_hit **out,
                        size_t *count, struct err *err) {
    struct token_literals *literals = NULL;
    enum status s = match_all(book, arena, tokens, marks, mark_count, &literals, err);
    if (s != OK) return s;
    size_t most = (tokens->count + HITS_A_WORD_MAX) * HITS_A_WORD_MAX;
    struct phrase_hit *hits = arena_array(arena, most, sizeof *hits);
    if (!hits) return fail(err, E_LIMIT, NULL, "no memory for phrases");
    struct matching m = { tokens, literals };
    size_t n = 0;
    for (size_t at = 0; at < tokens->count; at++) {
        for (size_t i = 0; i < literals[at].count; i++) {
            const struct literal *l = &book->literals[literals[at].ids[i]];
            for (size_t k = 0; k < l->start_count && n < most; k++) {
                int last = match_rest(&m, &book->compiled[l->starts[k]], 1, at + 1);
                if (last < 0) continue;
                bool again = n && hits[n - 1].phrase == l->starts[k] && hits[n - 1].first == at;
                if (!again) hits[n++] = (struct phrase_hit) { l->starts[k], (uint16_t)at, (uint16_t)last };
            }
        }
    }
    *out = hits;
    *count = n;
    return OK;
}
