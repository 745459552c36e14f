/*
 * compose_visit -- the day, the hour, the place of the appointments that a question means, and what to bring there.
 *
 * Every word of the question that means something must stand in the sentence, in its paper or on the letterhead of who wrote it: of
 * several appointments those are meant of which most stands nearest. Those to come before those that have passed.
 */
#include "base/utf8.h"
#include "language/language_words.h"
#include "language/typo.h"
#include "rag/bearing.h"
#include "rag/draft.h"
#include "rag/rag_words.h"
#include "rag/visit.h"

enum { SHOWN_MAX = 3, BEFORE_BYTES = 240, IN_SENTENCE = 3, ON_LETTERHEAD = 2, IN_PAPER = 1 };

struct choosing {
    struct draft *draft;
    struct visit *items;
    size_t count;
    int *score; /* an item each; -1: it is not meant */
    bool brings;
    bool by_name; /* the question says "rdv": what it is for may stand beside it */
};

/* What only asks for an appointment, or for its day. */
static bool only_asks(struct str folded) {
    static const char *const misspelt[] = { "prochain", "prochaine",    "rendez",
                                            "controle", "consultation", "apporter" };
    if (str_starts(folded, STR("revo")) || str_starts(folded, STR("prochin"))) return true;
    for (size_t i = 0; i < COUNT_OF(misspelt) && folded.n > 5; i++)
        if (typo_is_near(folded, str_from_c(misspelt[i]))) return true;
    return word_in(folded, &words_visit_asked);
}

static bool is_content(const struct draft *d, size_t i) {
    return draft_is_content(d, i) && !d->subject->own[i] && !only_asks(d->tokens->items[i].folded);
}

static bool names_same(const struct concept *concept, struct str stem) {
    for (size_t k = 0; k < concept->same; k++)
        if (str_eq(concept->stems[k], stem)) return true;
    return false;
}

/* In that word or in another that says the same: "Dr" only shows that a surgeon may be meant. */
static bool names_word(const struct choosing *c, const struct tokens *t, size_t word) {
    const struct token *asked = &c->draft->tokens->items[word];
    const struct named *n = expand_named(&c->draft->names, word);
    for (size_t i = 0; i < t->count; i++) {
        bool same = str_eq(t->items[i].stem, asked->stem) || typo_is_near(asked->folded, t->items[i].folded);
        for (size_t k = 0; n && k < n->concept_count && !same; k++)
            same = names_same(expand_concept(&c->draft->names, n, k), t->items[i].stem);
        if (same) return true;
    }
    return false;
}

static enum status text_bears(struct choosing *c, struct str text, size_t word, bool *bears) {
    struct draft *d = c->draft;
    struct tokens t;
    enum status s = text_tokens(d->reader, d->arena, text, TEXT_DOCUMENT, &t, d->err);
    *bears = s == OK && names_word(c, &t, word);
    return s;
}

/* The head of the paper, or of another by the same author, says whom one is to meet: "Cabinet dentaire". */
static enum status letterhead_bears(struct choosing *c, const struct record_document *doc, size_t word,
                                    bool *bears) {
    const struct record *r = c->draft->record;
    for (size_t i = 0, last = SIZE_MAX; i < r->chunk_count && !*bears; i++) {
        const struct record_chunk *chunk = &r->chunks[i];
        const struct record_document *of = &r->documents[chunk->document];
        bool first = chunk->document != last,
             same = of == doc || (doc->author.n && str_eq(of->author, doc->author));
        last = chunk->document;
        if (!first || !same) continue;
        enum status s = text_bears(c, bearing_letterhead(c->draft, chunk->text, word), word, bears);
        if (s == OK && !*bears) s = text_bears(c, chunk->heading, word, bears);
        if (s == OK && !*bears) s = text_bears(c, of->title, word, bears);
        if (s != OK) return s;
    }
    return OK;
}

/* What stands shortly before it. */
static struct str text_before(struct str all, struct str part) {
    size_t at = (size_t)(part.p - all.p), from = at > BEFORE_BYTES ? at - BEFORE_BYTES : 0;
    return str_sub(all, from, at - from);
}

/* How near to the appointment the word of the question stands; 0: nowhere. */
static enum status nearness(struct choosing *c, const struct visit *v, size_t word, int *out) {
    const struct record_chunk *chunk = &c->draft->record->chunks[v->chunk];
    const struct record_document *doc = &c->draft->record->documents[chunk->document];
    const struct str paper[] = { chunk->heading, text_before(chunk->text, v->text), doc->title };
    /* What it is for may stand beside it, whom one is to see may not: "avis ophtalmo demandé. Revient le 30/06". */
    bool bears = false, beside = c->by_name && !bearing_names_specialist(c->draft, word);
    *out = 0;
    enum status s = text_bears(c, v->text, word, &bears);
    if (bears) *out = IN_SENTENCE;
    if (s == OK && !bears) s = text_bears(c, doc->author, word, &bears);
    if (s == OK && !bears) s = letterhead_bears(c, doc, word, &bears);
    if (bears && !*out) *out = ON_LETTERHEAD;
    for (size_t i = 0; i < COUNT_OF(paper) && s == OK && !bears && beside; i++) {
        s = text_bears(c, paper[i], word, &bears);
        if (bears) *out = IN_PAPER;
    }
    return s;
}

/* "En avril" of an appointment is the next one as well as the last. */
static bool in_time(const struct draft *d, struct date day) {
    if (!d->when->said) return true;
    for (int shift = -1; shift <= 1; shift++) {
        struct date other = { day.year + shift, day.month, day.day };
        bool year_said = false;
        for (size_t i = 0; i < d->tokens->count; i++)
            year_said |=
                d->when->tokens[i] && d->tokens->items[i].number && d->tokens->items[i].folded.n == 4;
        if ((shift == 0 || !year_said) && date_is_valid(other) && when_holds(d->when, other)) return true;
    }
    return false;
}

static bool shows_what_is_asked(const struct choosing *c, const struct visit *v) {
    const bool *asked = c->draft->demands.asked;
    bool only_hour = asked[DEMAND_CLOCK] && !asked[DEMAND_DAY];
    return (!only_hour || v->clock) && (!c->brings || v->bring);
}

static enum status weigh(struct choosing *c, size_t i) {
    struct draft *d = c->draft;
    const struct visit *v = &c->items[i];
    bool readable = d->record->chunks[v->chunk].confidence >= CONFIDENCE_READABLE;
    c->score[i] = readable && in_time(d, v->day) && shows_what_is_asked(c, v) ? 0 : -1;
    for (size_t k = 0; k < d->tokens->count && c->score[i] >= 0; k++) {
        int near;
        if (!is_content(d, k)) continue;
        enum status s = nearness(c, v, k, &near);
        if (s != OK) return s;
        c->score[i] = near ? c->score[i] + near : -1;
    }
    return OK;
}

static bool is_to_come(const struct choosing *c, size_t i) {
    return date_compare(c->items[i].day, c->draft->question->today) >= 0;
}

static bool asks_for_next(const struct draft *d) {
    for (size_t i = 0; i < d->tokens->count; i++)
        if (str_starts(d->tokens->items[i].folded, STR("prochain")) ||
            str_eq(d->tokens->items[i].folded, STR("next")))
            return true;
    return false;
}

/* Only the best, and of them only what is to come, if anything is. "Le prochain" is none that has passed. */
static void narrow(struct choosing *c) {
    int best = -1;
    bool to_come = false, next = asks_for_next(c->draft);
    for (size_t i = 0; i < c->count; i++)
        if (next && !is_to_come(c, i)) c->score[i] = -1;
    for (size_t i = 0; i < c->count; i++)
        if (c->score[i] > best) best = c->score[i];
    for (size_t i = 0; i < c->count; i++) {
        if (c->score[i] < best) c->score[i] = -1;
        to_come |= c->score[i] >= 0 && is_to_come(c, i);
    }
    for (size_t i = 0; i < c->count; i++)
        if (to_come && !is_to_come(c, i)) c->score[i] = -1;
}

/* A line of the paper that names somebody by what the question calls him: "à Mme le Dr BOIRO, gynécologue". */
static enum status add_who(struct choosing *c, const struct visit *v) {
    struct draft *d = c->draft;
    uint32_t document = d->record->chunks[v->chunk].document;
    for (size_t i = 0; i < d->record->chunk_count; i++) {
        const struct record_chunk *chunk = &d->record->chunks[i];
        struct str rest = chunk->text;
        while (chunk->document == document && rest.n) {
            struct tokens t;
            struct str line = str_trim(str_next_word(&rest, "\n")), quoted;
            bool who = false, meant = false;
            enum status s = text_tokens(d->reader, d->arena, line, TEXT_DOCUMENT, &t, d->err);
            for (size_t k = 0; s == OK && k < t.count; k++)
                who |=
                    word_in(t.items[k].folded, &words_doctor_title) || str_eq(t.items[k].folded, STR("mme"));
            for (size_t k = 0; s == OK && who && k < d->tokens->count; k++)
                meant |= is_content(d, k) && names_word(c, &t, k);
            if (s != OK) return s;
            if (!meant) continue;
            if (!arena_printf(d->arena, &quoted, "« %.*s »", STR_ARG(line)))
                return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
            draft_item(d, quoted, document, chunk->page, line);
            return OK;
        }
    }
    return OK;
}

static enum status add(struct choosing *c, size_t i) {
    struct draft *d = c->draft;
    const struct visit *v = &c->items[i];
    const struct record_chunk *chunk = &d->record->chunks[v->chunk];
    struct str quote, line, day;
    if (!draft_flatten(d, v->text, &quote) ||
        !draft_day_words(d, d->record->documents[chunk->document].date, &day) ||
        !arena_printf(d->arena, &line, "%.*s%s%s (%s %.*s)", STR_ARG(quote),
                      is_to_come(c, i) ? "" : say(SAY_PAST, d->out->language),
                      chunk->confidence < CONFIDENCE_SURE ? say(SAY_UNSURE, d->out->language) : "",
                      say(SAY_PAPER_OF, d->out->language), STR_ARG(day)))
        return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    draft_item(d, line, chunk->document, chunk->page, v->text);
    return d->demands.asked[DEMAND_PERSON] ? add_who(c, v) : OK;
}

/* The earliest first; of those that have passed the latest. */
static int64_t next_of(const struct choosing *c) {
    int64_t best = -1;
    for (size_t i = 0; i < c->count; i++) {
        if (c->score[i] < 0) continue;
        int order = best < 0 ? -1 : date_compare(c->items[i].day, c->items[best].day);
        if (best < 0 || (is_to_come(c, i) ? order < 0 : order > 0)) best = (int64_t)i;
    }
    return best;
}

/* "Rdv", "contrôle", "revoir" with a day, an hour or what to bring; not what was found there, nor when one was there last. */
static bool asks_for_visit(const struct draft *d, bool *by_name) {
    const bool *asked = d->demands.asked;
    enum intent intent = d->reading->intent;
    bool word = intent == INTENT_APPOINTMENTS && !d->reading->likely;
    *by_name = false;
    if (asked[DEMAND_OUTCOME] || asked[DEMAND_REASON] || asked[DEMAND_PHONE] || asked[DEMAND_PRICE] ||
        d->demands.said[SAID_PAST])
        return false;
    for (size_t i = 0; i < d->tokens->count; i++) {
        struct str folded = d->tokens->items[i].folded;
        if (word_in(folded, &words_past_visit)) return false;
        *by_name |= word_in(folded, &words_visit_named);
    }
    word |= *by_name;
    if (d->subject->names_drug && !*by_name) return false;
    bool of_time = intent == INTENT_APPOINTMENTS || intent == INTENT_NONE || intent == INTENT_PRESCRIBER ||
                   intent == INTENT_DIAGNOSES || d->reading->likely;
    bool day = asked[DEMAND_DAY] || asked[DEMAND_CLOCK];
    return of_time && ((word && day) || (intent == INTENT_APPOINTMENTS && (word || day)));
}

enum status compose_visits(struct draft *d) {
    struct choosing c = { .draft = d, .brings = visit_names_bringing(d->tokens) };
    if (!asks_for_visit(d, &c.by_name)) return OK;
    enum status s = visits_find(d->reader, d->arena, d->record, &c.items, &c.count, d->err);
    if (s != OK) return s;
    c.score = arena_array(d->arena, c.count + 1, sizeof *c.score);
    if (!c.score) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    for (size_t i = 0; i < c.count && s == OK; i++) s = weigh(&c, i);
    narrow(&c);
    draft_say(d, SAY_APPOINTMENTS);
    for (int shown = 0; s == OK && shown < SHOWN_MAX; shown++) {
        int64_t i = next_of(&c);
        if (i < 0) break;
        s = add(&c, (size_t)i);
        c.score[i] = -1;
    }
    if (s == OK && d->lines == 0) draft_clear(d);
    return s;
}
