/*
 * compose_prescriber -- who prescribed or signed, when, and who the patient's doctors are.
 */
#include "base/utf8.h"
#include "rag/paper.h"
#include "rag/rag_words.h"
#include "rag/treatment.h"
#include "understanding/relatives.h"

static enum status no_memory(const struct draft *d) {
    return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
}

static bool asks_word(const struct draft *d, const char *const *words, size_t count) {
    for (size_t i = 0; i < d->tokens->count; i++)
        for (size_t k = 0; k < count; k++)
            if (str_eq(d->tokens->items[i].folded, str_from_c(words[k]))) return true;
    return false;
}

static bool asks_for_doctor(const struct draft *d) {
    static const char *const words[] = { "docteur", "docteurs", "medecin",     "medecins",   "doctor",
                                         "doctors", "doktoor",  "generaliste", "specialiste" };
    return asks_word(d, words, COUNT_OF(words));
}

/* Nurses and places sign no papers. */
static bool asks_for_nurse_or_place(const struct draft *d) {
    static const char *const words[] = { "centre",     "clinique", "hopital",  "infirmier",
                                         "infirmiere", "nurse",    "preleveur" };
    return asks_word(d, words, COUNT_OF(words));
}

static bool asks_who_prescribed(const struct draft *d) {
    static const char *const words[] = { "prescrit", "prescrite", "prescrits", "prescrites",
                                         "demande",  "demandees", "prescribed" };
    return asks_word(d, words, COUNT_OF(words));
}

/* "Qui a donné le sang": who signs did it not. */
static bool asks_who_gave(const struct draft *d) {
    return text_says_one(d->tokens, &words_gave) && !text_says_one(d->tokens, &words_given);
}

/* A report that speaks of a medicine does not say who prescribed it: its own words. */
static enum status add_mention(struct draft *d, const struct record_fact *f) {
    struct str words, quote, line;
    if (!draft_document_words(d, &d->record->documents[f->document], &words) ||
        !draft_flatten(d, f->fact.quote, &quote) ||
        !arena_printf(d->arena, &line, "« %.*s » (%.*s)", STR_ARG(quote), STR_ARG(words)))
        return no_memory(d);
    draft_item(d, line, f->document, f->fact.page, f->fact.quote);
    return OK;
}

/* "Lisinopril : prescrit par Dr Martin le 15/11/2024", the first and the last time when they differ. */
static enum status add_prescriber_line(struct draft *d, const struct record_fact *f) {
    const struct record_document *doc = &d->record->documents[f->document];
    struct str day, line;
    enum lang lang = d->out->language;
    if (doc->kind != KIND_PRESCRIPTION) return add_mention(d, f);
    if (!draft_day_words(d, doc->date, &day) ||
        !arena_printf(d->arena, &line, "%.*s : %s%.*s%s%.*s", STR_ARG(f->fact.name),
                      say(doc->author.n ? SAY_LINE_PRESCRIBED_BY : SAY_LINE_PRESCRIBED, lang),
                      STR_ARG(doc->author), doc->date.year ? say(SAY_LINE_ON, lang) : " ", STR_ARG(day)))
        return no_memory(d);
    draft_item(d, line, f->document, f->fact.page, f->fact.quote);
    return OK;
}

static enum status prescribers_of_medicine(struct draft *d) {
    enum status s = OK;
    draft_add_kin_warning(d);
    draft_line(d);
    draft_say(d, SAY_PRESCRIBED);
    for (size_t i = 0; i < d->record->fact_count && s == OK; i++)
        if (d->subject->fact[i] && draft_is_medication(&d->record->facts[i]))
            s = add_prescriber_line(d, &d->record->facts[i]);
    if (d->lines == 0) draft_clear(d);
    return s;
}

/* "- DR Paul MBAYE (« Compte rendu » du 04/01/2024)" */
static enum status add_person(struct draft *d, const struct paper_person *p) {
    struct str words, line;
    if (!draft_document_words(d, &d->record->documents[p->document], &words) ||
        !arena_printf(d->arena, &line, "%.*s (%.*s)", STR_ARG(p->name), STR_ARG(words)))
        return no_memory(d);
    draft_item(d, line, p->document, p->page, p->quote);
    return OK;
}

/* The latest paper that names who treats the patient. */
static bool attending_doctor(const struct draft *d, struct paper_person *out) {
    const struct record_document *best = NULL;
    for (uint32_t i = 0; i < d->record->document_count; i++) {
        const struct record_document *doc = &d->record->documents[i];
        struct paper_person p;
        if (doc->id == 0 || doc->names_another || (best && !treatment_is_later(doc, best))) continue;
        if (!paper_person_of(d, i, PART_ATTENDING, &p)) continue;
        best = doc;
        *out = p;
    }
    return best;
}

/* The name that the question gives behind "docteur" stands in the author's, or it gives none. */
static bool is_asked_author(const struct draft *d, struct str author) {
    struct str folded;
    bool named = false;
    if (!utf8_fold(d->arena, author, &folded)) return false;
    for (size_t i = 1; i < d->tokens->count; i++) {
        if (!str_eq(d->tokens->items[i - 1].folded, STR("docteur")) || !d->reading->other[i]) continue;
        named = true;
        if (str_find(folded, d->tokens->items[i].folded) < folded.n) return true;
    }
    return !named;
}

static bool is_listed(const struct draft *d, struct str author) {
    struct str text = buf_str(d->text);
    return str_find(text, author) < text.n;
}

/* Who signed the patient's papers, the newest first. */
static enum status add_authors(struct draft *d) {
    bool *done = arena_array(d->arena, d->record->document_count + 1, 1);
    enum status s = OK;
    if (!done) return no_memory(d);
    while (s == OK) {
        int64_t best = -1;
        for (size_t i = 0; i < d->record->document_count; i++) {
            const struct record_document *doc = &d->record->documents[i];
            if (done[i] || doc->author.n == 0 || doc->names_another || !is_asked_author(d, doc->author))
                continue;
            if (best < 0 || treatment_is_later(doc, &d->record->documents[best])) best = (int64_t)i;
        }
        struct paper_person p;
        if (best < 0) break;
        done[best] = true;
        if (!is_listed(d, d->record->documents[best].author) && paper_author_line(d, (uint32_t)best, &p))
            s = add_person(d, &p);
    }
    return s;
}

/* "Qui est mon médecin traitant", "quel docteur j'ai vu", "qui est le docteur Sow". */
static enum status doctors(struct draft *d) {
    static const char *const attending[] = { "traitant", "famille" }, *const seen[] = {
        "vu", "vus", "vue", "docteurs", "medecins", "seen", "doctors"
    };
    bool only_attending = asks_word(d, attending, COUNT_OF(attending)),
         all = asks_word(d, seen, COUNT_OF(seen));
    struct paper_person p;
    enum status s = OK;
    if (!d->reading->has_other && !all && attending_doctor(d, &p)) {
        draft_say(d, SAY_ATTENDING);
        s = add_person(d, &p);
    } else if (!only_attending) {
        draft_say(d, SAY_DOCTORS);
        s = add_authors(d);
    }
    if (s == OK && d->lines == 0) draft_clear(d);
    return s;
}

/* Who asked for an examination: the laboratory that signs did not. */
static enum status prescriber_of_paper(struct draft *d, uint32_t document) {
    struct paper_person p;
    if (!paper_person_of(d, document, PART_PRESCRIBER, &p)) return OK;
    draft_say(d, SAY_PRESCRIBED_BY);
    return add_person(d, &p);
}

/* "« Compte rendu de consultation » est du 28/12/2012, signé par Dr Sow." */
static enum status day_and_author(struct draft *d, uint32_t document) {
    const struct record_document *doc = &d->record->documents[document];
    struct paper_person p = { .page = 1 };
    struct str day, title;
    bool signed_by = paper_author_line(d, document, &p);
    if (doc->date.year == 0 && !signed_by) return OK;
    for (size_t i = 0; i < d->record->chunk_count && !signed_by && p.quote.n == 0; i++) {
        const struct record_chunk *c = &d->record->chunks[i];
        if (c->document == document) p = (struct paper_person) { document, c->page, { "", 0 }, c->text };
    }
    if (!draft_cite(d, document, p.page, p.quote.n ? p.quote : doc->title)) return OK;
    if (!draft_day_words(d, doc->date, &day) ||
        !arena_printf(d->arena, &title, "« %.*s »", STR_ARG(utf8_prefix(doc->title, 80))))
        return no_memory(d);
    draft_say(d, SAY_VALUES);
    draft_add(d, STR(", "));
    draft_add(d, title);
    draft_say(d, doc->date.year ? SAY_IS_OF : SAY_IS);
    draft_add(d, day);
    if (signed_by) {
        draft_say(d, SAY_SIGNED_BY);
        draft_add(d, p.name);
    }
    draft_add(d, STR("."));
    return OK;
}

static enum status last_prescriber(struct draft *d) {
    uint32_t document;
    bool titled;
    if (!draft_last_prescription(d, &document, &titled)) return OK;
    const struct record_document *doc = &d->record->documents[document];
    if (doc->kind != KIND_PRESCRIPTION) return day_and_author(d, document);
    if (doc->author.n == 0 && doc->date.year == 0) return OK;
    draft_say(d, titled ? SAY_PRESCRIPTION : SAY_LAST_PRESCRIPTION);
    draft_say(d, SAY_IS_THE_ONE);
    draft_add_author_and_day(d, doc);
    draft_add(d, STR("."));
    for (size_t i = 0; i < d->record->chunk_count; i++) {
        const struct record_chunk *c = &d->record->chunks[i];
        if (c->document == document && draft_cite(d, document, c->page, c->text)) break;
    }
    if (d->out->source_count == 0) draft_clear(d);
    return OK;
}

static bool names_examination(const struct draft *d) {
    for (size_t i = 0; i < d->tokens->count; i++)
        if (d->demands.examined[i]) return true;
    return false;
}

/* The title names the examination that is asked about, and the paper what else is. */
static bool is_report_of(const struct draft *d, uint32_t document) {
    bool titled = false;
    for (size_t i = 0; i < d->tokens->count; i++) {
        const struct token *t = &d->tokens->items[i];
        const struct named *name = expand_named(&d->names, i);
        titled |= d->demands.examined[i] && paper_title_names(d, document, i);
        bool thing = (name || d->reading->other[i]) && !t->stop && !t->number && !d->demands.examined[i] &&
                     !d->when->tokens[i] && !d->subject->own[i];
        if (thing && !paper_speaks_of(d, document, t->folded)) return false;
    }
    return titled;
}

enum status compose_examined(struct draft *d) {
    const bool *asked = d->demands.asked;
    uint32_t document;
    bool past = d->demands.said[SAID_PAST] || text_says_one(d->tokens, &words_examined_then);
    if (!(asked[DEMAND_DAY] || asked[DEMAND_PERSON]) || asked[DEMAND_OUTCOME] || asked[DEMAND_NEXT] ||
        d->demands.will_be || d->when->future || !past || !names_examination(d) || asks_who_prescribed(d) ||
        relatives_asked(d->tokens) < d->tokens->count)
        return OK;
    return paper_asked(d, &document) && is_report_of(d, document) ? day_and_author(d, document) : OK;
}

enum status compose_prescriber(struct draft *d) {
    uint32_t document;
    enum document_kind kind = KIND_PRESCRIPTION;
    if (d->subject->missing_drug.n) return OK;
    if (d->subject->names_drug) return prescribers_of_medicine(d);
    if (asks_for_nurse_or_place(d) || asks_who_gave(d)) return OK;
    bool kind_asked = search_kind_asked(d->tokens, &kind), by_whom = asks_who_prescribed(d);
    if (asks_for_doctor(d) && !by_whom && !kind_asked) return doctors(d);
    bool of_examination = kind_asked && (kind == KIND_LABORATORY || kind == KIND_IMAGING);
    if (paper_asked(d, &document) && d->record->documents[document].kind != KIND_PRESCRIPTION)
        return by_whom ? prescriber_of_paper(d, document) : day_and_author(d, document);
    return d->reading->has_other || of_examination || names_examination(d) ? OK : last_prescriber(d);
}
