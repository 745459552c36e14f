#include "understanding/intent_feature.h"

#include "language/french.h"
#include "language/wolof.h"
#include "language/words.h"

enum {
    FEATURES_A_WORD = 8 + FEATURE_PIECES_MAX,
    PAIR_WORDS = 6, /* how far apart words of classes belong together */
    PAIRS_MAX = 1000,
    FEW_WORDS = 4
};

struct collecting {
    const struct intent_book *book;
    const struct intent_said *said;
    size_t words[FEATURE_TOKENS_MAX]; /* the tokens that count */
    size_t count;
    struct features *out;
};

/* What stands for a word: what it is, else its stem. */
static struct str key_of(const struct collecting *c, size_t word) {
    static const enum intent_mark marks[] = { MARK_DRUG, MARK_LAB, MARK_PERSON, MARK_VACCINE, MARK_DISEASE };
    if (word >= c->count) return STR("$");
    size_t i = c->words[word];
    const struct token *t = &c->said->tokens->items[i];
    if (c->said->when->tokens[i]) return c->said->when->future ? STR("@future") : STR("@past");
    for (size_t k = 0; k < COUNT_OF(marks); k++)
        if (c->said->marks[marks[k]].tokens[i]) return str_from_c(c->said->marks[marks[k]].name);
    if (c->said->subject->own[i]) return STR("@own");
    return t->number ? STR("@number") : t->stem;
}

/* How a word sounds in French, or what it is. */
static struct str sound_of(const struct collecting *c, size_t word, char out[FRENCH_SOUND_BYTES_MAX]) {
    struct str key = key_of(c, word);
    if (word >= c->count || key.p[0] == '@') return key;
    struct str heard = { out, french_sound(c->said->tokens->items[c->words[word]].folded, out) };
    return heard.n ? heard : key;
}

static void add_sounds(struct collecting *c, size_t word) {
    char here[FRENCH_SOUND_BYTES_MAX], next[FRENCH_SOUND_BYTES_MAX];
    struct str a = sound_of(c, word, here), b = sound_of(c, word + 1, next);
    features_add(c->out, "f:%.*s", STR_ARG(a));
    features_add(c->out, "h:%.*s_%.*s", STR_ARG(a), STR_ARG(b));
}

static void add_word(struct collecting *c, size_t word) {
    const struct token *w = &c->said->tokens->items[c->words[word]];
    struct str key = key_of(c, word), next = key_of(c, word + 1);
    char sound[WOLOF_SOUND_BYTES_MAX];
    features_add(c->out, "w:%.*s", STR_ARG(key));
    add_sounds(c, word);
    if (word == 0) features_add(c->out, "b:^_%.*s", STR_ARG(key));
    features_add(c->out, "b:%.*s_%.*s", STR_ARG(key), STR_ARG(next));
    if (word + 2 <= c->count) {
        struct str after = key_of(c, word + 2);
        features_add(c->out, "k:%.*s_%.*s", STR_ARG(key), STR_ARG(after));
    }
    if (w->stop || w->number || key.p[0] == '@') return;
    features_add_pieces(c->out, w->folded);
    if (words_is_common(w->folded)) return;
    struct str heard = { sound, wolof_sound(w->folded, sound) };
    if (heard.n) features_add(c->out, "s:%.*s", STR_ARG(heard));
}

/* Without courtesy, when there is a question. */
static void take_words(struct collecting *c) {
    for (size_t i = 0; i < c->said->tokens->count && c->count < FEATURE_TOKENS_MAX; i++)
        if (!c->said->asks || !c->said->polite[i]) c->words[c->count++] = i;
}

/* A word that carries a mark, or is of a class. */
struct notion {
    const char *name;
    size_t at;
};

/* "$of_drugs" is akin to "$drugs". */
static const char *kind_of(const char *class) {
    static const char of[] = "$of_";
    return class + (strncmp(class, of, sizeof of - 1) == 0 ? sizeof of - 1 : 1);
}

static size_t find_notions(const struct collecting *c, struct notion *out, size_t most) {
    size_t n = 0, hit = 0;
    for (size_t word = 0; word < c->count; word++) {
        size_t i = c->words[word];
        for (size_t k = 0; k < MARK_COUNT && n < most; k++)
            if (c->said->marks[k].tokens[i]) out[n++] = (struct notion) { c->said->marks[k].name, word };
        while (hit < c->said->hit_count && c->said->hits[hit].first < i) hit++;
        for (; hit < c->said->hit_count && c->said->hits[hit].first == i; hit++) {
            uint16_t row = c->said->hits[hit].phrase;
            if (intent_is_class(c->book, row) && n < most)
                out[n++] = (struct notion) { kind_of(c->book->rows[row].pattern), word };
        }
    }
    return n;
}

static void add_notions(struct collecting *c) {
    struct notion found[4 * FEATURE_TOKENS_MAX];
    size_t count = find_notions(c, found, COUNT_OF(found)), pairs = 0;
    for (size_t i = 0; i < count; i++) {
        features_add(c->out, "g:%s", found[i].name);
        for (size_t k = i + 1; k < count && found[k].at <= found[i].at + PAIR_WORDS; k++) {
            if (found[k].at == found[i].at || pairs == PAIRS_MAX) continue;
            features_add(c->out, "p:%s_%s", found[i].name, found[k].name);
            pairs++;
        }
    }
}

static void add_scores(struct collecting *c) {
    int best = INTENT_NONE;
    for (int i = 1; i < INTENT_COUNT; i++) {
        if (c->said->asked[i] < INTENT_SCORE_MIN) continue;
        features_add(c->out, "r:%s", intent_name((enum intent)i));
        if (c->said->asked[i] > c->said->asked[best]) best = i;
    }
    features_add(c->out, "R:%s", intent_name((enum intent)best));
}

enum status intent_features(const struct intent_book *book, struct arena *arena, const struct intent_said *m,
                            struct features *out, struct err *err) {
    struct collecting c = { .book = book, .said = m, .out = out };
    size_t meaning = 0;
    take_words(&c);
    if (!features_open(out, arena, c.count * (FEATURES_A_WORD + 4) + 2 * INTENT_COUNT + PAIRS_MAX))
        return fail(err, E_LIMIT, NULL, "no memory for the features of a message");
    for (size_t i = 0; i < c.count; i++) add_word(&c, i);
    add_notions(&c);
    add_scores(&c);
    for (size_t i = 0; i < c.count; i++) meaning += !m->tokens->items[c.words[i]].stop;
    if (meaning <= FEW_WORDS) features_add(out, "n:%zu", meaning);
    return features_finish(out, err);
}
