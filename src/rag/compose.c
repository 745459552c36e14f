/*
 * compose -- which composer answers, what a passage must hold to be an answer, and the guard over what was written.
 */
#include "language/germ.h"
#include "language/words.h"
#include "rag/bearing.h"
#include "rag/kin.h"
#include "rag/rag_words.h"
#include "rag/told.h"
#include "rag/whose.h"
#include "understanding/relatives.h"

static bool is_picture(struct str folded) {
    static const char *const words[] = { "echo",         "echographie", "ecg",           "irm",
                                         "mammographie", "radio",       "radiographie",  "scanner",
                                         "eeg",          "emg",         "fibroscopie",   "coloscopie",
                                         "doppler",      "holter",      "scintigraphie", "densitometrie",
                                         "fibroscan",    "audiogramme" };
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_eq(folded, str_from_c(words[i])) || expand_are_same(folded, str_from_c(words[i])))
            return true;
    return false;
}

static bool is_sample(struct str folded) {
    return word_in(folded, &words_reported_test);
}

/* "Conclusion", "radio", and what "le docteur a dit". */
static bool is_report_word(const struct tokens *t, size_t i) {
    struct str folded = t->items[i].folded;
    bool said = str_eq(folded, STR("dit")) || str_eq(folded, STR("conclu"));
    if (said && i >= 2 && str_eq(t->items[i - 1].folded, STR("a")) &&
        (str_eq(t->items[i - 2].folded, STR("docteur")) || str_eq(t->items[i - 2].folded, STR("medecin"))))
        return true;
    return is_picture(folded) || str_starts(folded, STR("conclusion")) ||
           str_starts(folded, STR("rapport")) || str_starts(folded, STR("rendu"));
}

/* Words that a passage must hold to be an answer: what the question names. */
static enum status require(const struct draft *d, bool pictures_only, bool **out) {
    *out = arena_array(d->arena, d->tokens->count + 1, 1);
    if (!*out) return fail(d->err, E_LIMIT, NULL, "no memory for a question");
    enum intent intent = d->reading->intent;
    for (size_t i = 0; i < d->tokens->count; i++) {
        const struct token *t = &d->tokens->items[i];
        bool harm = d->demands.asked[DEMAND_EFFECT] && demand_is_harm(t->folded);
        bool named = d->subject->drug[i] || d->subject->lab[i] || harm;
        /* Blood goes without saying on a paper. */
        enum specimen specimen = specimen_of_word(t->folded);
        bool of_specimen = specimen != SPECIMEN_NONE && specimen != SPECIMEN_BLOOD;
        named |= (intent == INTENT_LAB_VALUE || d->demands.asked[DEMAND_OUTCOME]) &&
                 (of_specimen || germ_is_word(t->folded));
        /* What another examination found, or of another part of the body, is no answer. */
        named |= d->demands.asked[DEMAND_OUTCOME] && (is_picture(t->folded) || is_sample(t->folded));
        /* What was raised or lowered: the dose of today says nothing of it. */
        named |= str_starts(t->folded, STR("augment")) || str_starts(t->folded, STR("diminu"));
        named |=
            intent == INTENT_VACCINES && (d->subject->vaccine[i] || str_starts(t->folded, STR("vaccin")));
        bool asked = pictures_only ? is_picture(t->folded) : named;
        (*out)[i] = asked && !t->stop && !t->number;
    }
    return OK;
}

static enum status compose_diagnoses_or_report(struct draft *d) {
    bool report = false;
    bool *required;
    for (size_t i = 0; i < d->tokens->count; i++) report |= is_report_word(d->tokens, i);
    if (!report) return compose_diagnoses(d);
    enum status s = require(d, true, &required);
    return s == OK ? compose_report(d, required) : s;
}

static enum status compose_facts(struct draft *d) {
    switch (d->reading->intent) {
    case INTENT_LAST_PRESCRIPTION: /* "quel antibiotique on m'a donné": the lines of that */
        if (d->subject->missing_drug.n) return OK;
        return d->subject->names_drug ? compose_dosage(d) : compose_prescription(d);
    case INTENT_DOSAGE: return compose_dosage(d);
    case INTENT_INSTRUCTIONS: return compose_instructions(d);
    case INTENT_CURRENT_MEDICATION: return compose_current(d);
    case INTENT_PRESCRIBER: return compose_prescriber(d);
    case INTENT_LAB_VALUE: return compose_lab(d);
    case INTENT_LAB_HISTORY: return compose_lab_history(d);
    case INTENT_ALLERGIES: return compose_allergies(d);
    case INTENT_VACCINES: return compose_vaccines(d);
    case INTENT_DIAGNOSES: return compose_diagnoses_or_report(d);
    case INTENT_APPOINTMENTS: return d->demands.asked[DEMAND_OUTCOME] ? OK : compose_appointments(d);
    case INTENT_DOCUMENTS: return compose_documents(d);
    case INTENT_ADVICE: return compose_allergy_warning(d);
    case INTENT_NONE:
    case INTENT_OTHER_PERSON:
    case INTENT_OUT_OF_SCOPE:
    case INTENT_DOCTOR:
    case INTENT_STOP:
    case INTENT_HELP:
    case INTENT_THANKS:
    case INTENT_GREETING:
    case INTENT_COUNT: break;
    }
    return OK;
}

enum status draft_guard(struct draft *d) {
    if (d->text->n == 0) return OK;
    if (!buf_ok(d->text)) {
        draft_clear(d);
        return OK;
    }
    struct err why = { 0 };
    enum status s = guard_check(d->arena, buf_str(d->text), d->question->text, d->out->sources,
                                d->out->source_count, &why);
    if (s == E_CONFLICT) {
        draft_clear(d);
        return OK;
    }
    if (s != OK && d->err) *d->err = why;
    return s;
}

/* Questions that only facts may answer: a passage with the same words would be a guess. */
static bool only_facts(enum intent intent) {
    return intent == INTENT_LAST_PRESCRIPTION || intent == INTENT_DOCUMENTS ||
           intent == INTENT_CURRENT_MEDICATION;
}

/* May I take three: a row of the prescription is no advice, there must be more to find. */
static bool may_advise(const struct draft *d) {
    if (!d->subject->names_drug) return true;
    for (size_t i = 0; i < d->tokens->count; i++) {
        const struct token *t = &d->tokens->items[i];
        if (!t->stop && !t->number && !d->subject->drug[i] && !words_is_common(t->folded) &&
            !expand_is_form(t->folded))
            return true;
    }
    return false;
}

/* No paper has the name on the box: some may say what it is made of. */
static enum status compose_kin(struct draft *d) {
    const struct tokens *tokens = d->tokens;
    const struct subject *subject = d->subject;
    const struct expansion names = d->names;
    const struct near_quote near = d->near;
    struct kin kin;
    bool *required, borne = false;
    enum status s = kin_read(d, &kin);
    if (s != OK || kin.substances.n == 0) return s;
    d->subject = &kin.subject;
    draft_add_kin_warning(d);
    d->tokens = &kin.tokens;
    s = expand_read(d->books->expander, d->arena, d->tokens, &d->names, d->err);
    if (s == OK) s = require(d, false, &required);
    if (s == OK) s = compose_passages(d, required);
    d->tokens = tokens;
    d->names = names;
    d->subject = subject;
    d->near = near; /* what only comes near is not shown of another name */
    if (s == OK) s = kin_is_borne(d, &kin, &borne);
    if (!borne) draft_clear(d);
    return s == OK ? draft_guard(d) : s;
}

static enum status compose_from_passages(struct draft *d) {
    bool *required;
    bool named = d->subject->names_drug || d->subject->names_lab || d->reading->has_other;
    if (d->subject->missing_insulin || (only_facts(d->reading->intent) && !named)) return OK;
    /* "Avant 2026": what a later paper prints is the value of its own day. */
    if (d->subject->names_lab && d->when->said && d->when->from.year <= WHEN_OPEN_YEAR) return OK;
    if (d->reading->intent == INTENT_ADVICE && !may_advise(d)) return OK;
    d->out->searched = true;
    enum status s = require(d, false, &required);
    if (s == OK) s = compose_passages(d, required);
    if (s == OK) s = draft_guard(d);
    return s == OK && d->text->n == 0 ? compose_kin(d) : s;
}

/* Whichever composer told it: nothing unborne, nothing of another person, and nothing beside what was asked. */
static enum status check_told(struct draft *d) {
    enum status s = draft_guard(d);
    if (s == OK && d->text->n) s = whose_check(d);
    return s == OK ? told_check(d) : s;
}

static enum status compose_checked_facts(struct draft *d) {
    enum status s = compose_facts(d);
    if (s == OK) s = check_told(d);
    if (s == OK) s = bearing_check(d);
    return s == OK ? told_check_list(d) : s;
}

/* What was understood as something else may ask for facts of what it names. */
static bool may_mean_second(const struct draft *d) {
    enum intent second = d->reading->second;
    /* "Which medicine for the uric acid": no value. */
    bool value = (second == INTENT_LAB_VALUE || second == INTENT_LAB_HISTORY) &&
                 d->reading->intent != INTENT_LAST_PRESCRIPTION &&
                 d->reading->intent != INTENT_CURRENT_MEDICATION;
    /* "La dapsone, jusqu'à quand": who prescribed it does not say. */
    bool medicine = second == INTENT_DOSAGE || second == INTENT_INSTRUCTIONS ||
                    (second == INTENT_PRESCRIBER && !d->demands.asked[DEMAND_DURATION]);
    return d->reading->intent != INTENT_ADVICE &&
           ((value && d->subject->names_lab) || (medicine && d->subject->names_drug) ||
            (second == INTENT_VACCINES && d->subject->vaccine_count));
}

static bool asks_what_was_found(const struct draft *d) {
    bool value = d->reading->intent == INTENT_LAB_VALUE || d->reading->intent == INTENT_LAB_HISTORY;
    return d->demands.asked[DEMAND_OUTCOME] || (value && !d->demands.asked[DEMAND_DAY]);
}

enum status compose_answer(struct draft *d) {
    const struct intent_reading *reading = d->reading;
    struct intent_reading open = *reading, other = *reading;
    enum status s = expand_read(d->books->expander, d->arena, d->tokens, &d->names, d->err);
    if (s == OK)
        s = demand_read(d->books->demands, d->arena, d->tokens, d->subject, d->reading, &d->demands, d->err);
    /* A brother's dose does not stand in the patient's papers. */
    if (s == OK && reading->intent == INTENT_DOSAGE && relatives_asked(d->tokens) < d->tokens->count)
        return OK;
    /* Nothing has been found yet by what is still to come. */
    if (s == OK && d->when->future && asks_what_was_found(d)) return OK;
    /* Whether a medicine may be taken is warned of whatever else is asked. */
    bool facts = demand_facts_may_answer(&d->demands) && !family_is_asked(d) &&
                 !(d->demands.said[SAID_SINCE] && reading->intent == INTENT_PRESCRIBER);
    if (s == OK) s = compose_notice(d);
    if (s == OK) s = check_told(d);
    if (s != OK || d->text->n) return s;
    s = compose_examined(d);
    if (s == OK && d->text->n == 0) s = compose_measure(d);
    if (s == OK && d->text->n == 0) s = compose_stopped(d);
    if (s == OK && d->text->n == 0) s = compose_phone(d);
    if (s == OK && d->text->n == 0) s = compose_family(d);
    if (s == OK && d->text->n == 0) s = compose_operation(d);
    if (s == OK && d->text->n == 0) s = compose_interval(d);
    if (s == OK && d->text->n == 0) s = compose_leave(d);
    if (s == OK && d->text->n == 0) s = compose_rule(d);
    if (s == OK && d->text->n == 0) s = compose_visits(d);
    if (s == OK && d->text->n == 0) s = compose_vaccine_rows(d);
    if (s == OK) s = check_told(d);
    if (s != OK || d->text->n) return s;
    if (facts || reading->intent == INTENT_ADVICE) s = compose_checked_facts(d);
    if (s == OK && d->text->n == 0) s = compose_forbidden(d);
    if (s == OK && d->text->n) s = check_told(d);
    if (s != OK || d->text->n) return s;
    /* What is only likely does not narrow the search, nor does "combien de temps" of what is no medicine. */
    if (reading->likely || d->demands.asked[DEMAND_REASON] ||
        (reading->intent == INTENT_DOSAGE && !d->subject->names_drug))
        open.intent = INTENT_NONE;
    d->reading = &open;
    s = compose_from_passages(d);
    d->reading = reading;
    if (s != OK || d->text->n || !facts || !may_mean_second(d)) return s;
    other.intent = reading->second;
    d->reading = &other;
    s = compose_checked_facts(d);
    d->reading = reading;
    return s;
}
