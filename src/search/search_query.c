#include "language/expand.h"
#include "language/lang.h"
#include "search/search.h"
#include "language/typo.h"
#include "language/words.h"

/* Weights of a question's words, set on half of the leaflet, advice and reading questions and checked on the other half. */
static const float WEIGHT_FORM = 0.3F;      /* "500 mg", "comprimé" */
static const float WEIGHT_COMMON = 0.7F;    /* "prendre", "jour" */
static const float COVERAGE_COMMON = 0.25F; /* everyday words say little about what is asked */
static const float WEIGHT_SAME = 0.9F;      /* another name of it */
static const float WEIGHT_SHOWN = 0.5F;     /* its unit, its heading */
static const float OTHER_SHARE = 0.2F;      /* of these, where the record has the question's own word */
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

/* A word may say several things that are asked for ("ablation" of "fils"), and helps once at most. */
static bool has_term(const struct search_query *q, uint32_t hash, struct str stem, int group) {
    for (size_t i = 0; i < q->count; i++)
        if (q->terms[i].hash == hash && str_eq(q->terms[i].stem, stem) &&
            (group == GROUP_HELPER || q->terms[i].group == group))
            return true;
    return false;
}

static void add_term(struct search_query *q, struct str stem, float weight, int group) {
    uint32_t hash = text_hash(stem);
    if (q->count == SEARCH_TERMS_MAX || has_term(q, hash, stem, group)) return;
    q->terms[q->count++] = (struct search_term) { stem, hash, weight, group };
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

bool search_knows(const struct record *record, const struct search_query *q, size_t token) {
    int8_t group = q->group_of[token];
    for (size_t i = 0; i < q->count && group != GROUP_HELPER; i++)
        if (q->terms[i].group == group &&
            postings_find(&record->postings, q->terms[i].hash, q->terms[i].stem))
            return true;
    return false;
}

/* It holds the sentence together. In a French one such words of other languages are parts of names, if the record has them: "As Time Goes By". */
static bool is_joint(const struct record *r, const struct tokens *tokens, size_t i, bool french) {
    const struct token *t = &tokens->items[i];
    bool named = french && postings_find(&r->postings, text_hash(t->stem), t->stem);
    return t->stop || (lang_joins(t->folded) && !named);
}

static float weight_of(const struct tokens *tokens, size_t i) {
    const struct token *t = &tokens->items[i];
    bool before_form = i + 1 < tokens->count && expand_is_form(tokens->items[i + 1].folded);
    if (t->number) return before_form ? WEIGHT_FORM : 1.0F;
    if (expand_is_form(t->folded)) return WEIGHT_FORM;
    return words_is_common(t->folded) ? WEIGHT_COMMON : 1.0F;
}

static bool has_room(const struct search_query *q) {
    return q->groups < SEARCH_GROUPS_MAX && q->count < SEARCH_TERMS_MAX;
}

/* The group of a term that stands there already. */
static int group_of_stem(const struct search_query *q, struct str stem) {
    for (size_t i = 0; i < q->count; i++)
        if (str_eq(q->terms[i].stem, stem)) return q->terms[i].group;
    return GROUP_HELPER;
}

/* A word that the thesaurus does not know. */
static void add_token(struct reading *r, const struct tokens *tokens, size_t i, bool required) {
    const struct token *t = &tokens->items[i];
    struct search_query *q = r->out;
    q->group_of[i] = (int8_t)group_of_stem(q, t->stem);
    if (q->group_of[i] != GROUP_HELPER || !has_room(q)) return;
    float weight = weight_of(tokens, i);
    int group = q->groups++;
    q->group_of[i] = (int8_t)group;
    q->group_weight[group] = words_is_common(t->folded) ? COVERAGE_COMMON : weight;
    q->group_required[group] = required;
    add_term(q, t->stem, weight, group);
    bool unknown = !postings_find(&r->record->postings, text_hash(t->stem), t->stem);
    /* A word that must be there is never guessed: "fosinopril" is not lisinopril. */
    if (t->number || !unknown || required || words_is_common(t->folded) ||
        r->typo_words >= TYPO_QUESTION_WORDS_MAX)
        return;
    r->typo_words++;
    add_neighbours(r, t->stem, group);
}

static bool is_everyday(const struct expansion *x, const struct named *n) {
    for (size_t i = 0; i < n->concept_count; i++)
        if (!expand_concept(x, n, i)->everyday) return false;
    return true;
}

static bool is_own_word(const struct tokens *tokens, const struct named *n, struct str stem) {
    for (size_t i = n->first; i <= n->last; i++)
        if (str_eq(tokens->items[i].stem, stem)) return true;
    return false;
}

/* What the question says itself counts in full. */
static void add_concept(struct search_query *q, const struct tokens *tokens, const struct named *n,
                        const struct concept *c, float weight, int group) {
    for (size_t i = 0; i < c->count; i++) {
        float share = is_own_word(tokens, n, c->stems[i]) ? 1.0F : i < c->same ? WEIGHT_SAME : WEIGHT_SHOWN;
        add_term(q, c->stems[i], weight * share, group);
    }
}

/* The group holds all names of the concept: it was named before, in other words. */
static bool is_concept(const struct search_query *q, const struct concept *c, int group) {
    for (size_t i = 0; i < c->count; i++)
        if (!has_term(q, text_hash(c->stems[i]), c->stems[i], group)) return false;
    return c->count > 0;
}

/* Words that name one thing are one group: a passage holds it that says the thing in any of its names. */
static void add_named(struct reading *r, const struct tokens *tokens, const struct expansion *x,
                      const struct named *n, const bool *required) {
    struct search_query *q = r->out;
    if (!has_room(q)) return;
    const struct token *first = &tokens->items[n->first];
    bool everyday = is_everyday(x, n);
    int group = q->groups, known = group_of_stem(q, expand_concept(x, n, 0)->stems[0]);
    float weight = everyday ? WEIGHT_COMMON : 1.0F;
    bool again = known != GROUP_HELPER && is_concept(q, expand_concept(x, n, 0), known);
    for (size_t i = n->first; i <= n->last; i++)
        if (expand_named(x, i) == n) q->group_of[i] = (int8_t)(again ? known : group);
    if (again) {
        if (n->first == n->last) add_term(q, first->stem, q->group_weight[known], known);
        return;
    }
    bool own =
        n->first == n->last && postings_find(&r->record->postings, text_hash(first->stem), first->stem);
    if (n->first == n->last) add_term(q, first->stem, weight, group);
    for (size_t i = 0; i < n->concept_count; i++)
        add_concept(q, tokens, n, expand_concept(x, n, i), own ? weight * OTHER_SHARE : weight, group);
    q->groups++;
    q->group_weight[group] = everyday ? COVERAGE_COMMON : weight;
    q->group_named[group] = !everyday;
    for (size_t i = n->first; i <= n->last && required; i++)
        q->group_required[group] |= required[i] && expand_named(x, i) == n;
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
    struct expansion x;
    enum status s = expand_read(expander, arena, tokens, &x, err);
    if (s != OK) return s;
    out->group_of = arena_array(arena, tokens->count + 1, sizeof *out->group_of);
    if (!out->group_of) return fail(err, E_LIMIT, NULL, "no memory for a question");
    bool french = lang_read(tokens, LANG_WO) == LANG_FR;
    for (size_t i = 0; i < tokens->count; i++) {
        const struct named *n = expand_named(&x, i);
        if (!n) out->group_of[i] = GROUP_HELPER;
        if (n && n->first == i) add_named(&r, tokens, &x, n, required);
        if (!n && !is_joint(record, tokens, i, french)) add_token(&r, tokens, i, required && required[i]);
    }
    read_hints(tokens, out);
    return add_helpers(&r, expander, tokens);
}
