/*
 * compose_advice -- what the clinic says to everybody, when the patient's own record does not answer.
 *
 * It is quoted under a label of its own, says that it is general, and never stands beside words of the record. How much the patient takes
 * of a medicine is said by his record alone: a passage that names an amount of a medicine that he has is left out.
 */
#include "base/utf8.h"
#include "rag/advice_medicine.h"
#include "rag/advice_question.h"
#include "rag/draft.h"
#include "language/names.h"

enum { SHOWN_MAX = 2, TITLE_SHOWN_MAX = 120, ROOM_BYTES = 300 };

/* A second passage is shown when it is nearly as good; one in another language than the patient's when it is much better. */
static const float SECOND_SHARE = 0.8F, OTHER_LANGUAGE_SHARE = 0.6F;
/* What says nothing of the question but by its title: another part of the sheet may. */
static const float TITLE_ONLY_SHARE = 0.7F;

/* A passage must speak of the medicine, value, vaccine or disease that is named; the other words only weigh. */
static enum status require(const struct draft *d, bool **out) {
    *out = arena_array(d->arena, d->tokens->count + 1, 1);
    if (!*out) return fail(d->err, E_LIMIT, NULL, "no memory for a question");
    for (size_t i = 0; i < d->tokens->count; i++) {
        const struct token *t = &d->tokens->items[i];
        bool named = d->subject->drug[i] || d->subject->lab[i] || d->subject->shot[i] ||
                     d->reading->disease[i] || names_is_drug(t->folded);
        (*out)[i] = named && !t->stop && !t->number;
    }
    return OK;
}

/* "Comment prendre le machin ?": of a word that no sheet holds in any spelling, when it is all that names what is asked about. */
static bool lacks_subject(const struct draft *d, const bool *required, const struct search_query *q) {
    enum intent intent = d->reading->intent;
    if (intent != INTENT_ADVICE && intent != INTENT_INSTRUCTIONS && intent != INTENT_DOSAGE) return false;
    for (size_t i = 0; i < d->tokens->count; i++)
        if (required[i]) return false;
    for (size_t i = 0; i < d->tokens->count; i++)
        if (d->reading->other[i] && !search_knows(d->record, q, i)) return true;
    return false;
}

static const struct record_document *sheet_of(const struct draft *d, const struct passage *p) {
    return &d->record->documents[d->record->chunks[p->chunk].document];
}

/* A word of the question stands in the passage itself. */
static bool holds_a_word(const struct record *r, const struct search_query *q, uint32_t chunk) {
    for (size_t i = 0; i < q->count; i++) {
        if (q->terms[i].group < 0) continue;
        const struct vocabulary_word *w = postings_find(&r->postings, q->terms[i].hash, q->terms[i].stem);
        for (const struct posting_block *b = w ? w->first : NULL; b; b = b->next)
            for (uint32_t k = 0; k < b->count; k++)
                if (b->items[k].chunk == chunk && b->items[k].in_text + b->items[k].in_heading) return true;
    }
    return false;
}

/* What is near in meaning too is worth up to twice as much. */
static float worth(const struct draft *d, const struct passage *p) {
    float score = p->score * (1 + (p->cosine > 0 ? p->cosine : 0));
    return sheet_of(d, p)->language == d->out->language ? score : score * OTHER_LANGUAGE_SHARE;
}

/* What passes and is not on another medicine, the patient's language first where it says nearly as much. */
static size_t sort_passing(const struct draft *d, const struct search_query *q, struct passage *list,
                           size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        struct passage p = list[i];
        if (!search_passes(&p) || advice_medicine_is_another(sheet_of(d, &p), d->tokens)) continue;
        if (!holds_a_word(d->record, q, p.chunk)) p.score *= TITLE_ONLY_SHARE;
        size_t at = kept++;
        for (; at && worth(d, &list[at - 1]) < worth(d, &p); at--) list[at] = list[at - 1];
        list[at] = p;
    }
    return kept;
}

/* A long section that is in several passages is read from its beginning, where that says as much of what was asked. */
static void begin_section(const struct draft *d, struct passage *list, size_t count) {
    const struct record_chunk *chunks = d->record->chunks;
    if (count == 0 || chunks[list[0].chunk].heading.n == 0) return;
    for (size_t i = 1; i < count; i++) {
        const struct record_chunk *best = &chunks[list[0].chunk], *c = &chunks[list[i].chunk];
        bool same = c->document == best->document && str_eq(c->heading, best->heading);
        if (!same || list[i].chunk > list[0].chunk || list[i].coverage < list[0].coverage) continue;
        struct passage earlier = list[i];
        list[i] = list[0];
        list[0] = earlier;
    }
}

/* An amount of a medicine of his, wherever on the sheet the medicine is named: what his record says of it is what counts. */
static enum status contradicts(const struct draft *d, const struct record *own, const struct passage *p,
                               struct str excerpt, bool *out) {
    const struct record_chunk *c = &d->record->chunks[p->chunk];
    struct tokens words, around;
    struct str all;
    if (!arena_printf(d->arena, &all, "%.*s\n%.*s\n%.*s", STR_ARG(sheet_of(d, p)->title), STR_ARG(c->heading),
                      STR_ARG(c->text)))
        return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    enum status s = text_tokens(d->reader, d->arena, excerpt, TEXT_DOCUMENT, &words, d->err);
    if (s == OK) s = text_tokens(d->reader, d->arena, all, TEXT_DOCUMENT, &around, d->err);
    *out = s == OK && advice_medicine_has_amount(&words) && advice_medicine_is_of_record(own, &around);
    return s;
}

static enum status add_passage(struct draft *d, const struct record *own, const struct search_query *q,
                               const struct passage *p) {
    const struct record_chunk *c = &d->record->chunks[p->chunk];
    struct str excerpt;
    bool wrong = false;
    enum status s = draft_excerpt(d, q, c, d->out->source_count == 0, &excerpt);
    if (s == OK) s = contradicts(d, own, p, excerpt, &wrong);
    if (s != OK || wrong || excerpt.n == 0) return s;
    bool fits = d->text->n + excerpt.n + ROOM_BYTES + TITLE_SHOWN_MAX <= d->room;
    if (!fits || !draft_cite(d, c->document, c->page, excerpt)) return OK;
    bool same_sheet = d->out->source_count > 1 &&
                      d->out->sources[d->out->source_count - 2].document_id == sheet_of(d, p)->id;
    if (!same_sheet) {
        draft_line(d);
        draft_say_of(d, SAY_ADVICE, utf8_prefix(sheet_of(d, p)->title, TITLE_SHOWN_MAX));
    }
    draft_quote(d, excerpt);
    return OK;
}

static void say_first(struct draft *d, bool wants_change) {
    struct str missing = draft_as_typed(d, d->subject->missing_drug);
    if (wants_change)
        draft_say(d, SAY_NO_ADVICE);
    else if (missing.n)
        draft_say_of(d, SAY_NOT_IN_RECORD, missing);
    else
        draft_say(d, SAY_RECORD_SILENT);
}

static enum status quote(struct draft *d, const struct record *own, bool wants_change) {
    struct search_query query;
    struct passage found[SEARCH_PASSAGES_MAX];
    size_t count = 0;
    bool *required;
    enum status s = require(d, &required);
    if (s == OK) s = draft_read_query(d, required, d->question->near_advice, &query);
    if (s == OK) s = advice_medicine_widen(d->reader, d->arena, d->record, d->tokens, &query, d->err);
    if (s == OK) s = draft_find_passages(d, &query, found, SEARCH_PASSAGES_MAX, &count);
    if (s != OK || lacks_subject(d, required, &query)) return s;
    count = sort_passing(d, &query, found, count);
    begin_section(d, found, count);
    say_first(d, wants_change);
    for (size_t i = 0; s == OK && i < count && d->out->source_count < SHOWN_MAX; i++) {
        if (d->out->source_count && worth(d, &found[i]) < SECOND_SHARE * worth(d, &found[0])) break;
        s = add_passage(d, own, &query, &found[i]);
    }
    if (d->out->source_count == 0) {
        draft_clear(d);
        return s;
    }
    draft_add(d, STR("\n\n"));
    draft_say(d, SAY_ADVICE_IS_GENERAL);
    return s == OK ? draft_guard(d) : s;
}

enum status compose_advice(struct draft *d) {
    const struct record *advice = d->question->advice;
    struct advice_question question;
    if (!advice || advice->chunk_count == 0) return OK;
    enum status s = advice_question_read(d->books->advice, d->arena, d->tokens, d->subject, d->reading,
                                         &question, d->err);
    if (s != OK || !question.may_answer) return s;
    /* The medicine's lines of a prescription are not how a leaflet is written. */
    struct subject subject = *d->subject;
    subject.names_drug = false;
    struct draft quoting = *d;
    quoting.record = advice;
    quoting.collection = COLLECTION_ADVICE;
    quoting.subject = &subject;
    s = quote(&quoting, d->record, question.wants_change);
    if (s != OK || d->text->n == 0) return s;
    d->out->refused = question.wants_change;
    if (question.wants_change) d->out->tell = TELL_REFUSED;
    return OK;
}
