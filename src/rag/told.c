#include "rag/told.h"

#include "language/words.h"
#include "rag/apart.h"
#include "rag/bearing.h"
#include "rag/rag_words.h"

enum { NARROWING_LETTERS_MIN = 4 }; /* shorter words are too often misspelt small ones: "dan" */

/* "Le prochain INR", "which blood tests do I need": the value of the last one is no answer. */
static bool asks_of_next_value(const struct draft *d) {
    enum intent intent = d->reading->intent;
    bool value = intent == INTENT_LAB_VALUE || intent == INTENT_LAB_HISTORY;
    return value && text_says_one(d->tokens, &words_next_needed);
}

/* "Le fer, je le commence à quel moment", "de quelle date à quelle date": who prescribed it was not asked. */
static bool asks_for_nobody(const struct draft *d) {
    const bool *asked = d->demands.asked;
    bool nobody = d->reading->likely && !asked[DEMAND_PERSON] && !asked[DEMAND_DAY];
    return d->reading->intent == INTENT_PRESCRIBER && (nobody || apart_asks_until(d->tokens));
}

/* "J'étais à combien jeudi soir": a value of then, no dose. */
static bool asks_what_was(const struct draft *d) {
    const struct tokens *t = d->tokens;
    bool medicine = d->reading->intent == INTENT_DOSAGE && !text_says_one(t, &words_dose);
    for (size_t i = 0; i + 2 < t->count && medicine; i++)
        if (str_in_words(t->items[i].folded, "etais etait etaient") &&
            str_eq(t->items[i + 1].folded, STR("a")) && str_eq(t->items[i + 2].folded, STR("combien")))
            return true;
    return false;
}

/* All medicines or all papers are listed: the question must be about all. */
static bool tells_all(const struct draft *d) {
    enum intent intent = d->reading->intent;
    bool list = intent == INTENT_CURRENT_MEDICATION || intent == INTENT_LAST_PRESCRIPTION ||
                intent == INTENT_DOSAGE || intent == INTENT_DOCUMENTS;
    return list && !d->subject->names_drug;
}

/* A word with a meaning of its own, that is no word for medicines or papers. */
static bool narrows(const struct draft *d, size_t i) {
    const struct token *t = &d->tokens->items[i];
    const struct named *n = expand_named(&d->names, i);
    bool everyday = false;
    for (size_t k = 0; n && k < n->concept_count; k++) everyday |= expand_concept(&d->names, n, k)->everyday;
    return t->folded.n >= NARROWING_LETTERS_MIN && draft_is_content(d, i) && !d->subject->own[i] &&
           !everyday && !words_is_common(t->folded) && (n || d->reading->other[i]);
}

/* What all sources say of themselves and are quoted to say. */
static enum status words_of_all(struct draft *d, struct str *text, struct tokens *t) {
    *text = STR("");
    for (size_t i = 0; i < d->out->source_count; i++) {
        const struct rag_source *source = &d->out->sources[i];
        if (!arena_printf(d->arena, text, "%.*s\n%.*s\n%.*s", STR_ARG(*text), STR_ARG(source->title),
                          STR_ARG(source->quote)))
            return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    }
    return text_tokens(d->reader, d->arena, *text, TEXT_DOCUMENT, t, d->err);
}

/* A value is told, not a medicine. */
static bool tells_value(const struct draft *d) {
    enum intent intent = d->reading->intent;
    bool medicine = intent == INTENT_DOSAGE || intent == INTENT_INSTRUCTIONS ||
                    intent == INTENT_CURRENT_MEDICATION || intent == INTENT_LAST_PRESCRIPTION;
    return !medicine || d->subject->names_lab;
}

/* "De combien à combien", "à l'entrée et à la sortie": one value says half of it. A row is quoted with all its values. */
static bool lacks_second(const struct draft *d) {
    bool quoted = str_find(buf_str(d->text), STR("«")) < d->text->n;
    return d->demands.said[SAID_BOTH] && tells_value(d) && d->lines < 2 && !quoted;
}

/* "Ma lotion, combien de fois": a list in which none stands is of something else. */
enum status told_check_list(struct draft *d) {
    /* "Le sirop de fer, combien", "la glycémie, combien de fois": of which no line was read. */
    if (d->reading->intent == INTENT_DOSAGE && d->subject->names_lab && tells_all(d)) draft_clear(d);
    for (size_t i = 0; i < d->tokens->count && d->out->source_count && tells_all(d); i++) {
        bool bears = !narrows(d, i);
        for (size_t k = 0; k < d->out->source_count && !bears; k++) {
            enum status s = bearing_source(d, &d->out->sources[k], i, &bears);
            if (s != OK) return s;
        }
        if (bears) continue;
        draft_clear(d);
        return OK;
    }
    return OK;
}

/* Only another time, or other members of the series, are told of. */
static enum status drop_of_another(struct draft *d) {
    struct tokens t;
    struct str text;
    enum status s = words_of_all(d, &text, &t);
    if (s == OK &&
        (apart_is_of_series(d->tokens, text, &t) || (tells_value(d) && apart_lacks_age(d->tokens, &t))))
        draft_clear(d);
    return s;
}

enum status told_check(struct draft *d) {
    if (d->text->n && (lacks_second(d) || asks_of_next_value(d) || asks_for_nobody(d) || asks_what_was(d)))
        draft_clear(d);
    return d->text->n && d->out->source_count ? drop_of_another(d) : OK;
}
