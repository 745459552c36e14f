#include "rag/expand.h"
#include "rag/lang.h"
#include "rag/search.h"
#include "rag/typo.h"
#include "rag/words.h"

/* Weights of a question's words, set on half of the leaflet, advice and reading questions and checked on the other half. */
static const float WEIGHT_FORM = 0.3F;      /* "500 mg", "comprimé" */
static const float WEIGHT_COMMON = 0.7F;    /* "prendre", "jour" */
static const float COVERAGE_COMMON = 0.25F; /* everyday words say little about what is asked */
static const float WEIGHT_SAME = 0.5F;      /* another name of it */
static const float WEIGHT_TYPO = 0.7F;      /* a word of the record that it may be a misspelling of */
static const float WEIGHT_HELPER = 0.3F;    /* what passages of that kind are written in */

enum { TYPO_NEIGHBOURS_MAX = 3, TYPO_QUESTION_WORDS_MAX = 24, GROUP_HELPER = -1 };

struct reading {
    struct text_reader *reader;
    struct arena *arena;
    const struct record *record;
    struct search_query *out;
    int typo_words;
    struct err *err;
};

static bool has_term(const struct search_query *q, uint32_t hash, struct str stem) {
    for (size_t i = 0; i < q->count; i++)
        if (q->terms[i].hash == hash && str_eq(q->terms[i].stem, stem)) return true;
    return false;
}

static void add_term(struct search_query *q, struct str stem, float weight, int group) {
    uint32_t hash = text_hash(stem);
    if (q->count == SEARCH_TERMS_MAX || has_term(q, hash, stem)) return;
    q->terms[q->count++] = (struct search_term) { stem, hash, weight, (int8_t)group };
}

/* Words of the record that the token may be a misspelling of; the nearest ones only. */
static void add_neighbours(struct reading *r, struct str stem, int group) {
    const struct postings *p = &r->record->postings;
    const struct vocabulary_word *best[TYPO_NEIGHBOURS_MAX];
    size_t count = 0;
    int nearest = 3;
    for (size_t i = 0; i < p->capacity; i++) {
        const struct vocabulary_word *w = &p->table[i];
        if (!w->stem.p || w->stem.n + 2 < stem.n || w->stem.n > stem.n + 2 || !typo_is_near(stem, w->stem))
            continue;
        int d = typo_distance(stem, w->stem, 2);
        if (d < nearest) count = 0;
        if (d > nearest || count == TYPO_NEIGHBOURS_MAX) continue;
        nearest = d;
        best[count++] = w;
    }
    for (size_t i = 0; i < count; i++) add_term(r->out, best[i]->stem, WEIGHT_TYPO, group);
}

static enum status add_same(struct reading *r, struct str folded, float weight, int group) {
    struct str other[EXPAND_SAME_MAX];
    size_t count = expand_same(folded, other);
    for (size_t i = 0; i < count; i++) {
        struct str stem;
        enum status s = text_stem(r->reader, r->arena, other[i], &stem, r->err);
        if (s != OK) return s;
        add_term(r->out, stem, weight * WEIGHT_SAME, group);
    }
    return OK;
}

bool search_knows(const struct record *record, const struct search_query *q, const struct token *t) {
    int8_t group = GROUP_HELPER;
    for (size_t i = 0; i < q->count && group == GROUP_HELPER; i++)
        if (str_eq(q->terms[i].stem, t->stem)) group = q->terms[i].group;
    for (size_t i = 0; i < q->count && group != GROUP_HELPER; i++)
        if (q->terms[i].group == group &&
            postings_find(&record->postings, q->terms[i].hash, q->terms[i].stem))
            return true;
    return false;
}

static float weight_of(const struct tokens *tokens, size_t i) {
    const struct token *t = &tokens->items[i];
    bool before_form = i + 1 < tokens->count && expand_is_form(tokens->items[i + 1].folded);
    if (t->number) return before_form ? WEIGHT_FORM : 1.0F;
    if (expand_is_form(t->folded)) return WEIGHT_FORM;
    return words_is_common(t->folded) ? WEIGHT_COMMON : 1.0F;
}

static enum status add_token(struct reading *r, const struct tokens *tokens, size_t i, bool required) {
    const struct token *t = &tokens->items[i];
    struct search_query *q = r->out;
    if (has_term(q, text_hash(t->stem), t->stem) || q->groups == SEARCH_GROUPS_MAX) return OK;
    float weight = weight_of(tokens, i);
    int group = q->groups++;
    q->group_weight[group] = words_is_common(t->folded) ? COVERAGE_COMMON : weight;
    q->group_required[group] = required;
    add_term(q, t->stem, weight, group);
    if (t->number) return OK;
    enum status s = add_same(r, t->folded, weight, group);
    bool unknown = !postings_find(&r->record->postings, text_hash(t->stem), t->stem);
    /* A word that must be there is never guessed: "fosinopril" is not lisinopril. */
    if (s == OK && unknown && !required && !words_is_common(t->folded) &&
        r->typo_words < TYPO_QUESTION_WORDS_MAX) {
        r->typo_words++;
        add_neighbours(r, t->stem, group);
    }
    return s;
}

static enum status add_helpers(struct reading *r, const struct expander *expander,
                               const struct tokens *tokens) {
    struct str words[EXPAND_HELPERS_MAX];
    size_t count;
    enum status s = expand_helpers(expander, r->arena, tokens, words, &count, r->err);
    for (size_t i = 0; i < count && s == OK; i++) {
        struct str stem;
        s = text_stem(r->reader, r->arena, words[i], &stem, r->err);
        if (s == OK) add_term(r->out, stem, WEIGHT_HELPER, GROUP_HELPER);
    }
    return s;
}

static bool is_one_of(struct str word, const char *const *words, size_t count) {
    for (size_t i = 0; i < count && words[i]; i++)
        if (str_eq(word, str_from_c(words[i]))) return true;
    return false;
}

bool search_kind_asked(const struct tokens *tokens, enum document_kind *kind) {
    static const struct {
        enum document_kind kind;
        const char *words[9];
    } kinds[] = {
        { KIND_PRESCRIPTION, { "ordonnance", "ordonnances", "prescription", "prescriptions" } },
        { KIND_LABORATORY,
          { "analyse", "analyses", "bilan", "bilans", "laboratoire", "prelevement", "sang", "ecbu", "nfs" } },
        { KIND_IMAGING,
          { "radio", "radiographie", "echographie", "echo", "scanner", "irm", "mammographie" } },
        { KIND_REPORT, { "consultation", "hospitalisation", "operation", "rendu" } },
        { KIND_CERTIFICATE, { "certificat", "arret", "aptitude" } },
    };
    for (size_t i = 0; i < tokens->count; i++) {
        for (size_t k = 0; k < COUNT_OF(kinds); k++) {
            if (!is_one_of(tokens->items[i].folded, kinds[k].words, COUNT_OF(kinds[k].words))) continue;
            *kind = kinds[k].kind;
            return true;
        }
    }
    return false;
}

/* "Ma dernière radio": which kind of document, and whether the latest is meant. */
static void read_hints(const struct tokens *tokens, struct search_query *out) {
    static const char *const recent[] = { "dernier", "derniere", "derniers", "dernieres",
                                          "recent",  "recente",  "last",     "latest" };
    for (size_t i = 0; i < tokens->count; i++)
        out->recent_asked |= is_one_of(tokens->items[i].folded, recent, COUNT_OF(recent));
    out->kind_asked = search_kind_asked(tokens, &out->kind);
}

enum status search_query_read(struct text_reader *reader, struct arena *arena,
                              const struct expander *expander, const struct record *record,
                              const struct tokens *tokens, const bool *required, struct search_query *out,
                              struct err *err) {
    *out = (struct search_query) { 0 };
    struct reading r = { reader, arena, record, out, 0, err };
    enum status s = OK;
    for (size_t i = 0; i < tokens->count && s == OK; i++)
        if (!tokens->items[i].stop && !lang_joins_in_wolof(tokens->items[i].folded))
            s = add_token(&r, tokens, i, required && required[i]);
    read_hints(tokens, out);
    return s == OK ? add_helpers(&r, expander, tokens) : s;
}
