#include "rag/proof.h"

#include "guard/claim.h"
#include "guard/statement.h"
#include "rag/citation.h"

struct proof {
    struct arena *arena;
    struct text_reader *reader;
    struct pseudonym *people;
    const struct evidence *evidence;
    const struct claim_source *sources[EVIDENCE_PASSAGES_MAX]; /* read when the first sentence cites them */
    struct str named; /* the medicine or value that was named last; empty: none */
    struct proven *out;
    struct err *err;
};

/* The last medicine or value that a text names, as it is written there; what was before when it names none. */
static enum status read_named(struct proof *p, struct str text, struct statement *said) {
    enum status s = statement_read(p->arena, p->reader, text, said, p->err);
    for (size_t i = 0; s == OK && i < said->tokens.count; i++)
        if (said->subject[i]) p->named = token_source(said->text, &said->tokens.items[i]);
    return s;
}

/* How to take something, or to stop it. */
static bool tells_to_take(const struct statement *s) {
    if (statement_tells_dose(s)) return true;
    for (size_t i = 0; i < s->tokens.count; i++)
        if (s->turn[i] >= TURN_STOP && s->turn[i] <= TURN_NIGHT) return true;
    return false;
}

/* Lengths of time alone: of a rest, of a trip, as well as of a medicine. */
static bool is_time(const struct quantity *q) {
    return !quantity_is_intake(q) && str_in_words(q->unit, "minute heure jour semaine mois an");
}

/* A figure of the sentence that the source says of a medicine or value. */
static bool tells_ones_figure(const struct statement *said, const struct statement *source, bool times_too) {
    for (size_t i = 0; i < said->quantity_count; i++) {
        const struct quantity *q = &said->quantities[i];
        if (q->day.year || q->sense == SENSE_DELAY || q->sense == SENSE_SINCE || (is_time(q) && !times_too))
            continue;
        for (size_t k = 0; k < source->quantity_count; k++)
            if (quantity_is_said(q, &source->quantities[k]) &&
                statement_owner(source, source->quantities[k].first))
                return true;
    }
    return false;
}

/* A dose or a value. */
static bool tells_amount(const struct proof *p, const struct statement *s) {
    if (!p->named.n && !statement_names_any(s)) return false;
    for (size_t i = 0; i < s->quantity_count; i++)
        if (!s->quantities[i].day.year && !is_time(&s->quantities[i])) return true;
    return false;
}

static enum status is_borne(struct proof *p, struct str sentence, size_t passage, bool *borne) {
    const struct rag_source *src = &p->evidence->passages[passage];
    const struct claim_passage cited = { src->title, src->quote, src->date };
    enum claim_fault fault = CLAIM_EMPTY;
    enum status s = OK;
    if (!p->sources[passage])
        s = claim_source_read(p->arena, p->reader, &cited, &p->sources[passage], p->err);
    if (s == OK) s = claim_check(p->arena, p->reader, sentence, &p->sources[passage], 1, &fault, p->err);
    *borne = s == OK && fault == CLAIM_BORNE;
    return s;
}

/* A sentence that names nothing means what was named before it; without that, no dose and no value can be meant. */
static enum status is_borne_in_place(struct proof *p, struct str sentence, const struct statement *said,
                                     size_t passage, bool *borne) {
    struct statement source;
    struct str whole;
    enum status s = is_borne(p, sentence, passage, borne);
    if (*borne && passage >= p->evidence->local_count && tells_amount(p, said)) *borne = false;
    if (s != OK || !*borne || statement_names_any(said)) return s;
    s = statement_read(p->arena, p->reader, p->evidence->passages[passage].quote, &source, p->err);
    if (s != OK) return s;
    if (p->named.n == 0) {
        *borne = !tells_ones_figure(said, &source, false);
        return OK;
    }
    if (!tells_to_take(said) && !tells_ones_figure(said, &source, true)) return OK;
    if (!arena_printf(p->arena, &whole, "%.*s : %.*s", STR_ARG(p->named), STR_ARG(sentence)))
        return fail(p->err, E_LIMIT, NULL, "no memory to prove an answer");
    return is_borne(p, whole, passage, borne);
}

static bool cites_what_is_there(const struct proof *p, const struct model_sentence *m) {
    for (size_t i = 0; i < m->cited_count; i++)
        if (m->cited[i] < 1 || m->cited[i] > (int64_t)p->evidence->count) return false;
    return m->cited_count > 0;
}

static bool is_said(const struct proven *out, struct str text) {
    for (size_t i = 0; i < out->count; i++)
        if (str_eq(out->sentences[i].text, text)) return true;
    return false;
}

/* The sentence with its names; empty: it cites what is not there, or hides a name that nobody gave it. */
static enum status read_sentence(struct proof *p, const struct model_sentence *m, struct str *text) {
    *text = STR("");
    if (!cites_what_is_there(p, m)) return OK;
    enum status s = pseudonym_put_back(p->people, m->text, text, NULL);
    if (s == E_CONFLICT) *text = STR("");
    if (s == OK || s == E_CONFLICT) return OK;
    return fail(p->err, s, NULL, "no memory to prove an answer");
}

static void take(struct proof *p, struct str text, size_t passage) {
    p->out->sentences[p->out->count].text = text;
    p->out->sentences[p->out->count++].passage = passage;
}

static enum status take_sentence(struct proof *p, const struct model_sentence *m, bool *taken) {
    struct statement said;
    struct str text;
    bool borne = false;
    enum status s = read_sentence(p, m, &text);
    *taken = s == OK && text.n && is_said(p->out, text);
    if (s != OK || text.n == 0 || *taken) return s;
    struct str named = p->named;
    s = read_named(p, text, &said);
    struct str names = p->named;
    p->named = named;
    for (size_t i = 0; i < m->cited_count && s == OK && !borne; i++) {
        size_t passage = (size_t)m->cited[i] - 1;
        if (p->evidence->standing[passage].quoted) continue;
        s = is_borne_in_place(p, text, &said, passage, &borne);
        if (!borne) continue;
        take(p, text, passage);
        p->named = names;
    }
    *taken = borne;
    return s;
}

/* How to take a medicine is told of the one that was asked for, and from no older paper when a later one names it. */
static enum status may_be_quoted(const struct proof *p, struct str quote, size_t passage, bool *may) {
    const struct evidence *e = p->evidence;
    bool tells, outdated = false, asked = true;
    enum status s = citation_tells_to_take(p->arena, p->reader, quote, &tells, p->err);
    if (s == OK && tells)
        s = citation_holds_one(p->arena, p->reader, quote, e->standing[passage].outdated, &outdated, p->err);
    if (s == OK && tells && e->medicines.n)
        s = citation_holds_one(p->arena, p->reader, quote, e->medicines, &asked, p->err);
    *may = s == OK && asked && (!outdated || passage < e->local_count);
    return s;
}

/* Two quotes that meet become one. */
static bool joins(struct proof *p, struct str quote, size_t passage) {
    for (size_t i = 0; i < p->out->count; i++) {
        struct str *other = &p->out->sentences[i].text;
        if (p->out->sentences[i].passage != passage) continue;
        if (quote.p > other->p + other->n || other->p > quote.p + quote.n) continue;
        const char *from = quote.p < other->p ? quote.p : other->p;
        const char *to = quote.p + quote.n > other->p + other->n ? quote.p + quote.n : other->p + other->n;
        *other = (struct str) { from, (size_t)(to - from) };
        return true;
    }
    return false;
}

static enum status quote_sentence(struct proof *p, const struct model_sentence *m, bool *found) {
    struct str text, quote = STR("");
    enum status s = read_sentence(p, m, &text);
    *found = false;
    for (size_t i = 0; text.n && i < m->cited_count && s == OK && quote.n == 0; i++) {
        size_t passage = (size_t)m->cited[i] - 1;
        const struct rag_source *src = &p->evidence->passages[passage];
        bool may = false;
        struct str body = str_sub(src->quote, p->evidence->standing[passage].heading_bytes, src->quote.n);
        s = citation_find(p->arena, p->reader, text, body, src->date, &quote, p->err);
        if (s == OK && quote.n) s = may_be_quoted(p, quote, passage, &may);
        if (!may)
            quote = STR("");
        else if (!joins(p, quote, passage))
            take(p, quote, passage);
        *found |= may && quote.n;
    }
    return s;
}

/* The papers' own words in the place of the model's, where one of its sentences that were lost points at any. */
static enum status quote_all(struct proof *p, const struct model_reply *reply, uint32_t lost) {
    struct proven said = *p->out;
    enum status s = OK;
    bool any = false;
    *p->out = (struct proven) { .quoted = true };
    for (size_t i = 0; i < reply->count && s == OK; i++) {
        bool found;
        s = quote_sentence(p, &reply->sentences[i], &found);
        any |= found && (lost >> i & 1);
    }
    if (!any) *p->out = said;
    return s;
}

enum status proof_take(struct arena *arena, struct pseudonym *people, const struct evidence *evidence,
                       struct str question, const struct model_reply *reply, bool may_say, struct proven *out,
                       struct err *err) {
    struct proof p = {
        .arena = arena, .people = people, .evidence = evidence, .named = STR(""), .out = out, .err = err
    };
    struct statement asked;
    uint32_t lost = 0; /* a bit each of the sentences that are not said */
    *out = (struct proven) { 0 };
    enum status s = text_reader_open(arena, &p.reader, err);
    if (s == OK) s = read_named(&p, evidence->subject, &asked);
    if (s == OK) s = read_named(&p, question, &asked);
    for (size_t i = 0; i < reply->count && s == OK; i++) {
        bool taken = false;
        if (may_say) s = take_sentence(&p, &reply->sentences[i], &taken);
        if (!taken) lost |= UINT32_C(1) << i;
    }
    if (s == OK && lost) s = quote_all(&p, reply, lost);
    out->dropped = reply->dropped + (int)(reply->count - out->count);
    return s;
}

static bool holds_quantity(const struct statement *s, const struct quantity *q) {
    for (size_t i = 0; i < s->quantity_count; i++)
        if (quantity_is_said(&s->quantities[i], q)) return true;
    return false;
}

enum status proof_is_complete(struct arena *arena, const struct evidence *evidence, struct str local,
                              struct str text, bool *complete, struct err *err) {
    struct text_reader *reader;
    struct statement stated, said, fact;
    enum status s = text_reader_open(arena, &reader, err);
    if (s == OK) s = statement_read(arena, reader, local, &stated, err);
    if (s == OK) s = statement_read(arena, reader, text, &said, err);
    *complete = s == OK;
    for (size_t i = 0; i < evidence->fact_count && s == OK; i++) {
        s = statement_read(arena, reader, evidence->facts[i], &fact, err);
        for (size_t k = 0; s == OK && k < fact.quantity_count; k++)
            *complete &=
                !holds_quantity(&stated, &fact.quantities[k]) || holds_quantity(&said, &fact.quantities[k]);
    }
    return s;
}
