#include "rag/draft.h"

#include "base/utf8.h"

enum {
    RESERVE_BYTES = 260,
    SHARED_RESERVE_BYTES = 120,
    SOURCE_TITLE_MAX = 80,
    SOURCES_SHOWN_MAX = 3,
    SHOWN_TITLE_MAX = 60
};

static void free_text(void *text) {
    buf_done(text);
}

enum status draft_open(struct draft *d) {
    d->text = arena_alloc(d->arena, sizeof *d->text);
    if (!d->text) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    buf_init(d->text, 8 * ANSWER_BYTES_MAX); /* of several answers, each of which may end with warnings */
    if (!arena_defer(d->arena, free_text, d->text))
        return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    return OK;
}

void draft_add(struct draft *d, struct str text) {
    buf_add(d->text, text);
}

void draft_say(struct draft *d, enum phrase_id id) {
    draft_add(d, str_from_c(say(id, d->out->language)));
}

void draft_say_of(struct draft *d, enum phrase_id id, struct str argument) {
    struct str words = str_from_c(say(id, d->out->language));
    size_t at = str_find(words, STR("{}"));
    draft_add(d, str_sub(words, 0, at));
    draft_add(d, argument);
    draft_add(d, str_sub(words, at + 2, words.n));
}

void draft_line(struct draft *d) {
    if (d->text->n) buf_add_char(d->text, '\n');
}

void draft_clear(struct draft *d) {
    buf_clear(d->text);
    d->out->source_count = 0;
    d->lines = 0;
    d->is_cut = d->names_another = false;
}

bool draft_cite(struct draft *d, uint32_t document, int page, struct str quote) {
    const struct record_document *doc = &d->record->documents[document];
    struct rag_answer *out = d->out;
    for (size_t i = 0; i < out->source_count; i++) {
        const struct rag_source *s = &out->sources[i];
        if (s->document_id == doc->id && s->page == page && str_eq(s->quote, quote)) return true;
    }
    if (out->source_count == ANSWER_SOURCES_MAX) return false;
    out->sources[out->source_count++] =
        (struct rag_source) { .document_id = doc->id,
                              .title = doc->title,
                              .page = page,
                              .quote = quote,
                              .date = doc->date,
                              .collection = d->collection,
                              .corrected_by = record_corrected_by(d->record, document, page, quote) };
    d->names_another |= doc->names_another;
    return true;
}

/* The same words from two documents are one line with two sources. */
static bool says_already(const struct draft *d, struct str line) {
    struct str text = buf_str(d->text);
    for (size_t at = str_find(text, line); at < text.n;) {
        bool begins = at >= 2 && text.p[at - 2] == '-' && text.p[at - 1] == ' ',
             ends = at + line.n == text.n || text.p[at + line.n] == '\n';
        if (begins && ends) return true;
        size_t next = str_find(str_sub(text, at + 1, text.n), line);
        at += 1 + next;
    }
    return false;
}

/* Kept free for closing words and the line of sources, which several answers share. */
static size_t reserve(const struct draft *d) {
    return d->is_one_of_several ? SHARED_RESERVE_BYTES : RESERVE_BYTES;
}

bool draft_item(struct draft *d, struct str line, uint32_t document, int page, struct str quote) {
    bool room = d->lines < ANSWER_LIST_MAX && d->text->n + line.n + reserve(d) <= d->room;
    if (!room || !draft_cite(d, document, page, quote)) {
        d->is_cut = true;
        return false;
    }
    if (says_already(d, line)) return true;
    draft_line(d);
    draft_add(d, STR("- "));
    draft_add(d, line);
    d->lines++;
    return true;
}

bool draft_day_words(struct draft *d, struct date day, struct str *out) {
    if (day.year == 0) {
        *out = str_from_c(say(SAY_NO_DATE, d->out->language));
        return true;
    }
    return arena_printf(d->arena, out, "%02d/%02d/%04d", day.day, day.month, day.year);
}

/* "Dr Martin" -> "du Dr Martin", "Laboratoire" -> "de Laboratoire". */
void draft_add_author_and_day(struct draft *d, const struct record_document *doc) {
    struct str day;
    if (doc->author.n) {
        bool doctor = str_starts(doc->author, STR("Dr")) || str_starts(doc->author, STR("DR")) ||
                      str_starts(doc->author, STR("Pr"));
        draft_say_of(d, doctor ? SAY_BY_DOCTOR : SAY_BY_PLACE, doc->author);
    }
    if (!draft_day_words(d, doc->date, &day)) return;
    if (doc->date.year) {
        draft_say_of(d, SAY_OF_DAY, day);
    } else {
        draft_add(d, STR(" "));
        draft_add(d, day);
    }
}

bool draft_document_words(struct draft *d, const struct record_document *doc, struct str *out) {
    struct str of = str_from_c(say(SAY_OF_DAY, d->out->language));
    struct str day, title = utf8_prefix(doc->title, SOURCE_TITLE_MAX);
    if (doc->date.year == 0) return arena_printf(d->arena, out, "« %.*s »", STR_ARG(title));
    return draft_day_words(d, doc->date, &day) &&
           arena_printf(d->arena, out, "« %.*s »%.*s%.*s", STR_ARG(title),
                        STR_ARG(str_sub(of, 0, str_find(of, STR("{}")))), STR_ARG(day));
}

/* Of a page that several quotes stand on: whether one of them was corrected. */
static const char *corrected_words(const struct draft *d, const struct rag_source *page) {
    for (size_t i = 0; i < d->out->source_count; i++) {
        const struct rag_source *s = &d->out->sources[i];
        if (s->document_id != page->document_id || s->page != page->page || s->collection != page->collection)
            continue;
        if (s->corrected_by == CORRECTED_BY_DOCTOR) return say(SAY_CORRECTED_BY_DOCTOR, d->out->language);
        if (s->corrected_by == CORRECTED_BY_STAFF) return say(SAY_CORRECTED_BY_STAFF, d->out->language);
    }
    return "";
}

void draft_add_caution(struct draft *d) {
    if (d->out->caution.n == 0) return;
    draft_add(d, STR("\n\n"));
    draft_add(d, d->out->caution);
}

enum status draft_add_sources(struct draft *d) {
    struct str line = { "", 0 };
    int shown = 0;
    for (size_t i = 0; i < d->out->source_count && shown < SOURCES_SHOWN_MAX; i++) {
        const struct rag_source *s = &d->out->sources[i];
        /* Of the clinic's advice its label says it all, and a sheet has one page. */
        bool again = s->document_id == 0 || s->page == 0 || s->collection == COLLECTION_ADVICE;
        for (size_t k = 0; k < i && !again; k++)
            again = d->out->sources[k].document_id == s->document_id && d->out->sources[k].page == s->page;
        if (again) continue;
        const struct record_document doc = { .title = utf8_prefix(s->title, SHOWN_TITLE_MAX),
                                             .date = s->date };
        struct str words;
        if (!draft_document_words(d, &doc, &words) ||
            !arena_printf(d->arena, &line, "%.*s%s%.*s, %s %d%s", STR_ARG(line), shown ? " ; " : "",
                          STR_ARG(words), say(SAY_PAGE, d->out->language), s->page, corrected_words(d, s)))
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

bool draft_flatten(struct draft *d, struct str quote, struct str *out) {
    char *p = arena_alloc(d->arena, quote.n + 1);
    if (!p) return false;
    for (size_t i = 0; i < quote.n; i++) p[i] = quote.p[i] == '\n' ? ' ' : quote.p[i];
    *out = (struct str) { p, quote.n };
    return true;
}

bool draft_shorten(struct draft *d, struct str text, size_t max_bytes, struct str *out) {
    struct str head = utf8_prefix(text, max_bytes);
    if (head.n == text.n) {
        *out = text;
        return true;
    }
    /* Never within a word: half a figure is another figure. */
    while (head.n && head.p[head.n - 1] != ' ') head.n--;
    return arena_printf(d->arena, out, "%.*s…", STR_ARG(head));
}

enum status draft_say_where(struct draft *d, enum phrase_id phrase, const struct record_document *doc) {
    struct str words;
    if (!draft_document_words(d, doc, &words)) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    if (doc->id == 0)
        draft_say(d, SAY_FROM_FILE);
    else
        draft_say_of(d, phrase, words);
    return OK;
}

void draft_quote(struct draft *d, struct str text) {
    draft_add(d, STR("\n« "));
    draft_add(d, text);
    draft_add(d, STR(" »"));
}

enum status draft_read_query(struct draft *d, const bool *required, const struct near_list *near,
                             struct search_query *out) {
    int64_t start_us = clock_monotonic_us();
    enum status s = search_query_read(d->reader, d->arena, d->books->expander, d->record, d->tokens, required,
                                      out, d->err);
    out->near = near;
    d->out->retrieve_us += clock_monotonic_us() - start_us;
    return s;
}

enum status draft_find_passages(struct draft *d, const struct search_query *query, struct passage *out,
                                size_t max, size_t *count) {
    int64_t start_us = clock_monotonic_us();
    enum status s = search_passages(d->record, query, d->arena, out, max, count, d->err);
    d->out->retrieve_us += clock_monotonic_us() - start_us;
    return s;
}

bool draft_is_content(const struct draft *d, size_t token) {
    const struct token *t = &d->tokens->items[token];
    return !t->stop && !t->number && t->folded.n > 2 && !d->when->tokens[token];
}

bool draft_names(const struct draft *d, size_t token, struct str stem) {
    return str_eq(d->tokens->items[token].stem, stem) || expand_says(&d->names, token, stem);
}

bool draft_asks_for(const struct draft *d, const bool *marked, const struct token *printed) {
    for (size_t i = 0; i < d->tokens->count; i++) {
        const struct token *asked = &d->tokens->items[i];
        if (marked[i] &&
            (str_eq(asked->stem, printed->stem) || expand_are_same(asked->folded, printed->folded)))
            return true;
    }
    return false;
}

struct str draft_as_typed(const struct draft *d, struct str folded) {
    for (size_t i = 0; i < d->tokens->count && folded.n; i++)
        if (str_eq(d->tokens->items[i].folded, folded))
            return token_source(d->question->text, &d->tokens->items[i]);
    return (struct str) { "", 0 };
}

/* A word that stands in a paper is not said to be missing, though nothing was found that answers. */
static bool stands_in_record(const struct draft *d, struct str folded) {
    for (size_t i = 0; i < d->tokens->count; i++) {
        const struct token *t = &d->tokens->items[i];
        if (str_eq(t->folded, folded) && postings_find(&d->record->postings, text_hash(t->stem), t->stem))
            return true;
    }
    return false;
}

void draft_refuse(struct draft *d) {
    const struct subject *s = d->subject;
    struct str folded = s->missing_drug.n ? s->missing_drug : s->missing_lab;
    struct str missing = stands_in_record(d, folded) ? STR("") : draft_as_typed(d, folded);
    draft_clear(d);
    if (d->reading->intent == INTENT_ADVICE && !d->demands.asked[DEMAND_REASON])
        draft_say(d, SAY_NO_ADVICE);
    else if (missing.n)
        draft_say_of(d, SAY_NOT_FOUND_NAMED, missing);
    else
        draft_say(d, SAY_NOT_FOUND);
    d->out->refused = true;
    d->out->tell = TELL_REFUSED;
}

enum status draft_sentence(struct draft *d, const struct record_chunk *c, struct str sentence) {
    struct str words, line, flat;
    if (!draft_document_words(d, &d->record->documents[c->document], &words) ||
        !draft_flatten(d, sentence, &flat) ||
        !arena_printf(d->arena, &line, "« %.*s »%s", STR_ARG(flat),
                      c->confidence < CONFIDENCE_SURE ? say(SAY_UNSURE, d->out->language) : ""))
        return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    if (d->lines == 0) draft_say_of(d, SAY_PASSAGE, words);
    draft_item(d, line, c->document, c->page, sentence);
    return OK;
}
