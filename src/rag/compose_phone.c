/*
 * compose_phone -- which number to call: the sentence of a paper that holds one, with the one before it, which says in which case.
 *
 * Whom the question names must stand there. What it tells of the case ("si ma fistule ne vibre plus") only chooses among several; where it
 * says nothing that any of them does, those are shown that tell to call, day or night.
 */
#include "rag/bearing.h"
#include "rag/rag_words.h"
#include "rag/sentence.h"

enum { PHONES_MAX = 24, PHONES_SHOWN_MAX = 2, CONTEXT_BYTES_MAX = 320, PHONE_DIGITS = 9 };

struct phone {
    uint32_t chunk;
    struct str text, around; /* the sentence; with the one before it, and its label */
    int score;               /* -1: not meant */
    bool calls;              /* it tells to call */
};

struct phoning {
    struct draft *draft;
    struct phone items[PHONES_MAX];
    size_t count;
};

static bool only_asks(struct str folded) {
    return word_in(folded, &words_phone_asked);
}

static bool begins_case(struct str folded) {
    return word_in(folded, &words_case_begins);
}

static bool is_content(const struct draft *d, size_t i) {
    return draft_is_content(d, i) && !d->subject->own[i] && !only_asks(d->tokens->items[i].folded);
}

static enum status weigh(struct phoning *p, struct phone *f) {
    struct draft *d = p->draft;
    struct tokens near, around;
    bool in_case = false;
    enum status s = text_tokens(d->reader, d->arena, f->text, TEXT_DOCUMENT, &near, d->err);
    if (s == OK) s = text_tokens(d->reader, d->arena, f->around, TEXT_DOCUMENT, &around, d->err);
    for (size_t i = 0; s == OK && i < around.count; i++)
        f->calls |= word_in(around.items[i].folded, &words_call);
    for (size_t i = 0; s == OK && i < d->tokens->count && f->score >= 0; i++) {
        in_case |= begins_case(d->tokens->items[i].folded);
        if (!is_content(d, i)) continue;
        int held = bearing_holds(d, &near, i) ? 2 : bearing_holds(d, &around, i) ? 1 : 0;
        f->score = held || in_case ? f->score + held : -1;
    }
    return s;
}

static bool holds_phone(struct str text) {
    struct measure_wanted phone = { MEASURE_PHONE, 0 };
    for (size_t at = 0; at < text.n; at++) {
        bool begins = is_digit(text.p[at]) && (at == 0 || !is_digit(text.p[at - 1]));
        size_t end = begins ? measure_value_end(phone, text, at, false) : 0;
        if (end >= at + PHONE_DIGITS) return true;
    }
    return false;
}

static enum status find_in(struct phoning *p, uint32_t chunk) {
    struct draft *d = p->draft;
    struct str text = d->record->chunks[chunk].text, before = { "", 0 };
    for (size_t at = 0; at < text.n && p->count < PHONES_MAX;) {
        struct str sentence = sentence_next(text, &at);
        struct phone f = { .chunk = chunk, .text = sentence, .around = sentence };
        size_t whole = before.n ? (size_t)(sentence.p + sentence.n - before.p) : 0;
        if (before.n && whole <= CONTEXT_BYTES_MAX) f.around = (struct str) { before.p, whole };
        before = sentence;
        if (sentence.n > CONTEXT_BYTES_MAX || !holds_phone(sentence)) continue;
        enum status s = weigh(p, &f);
        if (s != OK) return s;
        p->items[p->count++] = f;
    }
    return OK;
}

static enum status add(struct draft *d, const struct phone *f) {
    const struct record_chunk *c = &d->record->chunks[f->chunk];
    struct str words, line, flat;
    if (!draft_document_words(d, &d->record->documents[c->document], &words) ||
        !draft_flatten(d, f->around, &flat) ||
        !arena_printf(d->arena, &line, "« %.*s » (%.*s)", STR_ARG(flat), STR_ARG(words)))
        return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    if (d->lines == 0) {
        draft_say(d, SAY_VALUES);
        draft_say(d, SAY_COLON);
    }
    draft_item(d, line, c->document, c->page, f->around);
    return OK;
}

static const struct phone *take_best(struct phoning *p, int best) {
    for (size_t i = 0; i < p->count; i++) {
        bool meant = p->items[i].score == best && (best > 0 || p->items[i].calls);
        if (!meant) continue;
        p->items[i].score = -1;
        return &p->items[i];
    }
    return NULL;
}

enum status compose_phone(struct draft *d) {
    struct phoning *p;
    int best = -1;
    if (!d->demands.asked[DEMAND_PHONE]) return OK;
    p = arena_alloc(d->arena, sizeof *p);
    if (!p) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    *p = (struct phoning) { .draft = d };
    enum status s = OK;
    for (uint32_t i = 0; s == OK && i < d->record->chunk_count; i++)
        if (d->record->documents[d->record->chunks[i].document].id &&
            d->record->chunks[i].confidence >= CONFIDENCE_SURE)
            s = find_in(p, i);
    for (size_t i = 0; i < p->count; i++)
        if (p->items[i].score > best) best = p->items[i].score;
    for (int shown = 0; s == OK && best >= 0 && shown < PHONES_SHOWN_MAX; shown++) {
        const struct phone *f = take_best(p, best);
        if (!f) break;
        s = add(d, f);
    }
    return s;
}
