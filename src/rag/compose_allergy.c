/*
 * compose_allergy -- a noted allergy that may mean a medicine of which an answer tells: said beside it, whoever prescribed it.
 *
 * A prescription that forgot the allergy is the mistake that hurts most, and the patient who asks how to take it is the last who can stop it.
 */
#include "base/utf8.h"
#include "rag/allergy.h"
#include "rag/draft.h"

struct noted {
    uint32_t document;
    int page;
    struct str quote, folded;
};

struct warning {
    const struct fact *medicine;
    const struct noted *note;
};

struct beside {
    struct draft *draft;
    struct noted *notes;
    size_t count;
    struct warning warnings[ANSWER_LIST_MAX / 2]; /* more have no room beside anything */
    size_t warning_count;
};

static enum status no_memory(const struct draft *d) {
    return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
}

/* "Pas d'allergie à la pénicilline" notes none. */
static bool denies(struct str folded) {
    static const char *const starts[] = { "pas d", "aucun", "neant", "non ", "no " };
    for (size_t i = 0; i < COUNT_OF(starts); i++)
        if (str_starts(folded, str_from_c(starts[i]))) return true;
    return false;
}

static enum status add_note(struct beside *b, uint32_t document, int page, struct str quote) {
    struct noted *n = &b->notes[b->count];
    *n = (struct noted) { .document = document, .page = page, .quote = quote };
    if (!utf8_fold(b->draft->arena, quote, &n->folded)) return no_memory(b->draft);
    b->count += !denies(n->folded);
    return OK;
}

/* Of the patient's file and of his papers. */
static enum status read_notes(struct beside *b) {
    const struct record *r = b->draft->record;
    enum status s = OK;
    b->notes = arena_array(b->draft->arena, r->chunk_count + r->fact_count + 1, sizeof *b->notes);
    if (!b->notes) return no_memory(b->draft);
    for (size_t i = 0; i < r->chunk_count && s == OK; i++) {
        const struct record_chunk *c = &r->chunks[i];
        if (r->documents[c->document].id == 0 && str_eq(c->heading, STR("Allergies")))
            s = add_note(b, c->document, 0, c->text);
    }
    for (size_t i = 0; i < r->fact_count && s == OK; i++) {
        const struct record_fact *f = &r->facts[i];
        if (f->fact.type == FACT_ALLERGY && f->fact.confidence >= CONFIDENCE_READABLE)
            s = add_note(b, f->document, f->fact.page, f->fact.quote);
    }
    return s;
}

/* A source of the answer is the line that prescribes it, or holds it. */
static bool is_told(const struct draft *d, const struct record_fact *f) {
    int64_t id = d->record->documents[f->document].id;
    for (size_t i = 0; i < d->out->source_count; i++) {
        const struct rag_source *s = &d->out->sources[i];
        if (s->collection == COLLECTION_RECORD && s->document_id == id && s->page == f->fact.page &&
            (str_find(s->quote, f->fact.quote) < s->quote.n ||
             str_find(f->fact.quote, s->quote) < f->fact.quote.n))
            return true;
    }
    return false;
}

static const struct noted *note_of(const struct beside *b, const struct fact *medicine) {
    for (size_t i = 0; i < b->count; i++)
        if (allergy_concerns(medicine->name_folded, b->notes[i].folded)) return &b->notes[i];
    return NULL;
}

static bool is_found(const struct beside *b, const struct fact *medicine) {
    for (size_t i = 0; i < b->warning_count; i++)
        if (str_eq(b->warnings[i].medicine->name_folded, medicine->name_folded)) return true;
    return false;
}

static void find_warnings(struct beside *b) {
    const struct record *r = b->draft->record;
    for (size_t i = 0; i < r->fact_count && b->warning_count < COUNT_OF(b->warnings); i++) {
        const struct record_fact *f = &r->facts[i];
        if (!draft_is_medication(f) || !is_told(b->draft, f) || is_found(b, &f->fact)) continue;
        const struct noted *note = note_of(b, &f->fact);
        if (note) b->warnings[b->warning_count++] = (struct warning) { &f->fact, note };
    }
}

/* Where there is no room for both, the warnings alone are said. */
static void add_warnings(struct draft *d, const struct beside *b) {
    size_t words = strlen(say(SAY_ALLERGY_WARNING, d->out->language)) + 1, bytes = 0;
    for (size_t i = 0; i < b->warning_count; i++) bytes += words + b->warnings[i].medicine->name.n;
    if (d->text->n + bytes > d->room || d->out->source_count + b->warning_count > ANSWER_SOURCES_MAX)
        draft_clear(d);
    for (size_t i = 0; i < b->warning_count; i++) {
        const struct noted *note = b->warnings[i].note;
        if (!draft_cite(d, note->document, note->page, note->quote)) continue;
        draft_line(d);
        draft_say_of(d, SAY_ALLERGY_WARNING, b->warnings[i].medicine->name);
        d->out->tell = TELL_STOPPED;
    }
}

enum status compose_allergy_beside(struct draft *d) {
    struct beside b = { .draft = d };
    /* What is asked about allergies is answered with them. */
    if (d->reading->intent == INTENT_ALLERGIES || d->out->source_count == 0) return OK;
    enum status s = read_notes(&b);
    if (s != OK) return s;
    find_warnings(&b);
    if (b.warning_count) add_warnings(d, &b);
    return OK;
}
