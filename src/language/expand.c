#include "language/expand.h"

#include <stdlib.h>

#include "language/lang.h"
#include "language/thesaurus.h"
#include "language/words.h"

/* The stem of a word that says a concept. */
struct asked_stem {
    struct str stem;
    uint16_t concept;
};

struct expander {
    struct phrase_book *kinds, *names;
    struct concept *concepts;
    struct asked_stem *stems; /* in order */
    size_t stem_count;
};

/* clang-format off */

/* Kinds of question, and the words of passages that answer them. The words follow the official template of French
 * leaflets (ANSM, "notice: information de l'utilisateur") and the usual wording of prescriptions and reports. */
enum kind { KIND_WHAT_FOR, KIND_STORAGE, KIND_SIDE_EFFECTS, KIND_USE, KIND_BEFORE, KIND_OF_QUESTION_COUNT };

static const char *const helpers[KIND_OF_QUESTION_COUNT] = {
    [KIND_WHAT_FOR] = "classe pharmacotherapeutique atc indique traitement appartient famille medicaments symptomatique",
    [KIND_STORAGE] = "conserver conservation tenir portee vue enfants date peremption emballage boite jetez egout ordures menageres "
        "environnement temperature refrigerateur humidite lumiere mentionnee eliminer flacon",
    [KIND_SIDE_EFFECTS] = "indesirables effets frequent rare affecter survenir declarer signaler agence ansm pharmacovigilance "
        "notice eruption nausees declaration",
    [KIND_USE] = "posologie dose recommandee administration voie duree oublie plus auriez avalez frequence respecter veillez "
        "double compenser",
    [KIND_BEFORE] = "jamais allergique avertissements precautions grossesse allaitement conduite vehicules contient interactions "
        "enceinte hypersensibilite",
};

static const struct phrase_class classes[] = {
    { "$take", "prendre prends prend prenez utiliser utilise appliquer applique administrer avaler mettre injecter" },
    { NULL, NULL },
};

static const struct phrase cues[] = {
    { "dans quel|quels|quelle|quelles cas", KIND_WHAT_FOR, 1 },
    { "a quoi _ sert|servent", KIND_WHAT_FOR, 1 },
    { "sert|servent a quoi", KIND_WHAT_FOR, 1 },
    { "pour quelle|quelles maladie|maladies|raison", KIND_WHAT_FOR, 1 },
    { "indication|indications", KIND_WHAT_FOR, 1 },
    { "conserver|conserve|conservation|conservez", KIND_STORAGE, 1 },
    { "frigo|refrigerateur|peremption|perime|perimee", KIND_STORAGE, 1 },
    { "effet|effets indesirable|indesirables|secondaire|secondaires", KIND_SIDE_EFFECTS, 1 },
    { "comment _ $take", KIND_USE, 1 },
    { "posologie|posologies", KIND_USE, 1 },
    { "mode d emploi", KIND_USE, 1 },
    { "avant d|de $take", KIND_BEFORE, 1 },
    { "contre indication|indications", KIND_BEFORE, 1 },
    { "precaution|precautions _ $take", KIND_BEFORE, 1 },
    { NULL, 0, 0 },
};

static const char *const forms[] = {
    "adultes", "ampoule", "ampoules", "buvable", "capsule", "capsules", "collyre", "comprime", "comprimes", "creme", "cutanee",
    "dispersible", "dispositif", "effervescent", "enfants", "enrobe", "enrobes", "flacon", "g", "gastro", "gel", "gelule", "gelules",
    "granules", "injectable", "kg", "liberation", "lotion", "mcg", "mg", "microgrammes", "milligrammes", "ml", "molle",
    "orodispersible", "pellicule", "pellicules", "perfusion", "pommade", "poudre", "prolongee", "resistant", "sachet",
    "sachets", "secable", "sirop", "solution", "suppositoire", "suppositoires", "suspension", "transdermique", "ui", "voie"
};

/* clang-format on */

static size_t count_words(const char *text) {
    struct str rest = str_from_c(text);
    size_t n = 0;
    while (str_next_word(&rest, " ").n) n++;
    return n;
}

static enum status stem_words(struct text_reader *reader, struct arena *arena, const char *words,
                              struct concept *c, struct err *err) {
    struct str rest = str_from_c(words);
    enum status s = OK;
    while (rest.n && s == OK)
        s = text_stem(reader, arena, str_next_word(&rest, " "), &c->stems[c->count++], err);
    return s;
}

static int compare_stems(const void *a, const void *b) {
    return str_compare(((const struct asked_stem *)a)->stem, ((const struct asked_stem *)b)->stem);
}

/* Two letters are many things in a message: only a turn of phrase asks for what they abbreviate. */
enum { ASKED_LETTERS_MIN = 3 };

static enum status stem_concepts(struct expander *e, struct arena *arena, struct err *err) {
    struct text_reader *reader;
    enum status s = text_reader_open(arena, &reader, err);
    e->concepts = arena_array(arena, thesaurus_concept_count, sizeof *e->concepts);
    e->stems = arena_array(arena, thesaurus_word_count, sizeof *e->stems);
    if (!e->concepts || !e->stems) return fail(err, E_LIMIT, NULL, "no memory for the thesaurus");
    for (size_t i = 0; i < thesaurus_concept_count && s == OK; i++) {
        const struct thesaurus_concept *t = &thesaurus_concepts[i];
        struct concept *c = &e->concepts[i];
        c->stems = arena_array(arena, count_words(t->same) + count_words(t->shown), sizeof *c->stems);
        if (!c->stems) return fail(err, E_LIMIT, NULL, "no memory for the thesaurus");
        c->everyday = t->everyday;
        s = stem_words(reader, arena, t->same, c, err);
        c->same = c->count;
        if (s == OK) s = stem_words(reader, arena, t->shown, c, err);
        for (size_t k = 0; k < c->same; k++)
            if (c->stems[k].n >= ASKED_LETTERS_MIN)
                e->stems[e->stem_count++] = (struct asked_stem) { c->stems[k], (uint16_t)i };
    }
    qsort(e->stems, e->stem_count, sizeof *e->stems, compare_stems);
    return s;
}

enum status expander_new(struct arena *arena, struct expander **out, struct err *err) {
    struct expander *e = arena_alloc(arena, sizeof *e);
    if (!e) return fail(err, E_LIMIT, NULL, "no memory for phrases");
    enum status s = phrase_book_new(arena, classes, cues, PHRASE_MISSPELT_TOO, &e->kinds, err);
    if (s == OK) s = phrase_book_new(arena, NULL, thesaurus_names, PHRASE_MISSPELT_TOO, &e->names, err);
    if (s == OK) s = stem_concepts(e, arena, err);
    if (s == OK) *out = e;
    return s;
}

static void add_concept(struct named *n, size_t concept) {
    for (size_t i = 0; i < n->concept_count; i++)
        if (n->concepts[i] == concept) return;
    if (n->concept_count < EXPAND_CONCEPTS_MAX) n->concepts[n->concept_count++] = (uint16_t) concept;
}

static bool is_spaced(const struct phrase_hit *h) {
    return thesaurus_names[h->phrase].weight != 0;
}

/* What stands in the gap of a turn of phrase speaks for itself. */
static bool is_covered(const struct phrase_hit *h, size_t i) {
    return i == h->first || i == h->last || (!is_spaced(h) && i > h->first && i < h->last);
}

static bool is_free(const struct expansion *x, const struct phrase_hit *h) {
    for (size_t i = h->first; i <= h->last; i++)
        if (is_covered(h, i) && x->at[i]) return false;
    return true;
}

static size_t width(const struct phrase_hit *h) {
    return is_spaced(h) ? 2 : h->last - h->first + 1U;
}

/* "Should" is no "shoulder", in whatever ending. */
static bool may_be_guessed(const struct expander *e, const struct token *t) {
    return !lang_joins(t->folded) || phrase_book_knows(e->names, t->folded);
}

static bool is_misread(const struct expander *e, const struct tokens *tokens, const struct phrase_hit *h) {
    return h->first == h->last && !may_be_guessed(e, &tokens->items[h->first]);
}

/* Names of one breadth: those of the same tokens are one. */
static void take_names(const struct tokens *tokens, const struct phrase_hit *hits, size_t count,
                       size_t breadth, struct expansion *x) {
    for (size_t i = 0; i < count; i++) {
        const struct phrase_hit *h = &hits[i];
        if (width(h) != breadth || is_misread(x->expander, tokens, h)) continue;
        struct named *before = x->at[h->first] ? &x->names[x->at[h->first] - 1] : NULL;
        if (before && before->first == h->first && before->last == h->last) {
            add_concept(before, (size_t)thesaurus_names[h->phrase].tag);
        } else if (is_free(x, h)) {
            x->names[x->count] = (struct named) { .first = h->first, .last = h->last };
            add_concept(&x->names[x->count++], (size_t)thesaurus_names[h->phrase].tag);
            for (size_t k = h->first; k <= h->last; k++)
                if (is_covered(h, k)) x->at[k] = (uint16_t)x->count;
        }
    }
}

/* "Opérations" in any ending. */
static void take_stem(const struct expander *e, const struct tokens *tokens, size_t i, struct expansion *x) {
    struct str stem = tokens->items[i].stem;
    size_t low = 0, high = e->stem_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(e->stems[middle].stem, stem) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < e->stem_count && str_eq(e->stems[low].stem, stem); low++) {
        if (!x->at[i]) {
            x->names[x->count++] = (struct named) { .first = (uint16_t)i, .last = (uint16_t)i };
            x->at[i] = (uint16_t)x->count;
        }
        add_concept(&x->names[x->at[i] - 1], e->stems[low].concept);
    }
}

/* In English "the" is no tea and "did" no diabetes. */
static bool is_joint(const struct tokens *tokens, bool english, size_t i) {
    return english && lang_joins(tokens->items[i].folded);
}

static size_t without_joints(const struct tokens *tokens, bool english, struct phrase_hit *hits,
                             size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (hits[i].first != hits[i].last || !is_joint(tokens, english, hits[i].first))
            hits[kept++] = hits[i];
    return kept;
}

enum status expand_read(const struct expander *e, struct arena *arena, const struct tokens *tokens,
                        struct expansion *out, struct err *err) {
    struct phrase_hit *hits;
    size_t count, widest = 0;
    *out = (struct expansion) { .expander = e };
    out->names = arena_array(arena, tokens->count + 1, sizeof *out->names);
    out->at = arena_array(arena, tokens->count + 1, sizeof *out->at);
    if (!out->names || !out->at) return fail(err, E_LIMIT, NULL, "no memory for a question");
    enum status s = phrase_find(e->names, arena, tokens, NULL, 0, &hits, &count, err);
    if (s != OK) return s;
    bool english = lang_read(tokens, LANG_FR) == LANG_EN;
    count = without_joints(tokens, english, hits, count);
    for (size_t i = 0; i < count; i++)
        if (width(&hits[i]) > widest) widest = width(&hits[i]);
    for (size_t breadth = widest; breadth > 0; breadth--) take_names(tokens, hits, count, breadth, out);
    for (size_t i = 0; i < tokens->count; i++)
        if (!out->at[i] && !tokens->items[i].stop && !tokens->items[i].number &&
            !is_joint(tokens, english, i) && may_be_guessed(e, &tokens->items[i]))
            take_stem(e, tokens, i, out);
    return OK;
}

const struct named *expand_named(const struct expansion *x, size_t token) {
    return x->at[token] ? &x->names[x->at[token] - 1] : NULL;
}

const struct concept *expand_concept(const struct expansion *x, const struct named *n, size_t i) {
    return &x->expander->concepts[n->concepts[i]];
}

bool expand_says(const struct expansion *x, size_t token, struct str stem) {
    const struct named *n = expand_named(x, token);
    for (size_t i = 0; n && i < n->concept_count; i++) {
        const struct concept *c = expand_concept(x, n, i);
        for (size_t k = 0; k < c->count; k++)
            if (str_eq(c->stems[k], stem)) return true;
    }
    return false;
}

/* The first row of the word in the table; the number of rows: none. */
static size_t find_word(struct str folded) {
    size_t low = 0, high = thesaurus_word_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(str_from_c(thesaurus_words[middle].word), folded) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_row_of(size_t row, struct str folded) {
    return row < thesaurus_word_count && str_eq(str_from_c(thesaurus_words[row].word), folded);
}

size_t expand_same(struct str folded, struct str out[EXPAND_SAME_MAX]) {
    size_t count = 0;
    for (size_t row = find_word(folded); is_row_of(row, folded); row++) {
        struct str same = str_from_c(thesaurus_concepts[thesaurus_words[row].concept].same);
        while (same.n && count < EXPAND_SAME_MAX) {
            struct str word = str_next_word(&same, " ");
            if (!str_eq(word, folded)) out[count++] = word;
        }
    }
    return count;
}

bool expand_are_same(struct str a, struct str b) {
    for (size_t i = find_word(a); is_row_of(i, a); i++)
        for (size_t k = find_word(b); is_row_of(k, b); k++)
            if (thesaurus_words[i].concept == thesaurus_words[k].concept && thesaurus_words[i].says &&
                thesaurus_words[k].says)
                return true;
    return false;
}

static size_t add_words(struct str words, struct str *out, size_t count) {
    while (words.n && count < EXPAND_HELPERS_MAX) out[count++] = str_next_word(&words, " ");
    return count;
}

enum status expand_helpers(const struct expander *e, struct arena *arena, const struct tokens *tokens,
                           struct str *out, size_t *count, struct err *err) {
    struct phrase_hit *hits;
    size_t hit_count;
    enum status s = phrase_find(e->kinds, arena, tokens, NULL, 0, &hits, &hit_count, err);
    if (s != OK) return s;
    bool asked[KIND_OF_QUESTION_COUNT] = { false };
    for (size_t i = 0; i < hit_count; i++) asked[cues[hits[i].phrase].tag] = true;
    *count = 0;
    for (size_t k = 0; k < KIND_OF_QUESTION_COUNT; k++)
        if (asked[k]) *count = add_words(str_from_c(helpers[k]), out, *count);
    return OK;
}

bool expand_is_form(struct str folded) {
    return words_in_sorted(forms, COUNT_OF(forms), folded);
}
