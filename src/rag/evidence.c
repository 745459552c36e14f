#include "rag/evidence.h"

#include "base/utf8.h"
#include "guard/injection.h"
#include "language/lang.h"
#include "language/names.h"
#include "rag/citation.h"
#include "rag/outdated.h"
#include "rag/treatment.h"
#include "understanding/relatives.h"
#include "search/search.h"
#include "understanding/question_core.h"
#include "understanding/understand.h"

enum { FOUND_MAX = 16, NEIGHBOURS_OF_MAX = 3, NEIGHBOUR_WORDS_MIN = 10 };

/* Lighter groups of words are everyday words. */
static const float MEANING_WEIGHT_MIN = 0.5F;

#define NO_CHUNK UINT32_MAX

struct gathering {
    const struct answer_books *books;
    struct arena *arena;
    const struct record *record;
    const struct asked *asked;
    const struct rag_answer *local;
    struct text_reader *reader;
    struct understood understood;
    struct outdated *outdated;
    struct evidence *out;
    uint32_t chunks[EVIDENCE_PASSAGES_MAX]; /* of the passages */
    size_t bytes;
    bool
        of_answer; /* these are passages of the answer without a model: only to be judged, they may be in another language */
    struct err *err;
};

static enum status no_memory(const struct gathering *g) {
    return fail(g->err, E_LIMIT, NULL, "no memory for evidence");
}

static const struct record_document *document_of(const struct gathering *g, uint32_t chunk) {
    return &g->record->documents[g->record->chunks[chunk].document];
}

static bool add_word(struct arena *arena, struct str word, struct str *words) {
    return arena_printf(arena, words, "%.*s%s%.*s", STR_ARG(*words), words->n ? " " : "", STR_ARG(word));
}

/* Medicines that the question names, their substances, and those of the record that it means by another name or by what they are for. */
static enum status read_medicines(struct gathering *g, const struct tokens *tokens) {
    struct str names = STR("");
    struct tokens t;
    bool fits = true;
    for (size_t i = 0; i < tokens->count && fits; i++) {
        struct str folded = tokens->items[i].folded;
        if (names_is_medicine(folded))
            fits = add_word(g->arena, folded, &names) &&
                   add_word(g->arena, names_substances(folded, false), &names);
    }
    for (size_t i = 0; i < g->record->fact_count && fits; i++) {
        const struct fact *f = &g->record->facts[i].fact;
        if (g->understood.subject.fact[i] && f->type == FACT_MEDICATION)
            fits = add_word(g->arena, f->name_folded, &names);
    }
    if (!fits) return no_memory(g);
    enum status s = text_tokens(g->reader, g->arena, names, TEXT_DOCUMENT, &t, g->err);
    for (size_t i = 0; s == OK && i < t.count; i++)
        if (!t.items[i].stop && !t.items[i].number &&
            !add_word(g->arena, t.items[i].stem, &g->out->medicines))
            return no_memory(g);
    return s;
}

/* The question, and the subject of the conversation where it only says "ça". */
static enum status read_question(struct gathering *g, struct tokens *tokens, bool **required) {
    const struct to_understand asked = { .text = g->asked->text,
                                         .today = g->asked->today,
                                         .before = g->asked->has_context ? &g->asked->context : NULL };
    struct understood *u = &g->understood;
    struct str text = g->asked->text;
    enum status s = understand(g->books->intents, g->reader, g->arena, g->record, &asked, u, g->err);
    if (s == OK)
        s = demand_read(g->books->demands, g->arena, &u->tokens, &u->subject, &u->reading, &g->out->demands,
                        g->err);
    if (s != OK) return s;
    g->out->names_time = u->when.said || u->reading.earlier;
    if (u->reading.subject_from_context) {
        if (!arena_dup(g->arena, g->asked->context.subject, &g->out->subject) ||
            !arena_printf(g->arena, &text, "%.*s %.*s", STR_ARG(text), STR_ARG(g->out->subject)))
            return no_memory(g);
    }
    s = text_tokens(g->reader, g->arena, text, TEXT_QUESTION, tokens, g->err);
    if (s == OK)
        s = injection_find(g->books->injection, g->arena, tokens, &g->out->question_is_injected, g->err);
    *required = arena_array(g->arena, tokens->count + 1, sizeof **required);
    if (s == OK && !*required) return no_memory(g);
    for (size_t i = 0; i < tokens->count && s == OK; i++) {
        bool named = i >= u->tokens.count || u->subject.drug[i] || u->subject.lab[i] || u->reading.disease[i];
        (*required)[i] = named && !tokens->items[i].stop && !tokens->items[i].number;
    }
    return s == OK ? read_medicines(g, tokens) : s;
}

/* Passages are said in their own words: in another language than the patient's they could not be. Wolof papers there are none. */
static bool is_foreign(const struct gathering *g, const struct tokens *text) {
    bool english = g->local->language == LANG_EN;
    return (lang_read(text, english ? LANG_EN : LANG_FR) == LANG_EN) != english;
}

/* Nothing that must be said with a warning, or is not for the patient; and how it stands. */
static enum status is_plain(const struct gathering *g, uint32_t chunk, struct evidence_standing *standing,
                            bool *plain) {
    const struct record_chunk *c = &g->record->chunks[chunk];
    const struct record_document *doc = document_of(g, chunk);
    struct tokens heading, text;
    bool injected = false;
    *plain = false;
    if (c->confidence < CONFIDENCE_READABLE || doc->names_another) return OK;
    enum status s = text_tokens(g->reader, g->arena, c->heading, TEXT_DOCUMENT, &heading, g->err);
    if (s == OK) s = text_tokens(g->reader, g->arena, c->text, TEXT_DOCUMENT, &text, g->err);
    if (s == OK) s = injection_find(g->books->injection, g->arena, &text, &injected, g->err);
    if (s != OK || injected) return s;
    bool relatives = relatives_are_named(&heading) || relatives_are_named(&text);
    bool of_family = relatives && !relatives_are_named(&g->understood.tokens);
    bool unsure = c->confidence < CONFIDENCE_SURE;
    *plain = true;
    *standing = (struct evidence_standing) { .prescribes = doc->id == 0 || doc->kind == KIND_PRESCRIPTION,
                                             .unsure = unsure,
                                             .quoted = unsure || of_family || is_foreign(g, &text) };
    return outdated_find(g->outdated, chunk, &standing->outdated, g->err);
}

static bool is_there(const struct gathering *g, uint32_t chunk) {
    for (size_t i = 0; i < g->out->count; i++)
        if (g->chunks[i] != NO_CHUNK &&
            str_eq(g->record->chunks[g->chunks[i]].text, g->record->chunks[chunk].text))
            return true;
    return false;
}

static enum status add_author(struct gathering *g, struct str author) {
    struct evidence *out = g->out;
    for (size_t i = 0; i < out->author_count; i++)
        if (str_eq(out->authors[i], author)) return OK;
    if (author.n == 0) return OK;
    /* One a passage: there is room. */
    return arena_dup(g->arena, author, &out->authors[out->author_count++]) ? OK : no_memory(g);
}

/* What does not fit is left out whole: half a sentence may say the contrary. */
static enum status add_chunk(struct gathering *g, uint32_t chunk) {
    const struct record_chunk *c = &g->record->chunks[chunk];
    const struct record_document *doc = document_of(g, chunk);
    struct evidence *out = g->out;
    bool plain, headed = c->heading.n && !str_starts(c->text, c->heading);
    size_t bytes = doc->title.n + c->heading.n + c->text.n;
    if (out->count == EVIDENCE_PASSAGES_MAX || g->bytes + bytes > EVIDENCE_BYTES_MAX || is_there(g, chunk))
        return OK;
    enum status s = is_plain(g, chunk, &out->standing[out->count], &plain);
    if (s != OK || !plain) return s;
    struct rag_source *p = &out->passages[out->count];
    *p =
        (struct rag_source) { .document_id = doc->id,
                              .page = c->page,
                              .date = doc->date,
                              .corrected_by = record_corrected_by(g->record, c->document, c->page, c->text) };
    struct str heading = headed ? c->heading : STR("");
    if (!arena_dup(g->arena, doc->title, &p->title) ||
        !arena_printf(g->arena, &p->quote, "%.*s%s%.*s", STR_ARG(heading), headed ? "\n" : "",
                      STR_ARG(c->text)))
        return no_memory(g);
    out->standing[out->count].heading_bytes = p->quote.n - c->text.n;
    g->chunks[out->count++] = chunk;
    g->bytes += bytes;
    return add_author(g, doc->author);
}

/* A line of a fact, which the answer without a model states. */
static enum status keep_fact(struct gathering *g, uint32_t document, const struct rag_source *src) {
    for (size_t i = 0; i < g->record->fact_count; i++) {
        const struct record_fact *f = &g->record->facts[i];
        if (f->document != document || f->fact.page != src->page || f->fact.quote.n == 0) continue;
        if (str_find(f->fact.quote, src->quote) == f->fact.quote.n &&
            str_find(src->quote, f->fact.quote) == src->quote.n)
            continue;
        return arena_dup(g->arena, src->quote, &g->out->facts[g->out->fact_count++]) ? OK : no_memory(g);
    }
    return OK;
}

/* Where the passage is not to be shown, only what the patient is told of it, to be judged: family and orders to a program stay here all the same. */
static enum status add_quote(struct gathering *g, const struct rag_source *src, bool *there) {
    struct evidence *out = g->out;
    struct tokens text;
    bool injected = false, of_another = false;
    if (out->count == EVIDENCE_PASSAGES_MAX || g->bytes + src->title.n + src->quote.n > EVIDENCE_BYTES_MAX)
        return OK;
    for (size_t i = 0; i < g->record->document_count; i++)
        of_another |= g->record->documents[i].id == src->document_id && g->record->documents[i].names_another;
    enum status s = text_tokens(g->reader, g->arena, src->quote, TEXT_DOCUMENT, &text, g->err);
    if (s == OK) s = injection_find(g->books->injection, g->arena, &text, &injected, g->err);
    if (s != OK || injected || of_another) return s;
    if (relatives_are_named(&text) && !relatives_are_named(&g->understood.tokens)) return OK;
    struct rag_source *p = &out->passages[out->count];
    *p = *src;
    out->standing[out->count] = (struct evidence_standing) { 0 };
    if (!arena_dup(g->arena, src->title, &p->title) || !arena_dup(g->arena, src->quote, &p->quote))
        return no_memory(g);
    g->chunks[out->count++] = NO_CHUNK;
    g->bytes += src->title.n + src->quote.n;
    out->only_judged = *there = true;
    return OK;
}

static enum status add_source(struct gathering *g, const struct rag_source *src, bool *there) {
    enum status s = OK;
    *there = false;
    if (src->collection != COLLECTION_RECORD) return OK;
    for (uint32_t k = 0; k < g->record->chunk_count && s == OK && !*there; k++) {
        const struct record_chunk *c = &g->record->chunks[k];
        if (document_of(g, k)->id != src->document_id || c->page != src->page) continue;
        if (!citation_stands(c->text, src->quote)) continue;
        s = add_chunk(g, k);
        *there = is_there(g, k);
    }
    if (s == OK && !*there) s = add_quote(g, src, there);
    for (uint32_t k = 0; k < g->record->document_count && s == OK; k++)
        if (g->record->documents[k].id == src->document_id) s = keep_fact(g, k, src);
    return s;
}

/* The passages of the answer without a model. When one must not be shown, that answer has words that a model would lose. */
static enum status add_local(struct gathering *g, bool *all) {
    enum status s = OK;
    *all = true;
    /* Of a refusal they are only what came closest. */
    size_t count = g->local->refused ? 0 : g->local->source_count;
    for (size_t i = 0; i < count && s == OK && *all; i++) s = add_source(g, &g->local->sources[i], all);
    return s;
}

static bool is_of_local(const struct gathering *g, uint32_t chunk) {
    for (size_t i = 0; i < g->out->local_count; i++)
        if (g->out->passages[i].document_id == document_of(g, chunk)->id) return true;
    return false;
}

/* How to take a medicine that our facts know: no older paper may speak in the place of a newer one. */
static bool may_speak(const struct gathering *g, uint32_t chunk) {
    enum intent intent = g->local->intent;
    bool takes = intent == INTENT_DOSAGE || intent == INTENT_INSTRUCTIONS ||
                 intent == INTENT_CURRENT_MEDICATION || intent == INTENT_LAST_PRESCRIPTION;
    return g->local->refused || !takes || g->out->fact_count == 0 || is_of_local(g, chunk);
}

/* What the question asks about, and other words for it. */
static enum status read_words(struct gathering *g, const struct search_query *q) {
    for (size_t i = 0; i < q->count; i++)
        if (q->terms[i].group >= 0 && q->group_weight[q->terms[i].group] >= MEANING_WEIGHT_MIN &&
            !add_word(g->arena, q->terms[i].stem, &g->out->words))
            return no_memory(g);
    return OK;
}

static enum status add_found(struct gathering *g, const struct tokens *tokens, const bool *required) {
    struct search_query query;
    struct passage found[FOUND_MAX];
    size_t count = 0;
    bool all;
    enum status s = add_local(g, &all);
    if (s == OK && !all) g->out->count = 0;
    if (s != OK || !all) return s;
    g->out->local_count = g->out->count;
    s = search_query_read(g->reader, g->arena, g->books->expander, g->record, tokens, required, &query,
                          g->err);
    if (s == OK) s = read_words(g, &query);
    if (s != OK) return s;
    query.near = g->asked->near;
    s = search_passages(g->record, &query, g->arena, found, FOUND_MAX, &count, g->err);
    for (size_t i = 0; i < count && s == OK; i++)
        if (may_speak(g, found[i].chunk)) s = add_chunk(g, found[i].chunk);
    return s;
}

/* A sentence may end on the next passage, and begin on the one before; a letterhead says nothing. */
static enum status add_neighbour(struct gathering *g, uint32_t document, uint32_t chunk) {
    const struct record_chunk *c = &g->record->chunks[chunk];
    return c->document == document && c->words >= NEIGHBOUR_WORDS_MIN ? add_chunk(g, chunk) : OK;
}

static enum status add_neighbours(struct gathering *g) {
    size_t best = g->out->count < NEIGHBOURS_OF_MAX ? g->out->count : NEIGHBOURS_OF_MAX;
    enum status s = OK;
    for (size_t i = 0; i < best && s == OK; i++) {
        uint32_t chunk = g->chunks[i];
        if (chunk == NO_CHUNK) continue;
        uint32_t document = g->record->chunks[chunk].document;
        if (g->record->documents[document].id == 0) continue; /* its texts are of different things */
        if (chunk + 1 < g->record->chunk_count) s = add_neighbour(g, document, chunk + 1);
        if (s == OK && chunk > 0) s = add_neighbour(g, document, chunk - 1);
    }
    return s;
}

/* Our words may have missed those of a paper: whatever there is room for, the latest first. The patient's file has few, and is not for the outside. */
static enum status add_rest(struct gathering *g) {
    const struct record *r = g->record;
    uint32_t *order = arena_array(g->arena, r->document_count + 1, sizeof *order);
    enum status s = OK;
    if (!order) return no_memory(g);
    for (uint32_t i = 0; i < r->document_count; i++) {
        uint32_t at = i;
        for (; at && treatment_is_later(&r->documents[i], &r->documents[order[at - 1]]); at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    for (uint32_t i = 0; i < r->document_count; i++)
        for (uint32_t k = 0; k < r->chunk_count && s == OK; k++)
            if (r->chunks[k].document == order[i] && r->documents[order[i]].id != 0 && may_speak(g, k))
                s = add_chunk(g, k);
    return s;
}

enum status evidence_gather(const struct answer_books *books, struct arena *arena,
                            const struct record *record, const struct asked *asked,
                            const struct rag_answer *local, struct evidence *out, struct err *err) {
    struct gathering g = { .books = books,
                           .arena = arena,
                           .record = record,
                           .asked = asked,
                           .local = local,
                           .out = out,
                           .err = err };
    struct asked core = *asked;
    struct tokens tokens;
    bool *required = NULL;
    *out = (struct evidence) { .subject = STR(""), .medicines = STR(""), .words = STR("") };
    enum status s = text_reader_open(arena, &g.reader, err);
    if (s == OK) s = question_core(books->intents, g.reader, arena, asked->text, &core.text, err);
    g.asked = &core;
    if (s == OK) s = outdated_new(arena, g.reader, record, &g.outdated, err);
    if (s == OK) s = read_question(&g, &tokens, &required);
    if (s != OK || out->question_is_injected) return s;
    s = add_found(&g, &tokens, required);
    if (s == OK) s = add_neighbours(&g);
    return s == OK ? add_rest(&g) : s;
}
