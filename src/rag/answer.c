#include "rag/answer.h"

#include "base/utf8.h"
#include "rag/draft.h"
#include "rag/germ.h"
#include "rag/lang.h"
#include "rag/words.h"

enum { SOURCES_SHOWN_MAX = 3, SHOWN_TITLE_MAX = 60 };

enum status answer_books_new(struct arena *arena, struct answer_books *out, struct err *err) {
    enum status s = triage_book_new(arena, &out->triage, err);
    if (s == OK) s = intent_book_new(arena, &out->intents, err);
    return s == OK ? expander_new(arena, &out->expander, err) : s;
}

/* What every step of one question needs. */
struct work {
    const struct answer_books *books;
    struct arena *arena;
    const struct asked *question;
    struct text_reader *reader;
    struct tokens tokens;
    struct rag_answer *out;
    struct err *err;
};

static enum status begin(struct work *w, enum lang of_patient) {
    *w->out = (struct rag_answer) { .text = STR(""), .language = of_patient, .engine = "local" };
    enum status s = text_reader_open(w->arena, &w->reader, w->err);
    if (s == OK) s = text_tokens(w->reader, w->arena, w->question->text, TEXT_QUESTION, &w->tokens, w->err);
    if (s == OK) w->out->language = lang_read(&w->tokens, of_patient);
    return s;
}

/* Keeps the finished words in the arena; {} becomes the argument. */
static enum status finish_fixed(struct work *w, enum phrase_id id, struct str argument) {
    struct str words = str_from_c(say(id, w->out->language));
    size_t at = str_find(words, STR("{}"));
    if (!arena_printf(w->arena, &w->out->text, "%.*s%.*s%.*s", STR_ARG(str_sub(words, 0, at)),
                      STR_ARG(at < words.n ? argument : STR("")), STR_ARG(str_sub(words, at + 2, words.n))))
        return fail(w->err, E_LIMIT, NULL, "no memory for an answer");
    return OK;
}

static enum status check_danger(struct work *w, bool *found) {
    int64_t start_us = clock_monotonic_us();
    enum status s = triage_read(w->books->triage, w->arena, &w->tokens, &w->out->danger, w->err);
    w->out->triage_us = clock_monotonic_us() - start_us;
    *found = s == OK && w->out->danger != DANGER_NONE;
    if (!*found) return s;
    w->out->escalated = true;
    w->out->tell = TELL_DANGER;
    enum phrase_id words = w->out->danger == DANGER_SUICIDE ? SAY_DANGER_SUICIDE : SAY_DANGER;
    return finish_fixed(w, words, w->question->emergency_number);
}

enum status answer_danger(const struct answer_books *books, struct arena *arena, const struct asked *question,
                          enum lang of_patient, struct rag_answer *out, bool *found, struct err *err) {
    struct work w = { .books = books, .arena = arena, .question = question, .out = out, .err = err };
    *found = false;
    enum status s = begin(&w, of_patient);
    return s == OK ? check_danger(&w, found) : s;
}

/* What is answered by a sentence of ours, without a look into the record; SAY_COUNT: nothing of that kind. */
static enum phrase_id fixed_words(enum intent intent) {
    switch (intent) {
    case INTENT_OTHER_PERSON: return SAY_OTHER_PERSON;
    case INTENT_OUT_OF_SCOPE: return SAY_OUT_OF_SCOPE;
    case INTENT_DOCTOR: return SAY_DOCTOR;
    case INTENT_HELP: return SAY_HELP;
    case INTENT_THANKS: return SAY_THANKS;
    case INTENT_GREETING: return SAY_GREETING;
    case INTENT_NONE:
    case INTENT_ADVICE:
    case INTENT_APPOINTMENTS:
    case INTENT_ALLERGIES:
    case INTENT_VACCINES:
    case INTENT_LAB_HISTORY:
    case INTENT_LAB_VALUE:
    case INTENT_PRESCRIBER:
    case INTENT_INSTRUCTIONS:
    case INTENT_DOSAGE:
    case INTENT_CURRENT_MEDICATION:
    case INTENT_LAST_PRESCRIPTION:
    case INTENT_DIAGNOSES:
    case INTENT_DOCUMENTS:
    case INTENT_COUNT: break;
    }
    return SAY_COUNT;
}

static bool is_picture(struct str folded) {
    static const char *const words[] = { "echo",         "echographie", "ecg",          "irm",
                                         "mammographie", "radio",       "radiographie", "scanner" };
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_eq(folded, str_from_c(words[i]))) return true;
    return false;
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

/* Words that a passage must hold to be an answer: what the question names, and for advice every word with a meaning. */
static enum status require(const struct draft *d, bool pictures_only, bool **out) {
    *out = arena_array(d->arena, d->tokens->count + 1, 1);
    if (!*out) return fail(d->err, E_LIMIT, NULL, "no memory for a question");
    enum intent intent = d->reading->intent;
    for (size_t i = 0; i < d->tokens->count; i++) {
        const struct token *t = &d->tokens->items[i];
        bool named = d->subject->drug[i] || d->subject->lab[i],
             advice = intent == INTENT_ADVICE && !words_is_common(t->folded);
        bool other = (d->reading->other[i] || d->reading->disease[i]) && intent != INTENT_NONE;
        /* Blood goes without saying on a paper. */
        enum specimen specimen = specimen_of_word(t->folded);
        bool of_specimen = specimen != SPECIMEN_NONE && specimen != SPECIMEN_BLOOD;
        named |= intent == INTENT_LAB_VALUE && (of_specimen || germ_is_word(t->folded));
        named |=
            intent == INTENT_VACCINES && (d->subject->vaccine[i] || str_starts(t->folded, STR("vaccin")));
        bool asked = pictures_only ? is_picture(t->folded) : named || advice || other;
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
    case INTENT_LAST_PRESCRIPTION: return compose_prescription(d);
    case INTENT_DOSAGE: return compose_dosage(d);
    case INTENT_INSTRUCTIONS: return compose_instructions(d);
    case INTENT_CURRENT_MEDICATION: return compose_current(d);
    case INTENT_PRESCRIBER: return compose_prescriber(d);
    case INTENT_LAB_VALUE: return compose_lab(d);
    case INTENT_LAB_HISTORY: return compose_lab_history(d);
    case INTENT_ALLERGIES: return compose_allergies(d);
    case INTENT_VACCINES: return compose_vaccines(d);
    case INTENT_DIAGNOSES: return compose_diagnoses_or_report(d);
    case INTENT_APPOINTMENTS: return compose_appointments(d);
    case INTENT_DOCUMENTS: return compose_documents(d);
    case INTENT_ADVICE: return compose_allergy_warning(d);
    case INTENT_NONE:
    case INTENT_OTHER_PERSON:
    case INTENT_OUT_OF_SCOPE:
    case INTENT_DOCTOR:
    case INTENT_HELP:
    case INTENT_THANKS:
    case INTENT_GREETING:
    case INTENT_COUNT: break;
    }
    return OK;
}

static struct str draft_text(const struct draft *d) {
    return buf_str(d->text);
}

/* What the draft says must be borne; a draft that fails is emptied. Words without a source say nothing of the record. */
static enum status guard_draft(struct draft *d) {
    if (d->text->n == 0) return OK;
    if (!buf_ok(d->text)) {
        draft_clear(d);
        return OK;
    }
    struct err why = { 0 };
    enum status s =
        guard_check(d->arena, draft_text(d), d->question->text, d->out->sources, d->out->source_count, &why);
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
           intent == INTENT_CURRENT_MEDICATION || intent == INTENT_APPOINTMENTS ||
           intent == INTENT_PRESCRIBER;
}

/* May I eat sugar: a value of glucose is no advice. May I take three: a row of the prescription is none, there must be more to find. */
static bool may_advise(const struct draft *d) {
    if (d->subject->names_lab && !d->subject->names_drug) return false;
    for (size_t i = 0; i < d->tokens->count; i++) {
        const struct token *t = &d->tokens->items[i];
        if (!t->stop && !t->number && !d->subject->drug[i] && !words_is_common(t->folded) &&
            !expand_is_form(t->folded))
            return true;
    }
    return false;
}

static enum status compose(struct draft *d) {
    bool *required;
    enum status s = compose_facts(d);
    if (s == OK) s = guard_draft(d);
    if (s != OK || d->text->n) return s;
    bool named = d->subject->names_drug || d->subject->names_lab || d->reading->has_other;
    if (only_facts(d->reading->intent) && !named) return OK;
    if (d->reading->intent == INTENT_ADVICE && !may_advise(d)) return OK;
    int64_t start_us = clock_monotonic_us();
    s = require(d, false, &required);
    if (s == OK) s = compose_passages(d, required);
    if (s == OK) s = guard_draft(d);
    d->out->retrieve_us += clock_monotonic_us() - start_us;
    return s;
}

/* "Source : « Ordonnance », page 1 ; …" */
static enum status add_sources(struct draft *d) {
    struct str line = { "", 0 };
    int shown = 0;
    for (size_t i = 0; i < d->out->source_count && shown < SOURCES_SHOWN_MAX; i++) {
        const struct rag_source *s = &d->out->sources[i];
        bool again = s->document_id == 0 || s->page == 0;
        for (size_t k = 0; k < i && !again; k++)
            again = d->out->sources[k].document_id == s->document_id && d->out->sources[k].page == s->page;
        if (again) continue;
        const struct record_document doc = { .title = utf8_prefix(s->title, SHOWN_TITLE_MAX),
                                             .date = s->date };
        struct str words;
        if (!draft_document_words(d, &doc, &words) ||
            !arena_printf(d->arena, &line, "%.*s%s%.*s, %s %d", STR_ARG(line), shown ? " ; " : "",
                          STR_ARG(words), say(SAY_PAGE, d->out->language), s->page))
            return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
        shown++;
    }
    if (shown == 0) return OK;
    draft_add(d, STR("\n\n"));
    draft_say(d, SAY_SOURCE);
    draft_add(d, STR(" : "));
    draft_add(d, line);
    return OK;
}

static enum status finish(struct draft *d) {
    struct rag_answer *out = d->out;
    if (d->text->n == 0) draft_refuse(d);
    out->grounded = out->source_count > 0;
    if (out->grounded && d->is_cut) draft_add(d, STR("\n…"));
    if (out->grounded && d->names_another) {
        draft_add(d, STR("\n\n"));
        draft_say(d, SAY_NAMES_ANOTHER);
    }
    enum status s = out->grounded && out->intent != INTENT_DOCUMENTS ? add_sources(d) : OK;
    if (s != OK) return s;
    if (!buf_ok(d->text) || !arena_dup(d->arena, draft_text(d), &out->text))
        return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    return OK;
}

/* The words of the conversation's subject stand for "ça", "ce médicament" and for what is left out. */
static enum status take_subject_of_context(struct work *w, const struct record *record,
                                           struct subject *subject) {
    struct tokens named;
    struct subject of_context;
    enum status s =
        text_tokens(w->reader, w->arena, w->question->context.subject, TEXT_DOCUMENT, &named, w->err);
    if (s == OK) s = subject_read(w->arena, record, &named, &of_context, w->err);
    if (s != OK) return s;
    subject->names_drug = of_context.names_drug;
    subject->names_lab = of_context.names_lab;
    subject->fact = of_context.fact;
    subject->fact_count = of_context.fact_count;
    subject->missing_drug = of_context.missing_drug;
    subject->missing_lab = of_context.missing_lab;
    subject->kin_drug = of_context.kin_drug;
    return OK;
}

static enum status remember(struct work *w, const struct subject *subject,
                            const struct intent_reading *reading) {
    struct intent_context *c = &w->out->context;
    c->intent = reading->intent;
    c->subject = reading->subject_from_context ? w->question->context.subject : (struct str) { "", 0 };
    for (size_t i = 0; i < w->tokens.count; i++) {
        if (!subject->drug[i] && !subject->lab[i]) continue;
        if (!arena_printf(w->arena, &c->subject, "%.*s%s%.*s", STR_ARG(c->subject), c->subject.n ? " " : "",
                          STR_ARG(w->tokens.items[i].folded)))
            return fail(w->err, E_LIMIT, NULL, "no memory for a question");
    }
    /* Thanks and greetings do not end a subject, nor does what was not understood. */
    bool polite = reading->intent == INTENT_THANKS || reading->intent == INTENT_GREETING ||
                  (reading->intent == INTENT_NONE && c->subject.n == 0);
    if (polite && w->question->has_context) *c = w->question->context;
    return OK;
}

static enum status understand(struct work *w, const struct record *record, struct subject *subject,
                              struct when *when, struct intent_reading *reading) {
    int64_t start_us = clock_monotonic_us();
    *reading = (struct intent_reading) { 0 };
    const struct intent_context *context = w->question->has_context ? &w->question->context : NULL;
    enum status s = subject_read(w->arena, record, &w->tokens, subject, w->err);
    if (s == OK) s = when_read(w->arena, &w->tokens, w->question->today, when, w->err);
    if (s == OK)
        s = intent_read(w->books->intents, w->arena, &w->tokens, subject, when, context, reading, w->err);
    if (s == OK) s = remember(w, subject, reading);
    if (s == OK && reading->subject_from_context) s = take_subject_of_context(w, record, subject);
    w->out->intent = reading->intent;
    w->out->understand_us = clock_monotonic_us() - start_us;
    return s;
}

enum status answer_make(const struct answer_books *books, struct arena *arena, const struct record *record,
                        const struct asked *question, struct rag_answer *out, struct err *err) {
    struct work w = { .books = books, .arena = arena, .question = question, .out = out, .err = err };
    struct subject subject;
    struct when when;
    struct intent_reading reading = { 0 };
    bool danger = false;
    enum status s = begin(&w, record->language);
    if (s == OK) s = check_danger(&w, &danger);
    if (s != OK || danger) return s;
    s = understand(&w, record, &subject, &when, &reading);
    if (s != OK) return s;
    enum phrase_id fixed = w.tokens.count ? fixed_words(reading.intent) : SAY_HELP;
    if (reading.intent == INTENT_DOCTOR) out->tell = TELL_WANTED;
    if (fixed != SAY_COUNT) return finish_fixed(&w, fixed, STR(""));

    int64_t start_us = clock_monotonic_us();
    /* In the arena, because its buffer is freed with the arena: not on this stack, which is gone by then. */
    struct draft *d = arena_alloc(arena, sizeof *d);
    if (!d) return fail(err, E_LIMIT, NULL, "no memory for an answer");
    *d = (struct draft) { .arena = arena,
                          .record = record,
                          .books = books,
                          .question = question,
                          .reader = w.reader,
                          .tokens = &w.tokens,
                          .subject = &subject,
                          .when = &when,
                          .reading = &reading,
                          .specimen = specimen_asked(&w.tokens),
                          .out = out,
                          .err = err };
    s = draft_open(d);
    if (s == OK) s = compose(d);
    if (s == OK) s = finish(d);
    out->compose_us = clock_monotonic_us() - start_us - out->retrieve_us;
    return s;
}
