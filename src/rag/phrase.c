#include "rag/phrase.h"

#include "rag/typo.h"
#include "rag/words.h"

enum {
    LITERALS_MAX = 3072,
    TABLE_SLOTS = 4 * LITERALS_MAX,
    ELEMENTS_MAX = 12,
    TOKEN_LITERALS_MAX = 12,
    PREFIX_MIN = 3,
    TYPO_LETTERS_MIN = 5,
    TYPO_WORDS_MAX = 64, /* misspelt words mended a message: bounds the time */
    HITS_A_WORD_MAX = 8,
    GAP_SHORT = 3,
    GAP_LONG = 6
};

/* A word, a prefix ("respir*") or a mark ("@drug") that some pattern names. */
struct literal {
    struct str word;
    bool prefix;
    uint16_t *starts; /* phrases whose first element holds it */
    uint16_t start_count;
};

struct element {
    uint16_t *literals;
    uint16_t count;
    uint8_t gap_before; /* words that may stand between this element and the one before */
};

struct compiled {
    struct element elements[ELEMENTS_MAX];
    uint8_t count;
};

struct phrase_book {
    const struct phrase *phrases;
    struct compiled *compiled;
    size_t count;
    struct literal *literals;
    size_t literal_count;
    uint16_t *slots; /* literal + 1 by hash; prefixes and words apart */
};

/* What the words of a message match. */
struct token_literals {
    uint16_t ids[TOKEN_LITERALS_MAX];
    uint8_t count;
};

struct compile {
    struct phrase_book *book;
    struct arena *arena;
    const struct phrase_class *classes;
    struct err *err;
};

static enum status no_memory(struct err *err) {
    return fail(err, E_LIMIT, NULL, "no memory for phrases");
}

static uint16_t *slot_of(const struct phrase_book *book, struct str word, bool prefix) {
    size_t i = (text_hash(word) + (prefix ? 0x9E3779B9U : 0U)) % TABLE_SLOTS;
    while (book->slots[i]) {
        const struct literal *l = &book->literals[book->slots[i] - 1];
        if (l->prefix == prefix && str_eq(l->word, word)) break;
        i = (i + 1) % TABLE_SLOTS;
    }
    return &book->slots[i];
}

static enum status intern(struct compile *c, struct str word, uint16_t *id) {
    bool prefix = word.n && word.p[word.n - 1] == '*';
    if (prefix) word.n--;
    if (word.n == 0 || (prefix && word.n < PREFIX_MIN))
        return fail(c->err, E_INTERNAL, NULL, "an empty or too short word in a pattern");
    struct phrase_book *book = c->book;
    uint16_t *slot = slot_of(book, word, prefix);
    if (!*slot) {
        if (book->literal_count == LITERALS_MAX)
            return fail(c->err, E_INTERNAL, NULL, "too many words in the patterns");
        book->literals[book->literal_count++] = (struct literal) { .word = word, .prefix = prefix };
        *slot = (uint16_t)book->literal_count;
    }
    *id = (uint16_t)(*slot - 1);
    return OK;
}

static struct str next_part(struct str *rest, char separator) {
    size_t n = str_find_char(*rest, separator);
    struct str part = str_sub(*rest, 0, n);
    *rest = str_sub(*rest, n + 1, rest->n);
    return part;
}

static enum status class_words(const struct compile *c, struct str name, struct str *words) {
    for (const struct phrase_class *k = c->classes; k && k->name; k++) {
        if (!str_eq(str_from_c(k->name), name)) continue;
        *words = str_from_c(k->words);
        return OK;
    }
    return fail(c->err, E_INTERNAL, NULL, "a pattern names an unknown class %.*s", STR_ARG(name));
}

/* "mal|$pain" -> its literals. */
static enum status compile_element(struct compile *c, struct str text, struct element *out) {
    uint16_t ids[1024];
    size_t count = 0;
    enum status s = OK;
    while (text.n && s == OK) {
        struct str part = next_part(&text, '|'), words = part;
        if (str_starts(part, STR("$"))) s = class_words(c, part, &words);
        while (words.n && s == OK) {
            struct str word = next_part(&words, ' ');
            if (word.n == 0) continue;
            if (count == COUNT_OF(ids))
                return fail(c->err, E_INTERNAL, NULL, "too many words in one element");
            s = intern(c, word, &ids[count++]);
        }
    }
    if (s != OK) return s;
    out->literals = arena_array(c->arena, count, sizeof *out->literals);
    if (!out->literals) return no_memory(c->err);
    memcpy(out->literals, ids, count * sizeof *ids);
    out->count = (uint16_t)count;
    return OK;
}

static enum status compile_phrase(struct compile *c, const char *pattern, struct compiled *out) {
    struct str rest = str_from_c(pattern);
    uint8_t gap = 0;
    enum status s = OK;
    while (rest.n && s == OK) {
        struct str part = next_part(&rest, ' ');
        if (str_eq(part, STR("_"))) {
            gap = GAP_SHORT;
        } else if (str_eq(part, STR("__"))) {
            gap = GAP_LONG;
        } else if (part.n) {
            if (out->count == ELEMENTS_MAX)
                return fail(c->err, E_INTERNAL, NULL, "pattern too long: %s", pattern);
            struct element *e = &out->elements[out->count++];
            s = compile_element(c, part, e);
            e->gap_before = gap;
            gap = 0;
        }
    }
    if (s == OK && (out->count == 0 || gap))
        return fail(c->err, E_INTERNAL, NULL, "pattern without an end: %s", pattern);
    return s;
}

/* Which phrases begin with which literal. */
static enum status index_starts(struct compile *c) {
    struct phrase_book *book = c->book;
    for (int fill = 0; fill < 2; fill++) {
        for (size_t p = 0; p < book->count; p++) {
            const struct element *e = &book->compiled[p].elements[0];
            for (size_t i = 0; i < e->count; i++) {
                struct literal *l = &book->literals[e->literals[i]];
                if (fill) l->starts[l->start_count] = (uint16_t)p;
                l->start_count++;
            }
        }
        for (size_t i = 0; i < book->literal_count && !fill; i++) {
            struct literal *l = &book->literals[i];
            l->starts = arena_array(c->arena, l->start_count + 1U, sizeof *l->starts);
            if (!l->starts) return no_memory(c->err);
            l->start_count = 0;
        }
    }
    return OK;
}

enum status phrase_book_new(struct arena *arena, const struct phrase_class *classes,
                            const struct phrase *phrases, struct phrase_book **out, struct err *err) {
    struct phrase_book *book = arena_alloc(arena, sizeof *book);
    if (!book) return no_memory(err);
    book->phrases = phrases;
    while (phrases[book->count].pattern) book->count++;
    book->compiled = arena_array(arena, book->count + 1, sizeof *book->compiled);
    book->literals = arena_array(arena, LITERALS_MAX, sizeof *book->literals);
    book->slots = arena_array(arena, TABLE_SLOTS, sizeof *book->slots);
    if (!book->compiled || !book->literals || !book->slots) return no_memory(err);
    struct compile c = { book, arena, classes, err };
    enum status s = OK;
    for (size_t i = 0; i < book->count && s == OK; i++)
        s = compile_phrase(&c, phrases[i].pattern, &book->compiled[i]);
    if (s == OK) s = index_starts(&c);
    if (s == OK) *out = book;
    return s;
}

bool phrase_book_knows(const struct phrase_book *book, struct str folded) {
    if (*slot_of(book, folded, false)) return true;
    for (size_t n = PREFIX_MIN; n <= folded.n; n++)
        if (*slot_of(book, str_sub(folded, 0, n), true)) return true;
    return false;
}

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
        if (l->word.n < TYPO_LETTERS_MIN || l->word.p[0] == '@') continue;
        size_t shorter = word.n < l->word.n ? word.n : l->word.n;
        int max = l->prefix ? (l->word.n >= 6) : typo_allowed(shorter);
        if (max == 0 || (max == 1 && word.p[0] != l->word.p[0])) continue;
        int d = l->prefix ? prefix_distance(word, l->word, max) : typo_distance(word, l->word, max);
        if (d > max || d > nearest) continue;
        if (d < nearest) t->count = 0;
        nearest = d;
        add_literal(t, i);
    }
}

static void match_token(const struct phrase_book *book, const struct token *token, struct token_literals *t,
                        int *typos_left) {
    struct str word = token->folded;
    uint16_t slot = *slot_of(book, word, false);
    if (slot) add_literal(t, slot - 1U);
    for (size_t n = PREFIX_MIN; n <= word.n; n++) {
        slot = *slot_of(book, str_sub(word, 0, n), true);
        if (slot) add_literal(t, slot - 1U);
    }
    if (t->count || token->number || word.n < TYPO_LETTERS_MIN || words_is_common(word) || *typos_left == 0)
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
        if (e->gap_before && m->tokens->items[here].clause_start) break;
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
    if (!all) return no_memory(err);
    int typos_left = TYPO_WORDS_MAX;
    for (size_t i = 0; i < tokens->count; i++) match_token(book, &tokens->items[i], &all[i], &typos_left);
    for (size_t k = 0; k < mark_count; k++) {
        uint16_t slot = *slot_of(book, str_from_c(marks[k].name), false);
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
    if (!hits) return no_memory(err);
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
