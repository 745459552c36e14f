/*
 * compose_file -- allergies, diagnoses, appointments, and what documents there are.
 */
#include "base/utf8.h"
#include "rag/allergy.h"
#include "language/day.h"
#include "rag/paper.h"
#include "rag/treatment.h"
#include "rag/visit.h"

enum { TEXT_SHOWN_MAX = 500 };

static enum status no_memory(const struct draft *d) {
    return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
}

/* What the patient's own file says under a heading. */
static enum status add_from_file(struct draft *d, struct str heading) {
    struct str line;
    for (size_t i = 0; i < d->record->chunk_count; i++) {
        const struct record_chunk *c = &d->record->chunks[i];
        if (d->record->documents[c->document].id != 0 || !str_eq(c->heading, heading)) continue;
        if (!draft_flatten(d, c->text, &line)) return no_memory(d);
        draft_item(d, utf8_prefix(line, TEXT_SHOWN_MAX), c->document, 0, c->text);
    }
    return OK;
}

/* Facts of a type as they are printed, each text once, with the document's day. */
static enum status add_facts(struct draft *d, enum fact_type type) {
    for (size_t i = 0; i < d->record->fact_count; i++) {
        const struct record_fact *f = &d->record->facts[i];
        const struct record_document *doc = &d->record->documents[f->document];
        struct str quote, day, line;
        bool again = false;
        if (f->fact.type != type || f->fact.confidence < CONFIDENCE_READABLE) continue;
        if (d->when->said && type != FACT_APPOINTMENT && !when_holds(d->when, doc->date)) continue;
        for (size_t k = 0; k < i && !again; k++)
            again = d->record->facts[k].fact.type == type &&
                    str_eq(d->record->facts[k].fact.quote, f->fact.quote);
        if (again) continue;
        if (!draft_flatten(d, f->fact.quote, &quote) || !draft_day_words(d, doc->date, &day) ||
            !arena_printf(d->arena, &line, "%.*s%s (%.*s)", STR_ARG(quote),
                          f->fact.confidence < CONFIDENCE_SURE ? say(SAY_UNSURE, d->out->language) : "",
                          STR_ARG(day)))
            return no_memory(d);
        draft_item(d, line, f->document, f->fact.page, f->fact.quote);
    }
    return OK;
}

/* The medicine that "suis-je allergique à …" names, as it was typed. */
static struct str named_drug(const struct draft *d) {
    for (size_t i = 0; i < d->tokens->count; i++)
        if (d->subject->drug[i]) return token_source(d->question->text, &d->tokens->items[i]);
    return (struct str) { "", 0 };
}

/* A noted allergy that is cited may concern the medicine. */
static bool sources_concern(const struct draft *d, struct str medicine, bool *concern) {
    struct str asked, quote;
    if (!utf8_fold(d->arena, medicine, &asked)) return false;
    *concern = false;
    for (size_t i = 0; i < d->out->source_count && !*concern; i++) {
        if (!utf8_fold(d->arena, d->out->sources[i].quote, &quote)) return false;
        *concern = allergy_concerns(asked, quote);
    }
    return true;
}

static enum status add_allergies(struct draft *d) {
    enum status s = add_from_file(d, STR("Allergies"));
    return s == OK ? add_facts(d, FACT_ALLERGY) : s;
}

enum status compose_allergies(struct draft *d) {
    bool concern;
    draft_say(d, SAY_ALLERGIES);
    enum status s = add_allergies(d);
    if (s != OK) return s;
    if (d->lines == 0) {
        draft_clear(d);
        return OK;
    }
    struct str drug = named_drug(d);
    if (drug.n == 0) return OK;
    if (!sources_concern(d, drug, &concern)) return no_memory(d);
    draft_line(d);
    draft_say_of(d, concern ? SAY_ALLERGY_WARNING : SAY_ALLERGY_NOT_LISTED, drug);
    if (concern) d->out->tell = TELL_STOPPED;
    return OK;
}

enum status compose_allergy_warning(struct draft *d) {
    struct str drug = named_drug(d);
    bool concern = false;
    if (drug.n == 0) return OK;
    draft_say_of(d, SAY_ALLERGY_WARNING, drug);
    enum status s = add_allergies(d);
    if (s == OK && !sources_concern(d, drug, &concern)) return no_memory(d);
    if (concern)
        d->out->tell = TELL_STOPPED;
    else
        draft_clear(d);
    return s;
}

/* A disease that the question names is looked for in the passages: a list of others is no answer. */
enum status compose_diagnoses(struct draft *d) {
    if (d->reading->has_other || d->reading->names_disease) return OK;
    draft_say(d, SAY_DIAGNOSES);
    enum status s = add_from_file(d, STR("Antécédents médicaux"));
    if (s == OK) s = add_facts(d, FACT_DIAGNOSIS);
    if (s == OK && d->lines == 0) draft_clear(d);
    return s;
}

/* The day of an appointment; year 0 when it is not said in figures. */
static enum status appointment_day(struct draft *d, const struct record_fact *f, struct date *day) {
    return day_in_text(d->arena, f->fact.value.n ? f->fact.value : f->fact.quote, day, d->err);
}

static bool is_appointment(const struct record_fact *f) {
    return f->fact.type == FACT_APPOINTMENT && f->fact.confidence >= CONFIDENCE_READABLE;
}

static bool same_quote_before(const struct draft *d, size_t i) {
    for (size_t k = 0; k < i; k++)
        if (is_appointment(&d->record->facts[k]) &&
            str_eq(d->record->facts[k].fact.quote, d->record->facts[i].fact.quote))
            return true;
    return false;
}

/* Only the hour, or what to bring, is asked for: a line without it is no answer. */
static enum status lacks_what_is_asked(struct draft *d, struct str quote, bool *lacks) {
    struct tokens t;
    bool clock = d->demands.asked[DEMAND_CLOCK] && !d->demands.asked[DEMAND_DAY],
         bring = visit_names_bringing(d->tokens);
    *lacks = false;
    if (!clock && !bring) return OK;
    enum status s = text_tokens(d->reader, d->arena, quote, TEXT_DOCUMENT, &t, d->err);
    *lacks = s == OK && ((clock && !visit_names_clock(&t)) || (bring && !visit_names_bringing(&t)));
    return s;
}

/* Those to come (and those without a day), or those that are over. */
static enum status add_appointments(struct draft *d, bool past) {
    for (size_t i = 0; i < d->record->fact_count; i++) {
        const struct record_fact *f = &d->record->facts[i];
        struct str quote, line, day_of_paper;
        struct date day;
        if (!is_appointment(f) || same_quote_before(d, i)) continue;
        enum status s = appointment_day(d, f, &day);
        if (s != OK) return s;
        bool over = day.year && date_compare(day, d->question->today) < 0;
        bool lacks;
        if (over != past || (d->when->said && day.year && !when_holds(d->when, day))) continue;
        s = lacks_what_is_asked(d, f->fact.quote, &lacks);
        if (s != OK) return s;
        if (lacks) continue;
        if (!draft_flatten(d, f->fact.quote, &quote) ||
            !draft_day_words(d, d->record->documents[f->document].date, &day_of_paper) ||
            !arena_printf(d->arena, &line, "%.*s%s%s (%s %.*s)", STR_ARG(quote),
                          past ? say(SAY_PAST, d->out->language) : "",
                          f->fact.confidence < CONFIDENCE_SURE ? say(SAY_UNSURE, d->out->language) : "",
                          say(SAY_PAPER_OF, d->out->language), STR_ARG(day_of_paper)))
            return no_memory(d);
        draft_item(d, line, f->document, f->fact.page, f->fact.quote);
    }
    return OK;
}

enum status compose_appointments(struct draft *d) {
    draft_say(d, SAY_APPOINTMENTS);
    enum status s = add_appointments(d, false);
    if (s == OK && d->lines == 0) s = add_appointments(d, true);
    if (s == OK && d->lines == 0) draft_clear(d);
    return s;
}

/* "Mon dossier des urgences": only what is titled so, when something is. */
static int best_title(const struct draft *d) {
    int best = 0;
    for (uint32_t i = 0; i < d->record->document_count; i++) {
        int n = paper_titled(d, i);
        if (n > best) best = n;
    }
    return best;
}

static int64_t next_document(const struct draft *d, const bool *done) {
    int64_t best = -1;
    for (size_t i = 0; i < d->record->document_count; i++) {
        const struct record_document *doc = &d->record->documents[i];
        if (done[i] || doc->id == 0 || (d->when->said && !when_holds(d->when, doc->date))) continue;
        if (best < 0 || treatment_is_later(doc, &d->record->documents[best])) best = (int64_t)i;
    }
    return best;
}

enum status compose_documents(struct draft *d) {
    bool *done = arena_array(d->arena, d->record->document_count + 1, 1);
    if (!done) return no_memory(d);
    draft_say(d, SAY_DOCUMENTS);
    int titled = best_title(d);
    for (uint32_t i = 0; i < d->record->document_count; i++) done[i] = paper_titled(d, i) < titled;
    for (int64_t i = next_document(d, done); i >= 0; i = next_document(d, done)) {
        const struct record_document *doc = &d->record->documents[i];
        struct str line;
        done[i] = true;
        if (!draft_document_words(d, doc, &line)) return no_memory(d);
        if (!draft_item(d, line, (uint32_t)i, 1, doc->title)) break;
    }
    if (d->lines == 0) draft_clear(d);
    return OK;
}
