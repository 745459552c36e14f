/*
 * identity_person -- people by name: the patient, those whom documents name, those behind "Dr" or "Mme", and names that are common.
 */
#include "guard/identity.h"

#include "guard/guard_words.h"
#include "language/names.h"
#include "language/typo.h"
#include "language/words.h"

enum { NAME_WORDS_MAX = 4, NAME_GAP_MAX = 3, LABEL_GAP_MAX = 4, MISSPELT_LETTERS_MIN = 5 };

static bool is_title(struct str folded) {
    return word_in(folded, &words_title);
}

/* "Nom : Diop", "Signé A. Fall". */
static bool is_label(struct str folded) {
    return word_in(folded, &words_name_label);
}

/* Diseases, signs and scores that bear a name. */
static bool is_eponym_before(const struct identity_search *s, size_t i) {
    size_t k = i;
    while (k > 0 && word_in(s->tokens->items[k - 1].folded, &words_eponym_link)) k--;
    return k > 0 && k < i && word_in(s->tokens->items[k - 1].folded, &words_eponym);
}

/* Medicines, values and the language's own words are no names where nothing says so. */
static bool is_medical(const struct token *t) {
    return t->number || names_is_drug(t->folded) || names_lab(t->folded) || names_is_disease(t->folded) ||
           names_ends_like_drug(t->folded);
}

static bool is_misspelling(struct str folded, struct str part) {
    return folded.n >= MISSPELT_LETTERS_MIN && part.n >= MISSPELT_LETTERS_MIN &&
           typo_distance(folded, part, 1) <= 1;
}

/* Any writing of a patient's name: what is an everyday word too, or a misspelling, must begin with a capital. */
static bool is_of_patient(const struct identity_search *s, size_t i) {
    const struct token *t = &s->tokens->items[i];
    bool capital = identity_is_capital(s, i);
    for (size_t k = 0; k < s->known->patient_count; k++) {
        struct str part = s->known->patient[k];
        if (str_eq(t->folded, part) && (capital || !words_is_common(t->folded))) return true;
        if (capital && !is_medical(t) && !words_is_common(t->folded) && is_misspelling(t->folded, part))
            return true;
    }
    return false;
}

static bool is_of_other(const struct identity_search *s, size_t i) {
    if (!identity_is_capital(s, i)) return false;
    for (size_t k = 0; k < s->known->other_count; k++)
        if (str_eq(s->tokens->items[i].folded, s->known->others[k])) return true;
    return false;
}

static bool is_common_name(const struct identity_search *s, size_t i) {
    const struct token *t = &s->tokens->items[i];
    return names_is_person(t->folded) && !names_is_drug(t->folded) && !is_eponym_before(s, i) &&
           (identity_is_capital(s, i) || !words_is_common(t->folded));
}

/* A word that may go on with a name: "Awa Marie-Louise NDIAYE", "A. Fall", "de la Tour". */
static bool may_join(const struct identity_search *s, size_t i) {
    const struct token *t = &s->tokens->items[i];
    return identity_is_capital(s, i) && !is_medical(t) && !is_title(t->folded) && !is_label(t->folded) &&
           !(t->stop && t->bytes > 2);
}

static size_t name_end(const struct identity_search *s, size_t first) {
    size_t end = first;
    while (end + 1 < s->tokens->count && end - first < NAME_WORDS_MAX &&
           identity_is_close(s, end, NAME_GAP_MAX)) {
        bool particle = word_in(s->tokens->items[end + 1].folded, &words_particle) &&
                        end + 2 < s->tokens->count && identity_is_capital(s, end + 2);
        if (!particle && !may_join(s, end + 1)) break;
        end++;
    }
    return end;
}

static size_t name_start(const struct identity_search *s, size_t first) {
    size_t start = first;
    while (start > 0 && first - start < NAME_WORDS_MAX && identity_is_close(s, start - 1, NAME_GAP_MAX) &&
           may_join(s, start - 1))
        start--;
    return start;
}

static void add_name(struct identity_search *s, size_t first, size_t last, enum identity_kind kind) {
    identity_add(s, s->tokens->items[first].at, identity_token_end(s, last), kind);
}

/* Behind a title or a label stands a name: with a capital, or one that is common. */
static void find_behind(struct identity_search *s, size_t i) {
    const struct token *t = &s->tokens->items[i];
    struct str source = identity_source(s, i);
    bool sir = str_eq(source, STR("M")), title = sir || is_title(t->folded), label = is_label(t->folded);
    size_t next = i + 1;
    if ((!title && !label) || next >= s->tokens->count || !identity_same_line(s, i, next)) return;
    size_t from = identity_token_end(s, i), gap = s->tokens->items[next].at - from;
    bool said = str_find_char(str_sub(s->text, from, gap), ':') < gap;
    if (gap > LABEL_GAP_MAX || (label && !title && !said)) return;
    if (is_title(s->tokens->items[next].folded)) return; /* "Mme le Docteur": that one finds it */
    bool name = said || identity_is_capital(s, next) || names_is_person(s->tokens->items[next].folded);
    if (!name || s->tokens->items[next].number) return;
    add_name(s, next, name_end(s, next), IDENTITY_PERSON);
}

void identity_find_people(struct identity_search *s) {
    for (size_t i = 0; i < s->tokens->count; i++) {
        if (is_of_patient(s, i)) {
            add_name(s, i, i, IDENTITY_PATIENT);
        } else if (is_of_other(s, i)) {
            add_name(s, i, i, IDENTITY_PERSON);
        } else if (is_common_name(s, i)) {
            bool capital = identity_is_capital(s, i);
            add_name(s, capital ? name_start(s, i) : i, capital ? name_end(s, i) : i, IDENTITY_PERSON);
        }
        find_behind(s, i);
    }
}
