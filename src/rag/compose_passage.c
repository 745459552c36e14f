/*
 * compose_passage -- the passages of the record that speak of what was asked, quoted as they are printed.
 *
 * Of each passage that the search found the lines that would be quoted are weighed (excerpt.h, passing.h); the likeliest answer is shown.
 */
#include <math.h>

#include "language/day_token.h"
#include "language/names.h"
#include "rag/beside.h"
#include "rag/dose_quote.h"
#include "rag/rag_words.h"
#include "rag/treatment.h"
#include "understanding/relatives.h"

enum { ROOM_BYTES = 400, FRAME_BYTES = 150, SHOWN_MAX = 2, VALUE_WORDS_MAX = 8 };

/* A second passage is shown when it is nearly as good. */
static const float SECOND_ODDS = 0.7F;
static const float ALONE_SHARE = 0.7F; /* that the next one would have, where there is none */

/* A figure that is no day and no rhythm: "2 fois par semaine" says how often, not how much. */
static bool holds_value(struct str text, const struct tokens *t) {
    for (size_t i = 0; i < t->count; i++) {
        struct day_token day;
        if (day_token_at(text, t, i, &day) || day_token_short_at(text, t, i, &day)) {
            i = day.last;
            continue;
        }
        bool rhythm = i + 1 < t->count && str_eq(t->items[i + 1].folded, STR("fois"));
        if (t->items[i].number && !rhythm) return true;
    }
    return false;
}

/* "IgE totales ...... 412": dots that lead to the value end nothing. */
static bool begins_sentence(struct str text, const struct token *word) {
    struct str before = str_trim(str_sub(text, 0, word->at));
    return word->sentence_start && !str_ends(before, STR(".."));
}

/*
 * Behind the name of what is asked for stands a figure, before the sentence ends or another value is named: "calcium le 29/04 ; TSH" has
 * none. Where it is named in other words (above a table) any figure will do.
 */
static bool holds_asked_value(const struct draft *d, struct str text, const struct tokens *t) {
    bool named = false;
    for (size_t i = 0; i < t->count; i++) {
        if (!draft_asks_for(d, d->subject->lab, &t->items[i])) continue;
        size_t end = i + 1;
        while (end < t->count && end <= i + VALUE_WORDS_MAX && !begins_sentence(text, &t->items[end]) &&
               !names_lab(t->items[end].folded))
            end++;
        const struct tokens behind = { t->items + i + 1, end - i - 1 };
        named = true;
        if (holds_value(text, &behind)) return true;
    }
    return !named && holds_value(text, t);
}

/* A value is asked for: a line that only orders the test, or names it, is no answer. */
static enum status lacks_result(const struct draft *d, const struct excerpt *e, bool *lacks) {
    static const char *const words[] = { "absence", "negati", "normal", "positi", "presence" };
    struct tokens t;
    *lacks = false;
    if (d->reading->intent != INTENT_LAB_VALUE || !d->subject->names_lab) return OK;
    enum status s = text_tokens(d->reader, d->arena, e->text, TEXT_DOCUMENT, &t, d->err);
    if (s != OK) return s;
    *lacks = e->planned || !holds_asked_value(d, e->text, &t);
    for (size_t i = 0; i < t.count && !e->planned; i++)
        for (size_t k = 0; k < COUNT_OF(words); k++)
            *lacks &= !str_starts(t.items[i].folded, str_from_c(words[k]));
    return OK;
}

/* Beside other answers a passage is shortened: by whole words, so that no figure is cut. */
static struct str cut_at_word(struct str excerpt, size_t room) {
    size_t most = room > FRAME_BYTES ? room - FRAME_BYTES : 0;
    if (excerpt.n <= most) return excerpt;
    while (most && !strchr(" \n", excerpt.p[most])) most--;
    return str_trim(str_sub(excerpt, 0, most));
}

/* What would be quoted of a passage. */
struct quote {
    const struct record_chunk *chunk;
    float score; /* of the search */
    struct excerpt excerpt;
    struct passing passing;
};

/* Does what would be quoted answer? All that is looked at is remembered, for those who ask why. */
static enum status weigh_quote(struct draft *d, const struct search_query *q, float best_score,
                               float next_score, struct quote *out) {
    const struct record_chunk *c = out->chunk;
    const struct excerpt *e = &out->excerpt;
    const struct record_document *doc = &d->record->documents[c->document];
    const struct passing_quote quote = { .text = e->text,
                                         .line = e->line,
                                         .heading = c->heading,
                                         .title = &doc->titled,
                                         .asked = d->tokens,
                                         .score = out->score,
                                         .best_score = best_score,
                                         .next_score = next_score,
                                         .shown = e->shown,
                                         .kind_groups = e->shown > 0 ? excerpt_kind_groups(d, q) : 0,
                                         .planned = e->planned,
                                         .dated = e->dated,
                                         .of_file = doc->id == 0 && d->reading->intent != INTENT_DIAGNOSES,
                                         .reason = d->demands.asked[DEMAND_REASON],
                                         .day = d->demands.asked[DEMAND_DAY],
                                         .price = d->demands.asked[DEMAND_PRICE] };
    enum status s = passing_read(d->reader, d->arena, d->record, q, &quote, &out->passing, d->err);
    if (s != OK) return s;
    out->passing.met = true; /* else it would not have been kept */
    if (d->out->weighed_count < WEIGHED_MAX)
        d->out->weighed[d->out->weighed_count++] = (struct weighed) { e->text, out->passing };
    return OK;
}

static enum status add_quote(struct draft *d, const struct quote *q, bool *added) {
    const struct record_chunk *c = q->chunk;
    const struct record_document *doc = &d->record->documents[c->document];
    struct str excerpt = q->excerpt.text;
    if (d->is_one_of_several) excerpt = cut_at_word(excerpt, d->room - d->text->n);
    *added = false;
    bool fits = d->text->n + excerpt.n + (d->is_one_of_several ? FRAME_BYTES : ROOM_BYTES) <= d->room;
    if (!fits || excerpt.n == 0 || !draft_cite(d, c->document, c->page, excerpt)) return OK;
    draft_line(d);
    enum status s = draft_say_where(d, SAY_PASSAGE, doc);
    if (s != OK) return s;
    draft_quote(d, excerpt);
    if (c->confidence < CONFIDENCE_SURE) draft_say(d, SAY_UNSURE);
    *added = true;
    return OK;
}

/* "Antécédents familiaux" say nothing of the patient. */
static enum status heads_relatives(struct draft *d, const struct record_chunk *c, bool *heads) {
    struct tokens t;
    enum status s = text_tokens(d->reader, d->arena, c->heading, TEXT_DOCUMENT, &t, d->err);
    /* Who does something for the patient may be a relative. */
    bool who = d->demands.asked[DEMAND_PERSON] && !operation_is_asked(d);
    *heads = s == OK && relatives_are_named(&t) && !relatives_are_named(d->tokens) && !who;
    return s;
}

/* In the time that the question names; the file has none. */
static bool in_time(const struct draft *d, const struct quote *q) {
    const struct record_document *doc = &d->record->documents[q->chunk->document];
    return !d->when->said || d->when->future || doc->id == 0 || q->excerpt.dated ||
           when_holds(d->when, doc->date);
}

/* How to take a medicine never stands in a laboratory report: its antibiogram names medicines with other figures. */
static bool may_answer(const struct draft *d, const struct record_chunk *c) {
    enum intent intent = d->reading->intent;
    bool taking = intent == INTENT_DOSAGE || intent == INTENT_INSTRUCTIONS || intent == INTENT_PRESCRIBER;
    return !taking || d->record->documents[c->document].kind != KIND_LABORATORY;
}

/* What would be quoted of a passage, if that holds what is demanded. */
static enum status read_quote(struct draft *d, const struct search_query *query, const struct passage *p,
                              bool first, struct quote *q, bool *kept) {
    bool relatives;
    *q = (struct quote) { .chunk = &d->record->chunks[p->chunk], .score = p->score };
    *kept = false;
    if (!p->complete || q->chunk->confidence < CONFIDENCE_READABLE || !may_answer(d, q->chunk)) return OK;
    enum status s = heads_relatives(d, q->chunk, &relatives);
    if (s == OK && !relatives) s = excerpt_choose(d, query, q->chunk, first, &q->excerpt);
    if (s != OK || relatives || q->excerpt.text.n == 0) return s;
    bool beside;
    s = lacks_result(d, &q->excerpt, &beside);
    if (s == OK && !beside) s = beside_check(d, q->chunk, &q->excerpt, &beside);
    if (s == OK && !beside) s = dose_quote_check(d, q->excerpt.text, &beside);
    if (s != OK) return s;
    *kept = in_time(d, q) && !beside &&
            demand_is_met(d->reader, d->arena, &d->demands, q->excerpt.text,
                          d->record->documents[q->chunk->document].date);
    return OK;
}

/* The dose of a medicine to somebody who asked about none ("combien d'eau il doit boire") would be taken for what he asked. */
static enum status names_unasked_medicine(struct draft *d, struct str text, bool *names) {
    enum intent intent = d->reading->intent;
    bool of_medicine = d->subject->names_drug || d->demands.said[SAID_MEDICINE] || intent == INTENT_DOSAGE ||
                       intent == INTENT_INSTRUCTIONS || d->demands.asked[DEMAND_REASON];
    struct tokens t;
    bool figure = false, medicine = false;
    *names = false;
    if (of_medicine) return OK;
    enum status s = text_tokens(d->reader, d->arena, text, TEXT_DOCUMENT, &t, d->err);
    for (size_t i = 0; s == OK && i < t.count; i++) {
        figure |= t.items[i].number;
        medicine |= !t.items[i].number && names_is_medicine(t.items[i].folded);
    }
    *names = s == OK && figure && medicine;
    return s;
}

/* Nothing passes yet: the likeliest of what comes near, if it is read without doubt from a paper of his own. */
static enum status keep_near(struct draft *d, const struct quote *q) {
    bool unasked;
    bool sure =
        q->chunk->confidence >= CONFIDENCE_SURE && !d->record->documents[q->chunk->document].names_another;
    bool lacks_named = q->passing.signs[PASSING_LACKS_NAMED] > 0;
    if (demand_is_strict(&d->demands) && q->excerpt.shown <= 0) return OK;
    /* What was looked for or found is near no advice. */
    enum document_kind kind = d->record->documents[q->chunk->document].kind;
    if (d->reading->intent == INTENT_ADVICE && (kind == KIND_IMAGING || kind == KIND_LABORATORY)) return OK;
    /* Another value, another medicine or another food is not near. */
    bool other_food = !d->demands.asked[DEMAND_MAY] && text_says_one(d->tokens, &words_eat_drink);
    if (lacks_named && (d->subject->names_lab || d->subject->names_drug || other_food)) return OK;
    if (!sure || !passing_is_near(&q->passing) || (d->near.chunk && d->near.odds >= q->passing.odds))
        return OK;
    enum status s = names_unasked_medicine(d, q->excerpt.text, &unasked);
    if (s != OK || unasked) return s;
    d->near = (struct near_quote) { q->chunk, q->excerpt.text, q->passing.odds };
    return OK;
}

/* The quotes that answer, the likeliest first. */
static enum status weigh_found(struct draft *d, const struct search_query *query, const struct passage *found,
                               size_t count, struct quote *quotes, size_t *kept) {
    struct quote possible[SEARCH_PASSAGES_MAX];
    size_t n = 0;
    *kept = 0;
    for (size_t i = 0; i < count; i++) {
        bool keep;
        enum status s = read_quote(d, query, &found[i], i == 0, &possible[n], &keep);
        if (s != OK) return s;
        n += keep;
    }
    float best = 0, second = 0; /* by words: what is near in meaning may stand before them */
    for (size_t i = 0; i < n; i++) {
        float score = possible[i].score;
        second = fmaxf(second, fminf(score, best));
        best = fmaxf(best, score);
    }
    for (size_t i = 0; i < n; i++) {
        struct quote *q = &possible[i];
        /* What is not the best is not ahead of anything; nor is it a sign that nothing else was found. */
        float next_score = q->score < best ? q->score : n > 1 ? second : ALONE_SHARE * q->score;
        enum status s = weigh_quote(d, query, best, next_score, q);
        if (s != OK) return s;
        if (!passing_passes(&q->passing)) {
            s = keep_near(d, q);
            if (s != OK) return s;
            continue;
        }
        size_t at = (*kept)++;
        for (; at && quotes[at - 1].passing.odds < q->passing.odds; at--) quotes[at] = quotes[at - 1];
        quotes[at] = *q;
    }
    return OK;
}

/* When something was is no word that must stand there: in_time() sees to it. */
static void leave_out_time(const struct draft *d, struct search_query *q) {
    for (size_t i = 0; d->when->said && i < d->tokens->count; i++)
        for (size_t k = 0; d->when->tokens[i] && k < q->count; k++)
            if (q->terms[k].group >= 0 && str_eq(q->terms[k].stem, d->tokens->items[i].stem))
                q->group_weight[q->terms[k].group] = 0;
}

/* What was given in hospital, or once, is not what to take now. */
static void warn_of_no_prescription(struct draft *d, const struct quote *const *shown, size_t count) {
    enum intent intent = d->reading->intent;
    if ((intent != INTENT_DOSAGE && intent != INTENT_INSTRUCTIONS) || !d->subject->names_drug) return;
    for (size_t i = 0; i < count; i++) {
        const struct record_document *doc = &d->record->documents[shown[i]->chunk->document];
        if (doc->kind == KIND_PRESCRIPTION || doc->id == 0) return;
    }
    draft_line(d);
    draft_say(d, SAY_NO_PRESCRIPTION);
}

enum status compose_passages(struct draft *d, const bool *required) {
    struct search_query query;
    struct passage found[SEARCH_PASSAGES_MAX];
    struct quote quotes[SEARCH_PASSAGES_MAX];
    const struct quote *shown[SHOWN_MAX];
    size_t count = 0, kept = 0, shown_count = 0;
    /* What is only near in meaning may stand before what passes. */
    size_t max = d->question->near ? SEARCH_PASSAGES_MAX : WEIGHED_MAX;
    enum status s = draft_read_query(d, required, d->question->near, &query);
    if (s == OK) leave_out_time(d, &query);
    if (s == OK) s = draft_find_passages(d, &query, found, max, &count);
    if (s == OK) s = weigh_found(d, &query, found, count, quotes, &kept);
    for (size_t i = 0; s == OK && i < kept && shown_count < SHOWN_MAX; i++) {
        bool added;
        if (quotes[i].passing.odds < quotes[0].passing.odds - SECOND_ODDS) break;
        s = add_quote(d, &quotes[i], &added);
        if (s == OK && added) shown[shown_count++] = &quotes[i];
    }
    if (s == OK && shown_count) warn_of_no_prescription(d, shown, shown_count);
    return s;
}
