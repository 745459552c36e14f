/*
 * compose_passage -- the passages of the record that speak of what was asked, quoted as they are printed.
 *
 * Of a passage the lines that hold the question's words are shown, with what stands between them.
 */
#include "base/utf8.h"
#include "rag/draft.h"
#include "rag/names.h"
#include "rag/relatives.h"
#include "rag/treatment.h"
#include "rag/words.h"

enum {
    ROOM_BYTES = 400,
    FRAME_BYTES = 150,
    CANDIDATES = 5,
    SHOWN_MAX = 2,
    EXCERPT_BYTES_MAX = 420,
    LINES_MAX = 128,
    LINES_BELOW = 3
};

/* A second passage is shown when it is nearly as good. */
static const float SECOND_SHARE = 0.8F;
static const float ALONE_SHARE = 0.7F; /* that the next one would have, where there is none */

/* A line or sentence of a passage, and how much of the question it holds. */
struct piece {
    size_t at, bytes;
    float held;
    int required;   /* words of it that a passage must hold */
    bool figure;    /* holds a number: else what it speaks of may stand below */
    bool relatives; /* about the patient's family, which was not asked */
};

static size_t piece_end(struct str text, size_t at) {
    for (size_t i = at; i < text.n; i++) {
        if (text.p[i] == '\n') return i + 1;
        bool full_stop = strchr(".!?", text.p[i]) && i + 1 < text.n && text.p[i + 1] == ' ';
        if (full_stop && i - at > 40) return i + 2;
    }
    return text.n;
}

static enum status measure_piece(struct draft *d, const struct search_query *q, struct str text,
                                 struct piece *p) {
    struct tokens t;
    enum status s =
        text_tokens(d->reader, d->arena, str_sub(text, p->at, p->bytes), TEXT_DOCUMENT, &t, d->err);
    /* What the clinic says of mothers and children is said to them. */
    p->relatives = s == OK && d->collection == COLLECTION_RECORD && relatives_are_named(&t) &&
                   !relatives_are_named(d->tokens);
    for (size_t i = 0; i < t.count && s == OK && !p->relatives; i++) {
        p->figure |= t.items[i].number;
        uint32_t hash = text_hash(t.items[i].stem);
        for (size_t k = 0; k < q->count && !t.items[i].stop; k++) {
            const struct search_term *term = &q->terms[k];
            if (term->hash != hash || !str_eq(term->stem, t.items[i].stem)) continue;
            p->held += term->weight;
            p->required += term->group >= 0 && q->group_required[term->group];
            break;
        }
    }
    return s;
}

/* The pieces from first on that belong together: up to the last that holds something, and a few lines more when it has no figure. */
static size_t run_end(const struct piece *pieces, size_t count, size_t first) {
    size_t end = first, last = first;
    while (end < count && pieces[end].at + pieces[end].bytes - pieces[first].at <= EXCERPT_BYTES_MAX) {
        if (pieces[end].held > 0) last = end;
        end++;
    }
    if (end == first) return first + 1;
    size_t to = last + 1 + (pieces[last].figure ? 0 : LINES_BELOW);
    return to < end ? to : end;
}

/* The first pieces, whole, as far as an excerpt goes. */
static struct str beginning(struct str text, const struct piece *pieces, size_t count) {
    size_t end = 0;
    for (size_t i = 0; i < count && pieces[i].at + pieces[i].bytes <= EXCERPT_BYTES_MAX; i++)
        end = pieces[i].at + pieces[i].bytes;
    return str_trim(end ? str_sub(text, 0, end) : utf8_prefix(text, EXCERPT_BYTES_MAX));
}

/* The best run of pieces of at most EXCERPT_BYTES_MAX: it starts at a piece that holds something. Empty: nothing of the chunk itself does. */
static struct str best_run(struct str text, bool headed, const struct piece *pieces, size_t count) {
    size_t best_first = 0, best_end = 0;
    float best = -1;
    bool relatives = false;
    for (size_t first = 0; first < count; first++) {
        float held = 0;
        relatives |= pieces[first].relatives;
        if (pieces[first].held <= 0) continue;
        size_t end = run_end(pieces, count, first);
        for (size_t i = first; i < end; i++) held += pieces[i].held;
        if (held <= best) continue;
        best = held;
        best_first = first;
        best_end = end;
    }
    if (best < 0) return relatives || !headed ? (struct str) { "", 0 } : beginning(text, pieces, count);
    /* NOLINTNEXTLINE(clang-analyzer-core.uninitialized.Assign): pieces before count are filled */
    size_t from = pieces[best_first].at, to = pieces[best_end - 1].at + pieces[best_end - 1].bytes;
    return str_trim(utf8_prefix(str_sub(text, from, to - from), EXCERPT_BYTES_MAX));
}

/* A line that begins the next item: "2) …", "- …". */
static bool begins_item(struct str line) {
    line = str_trim(line);
    size_t at = 0;
    while (at < line.n && line.p[at] >= '0' && line.p[at] <= '9') at++;
    if (at == 0) return line.n && strchr("-*", line.p[0]);
    return at < line.n && strchr(").-", line.p[at]) && (at + 1 == line.n || line.p[at + 1] == ' ');
}

static enum status names_medicine(struct draft *d, struct str line, bool *named) {
    struct tokens t;
    enum status s = text_tokens(d->reader, d->arena, line, TEXT_DOCUMENT, &t, d->err);
    *named = false;
    for (size_t i = 0; s == OK && i < t.count; i++)
        *named |=
            t.items[i].folded.n >= 4 && names_is_drug(t.items[i].folded) && !names_lab(t.items[i].folded);
    return s;
}

/* Asked about one medicine: its own lines, never those of the next. */
static enum status medicine_run(struct draft *d, struct str text, const struct piece *pieces, size_t count,
                                struct str *out) {
    size_t best = 0, end;
    for (size_t i = 1; i < count; i++)
        if (pieces[i].required > pieces[best].required ||
            (pieces[i].required == pieces[best].required && pieces[i].held > pieces[best].held))
            best = i;
    for (end = best + 1; end < count; end++) {
        struct str line = str_sub(text, pieces[end].at, pieces[end].bytes);
        bool named;
        enum status s = names_medicine(d, line, &named);
        if (s != OK) return s;
        if (named || begins_item(line) ||
            pieces[end].at + pieces[end].bytes - pieces[best].at > EXCERPT_BYTES_MAX)
            break;
    }
    size_t to = pieces[end - 1].at + pieces[end - 1].bytes;
    *out = str_trim(utf8_prefix(str_sub(text, pieces[best].at, to - pieces[best].at), EXCERPT_BYTES_MAX));
    return OK;
}

enum status draft_excerpt(struct draft *d, const struct search_query *q, const struct record_chunk *c,
                          bool by_heading, struct str *out) {
    struct str text = c->text;
    struct piece pieces[LINES_MAX];
    size_t count = 0;
    for (size_t at = 0; at < text.n && count < LINES_MAX;) {
        size_t end = piece_end(text, at);
        pieces[count] = (struct piece) { .at = at, .bytes = end - at };
        enum status s = measure_piece(d, q, text, &pieces[count]);
        if (s != OK) return s;
        count++;
        at = end;
    }
    if (d->subject->names_drug && count) return medicine_run(d, text, pieces, count, out);
    *out =
        best_run(text, by_heading && (c->heading.n > 0 || d->collection == COLLECTION_ADVICE), pieces, count);
    return OK;
}

/* "2 fois par semaine" says how often, not how much. */
static bool is_rhythm(struct str from_digit) {
    size_t at = 0;
    while (at < from_digit.n && from_digit.p[at] >= '0' && from_digit.p[at] <= '9') at++;
    return str_starts(str_trim(str_sub(from_digit, at, from_digit.n)), STR("fois"));
}

/* A value is asked for: a line that only orders the test, or names it, is no answer. */
static bool lacks_result(const struct draft *d, struct str excerpt) {
    static const char *const words[] = { "absence", "negati", "normal", "positi", "presence" };
    struct str folded;
    if (d->reading->intent != INTENT_LAB_VALUE || !d->subject->names_lab) return false;
    if (!utf8_fold(d->arena, excerpt, &folded)) return true;
    for (size_t i = 0; i < folded.n; i++)
        if (folded.p[i] >= '0' && folded.p[i] <= '9' && !is_rhythm(str_sub(folded, i, folded.n)))
            return false;
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_find(folded, str_from_c(words[i])) < folded.n) return false;
    return true;
}

/* Beside other answers a passage is shortened: by whole words, so that no figure is cut. */
static struct str cut_at_word(struct str excerpt, size_t room) {
    size_t most = room > FRAME_BYTES ? room - FRAME_BYTES : 0;
    if (excerpt.n <= most) return excerpt;
    while (most && !strchr(" \n", excerpt.p[most])) most--;
    return str_trim(str_sub(excerpt, 0, most));
}

/* Does what would be quoted answer? The first that is looked at is remembered, for those who ask why. */
static enum status weigh_quote(struct draft *d, const struct search_query *q, const struct record_chunk *c,
                               struct str excerpt, float score, float next_score, bool *passes) {
    const struct passing_quote quote = { .text = excerpt,
                                         .heading = c->heading,
                                         .title = d->record->documents[c->document].title,
                                         .score = score,
                                         .visible = demand_is_visible(&d->demands),
                                         .next_score = next_score };
    struct passing passing;
    enum status s = passing_read(d->reader, d->arena, d->record, q, &quote, &passing, d->err);
    if (s != OK) return s;
    passing.met = !lacks_result(d, excerpt) &&
                  demand_is_met(d->arena, &d->demands, excerpt, d->record->documents[c->document].date);
    *passes = passing_passes(&passing);
    if (d->out->weighed.n == 0) {
        d->out->weighed = excerpt;
        d->out->passing = passing;
    }
    return OK;
}

static enum status add_passage(struct draft *d, const struct search_query *q, const struct passage *p,
                               float next_score, size_t *shown) {
    const struct record_chunk *c = &d->record->chunks[p->chunk];
    const struct record_document *doc = &d->record->documents[c->document];
    struct str excerpt, words;
    bool fits = false;
    enum status s = draft_excerpt(d, q, c, *shown == 0, &excerpt);
    if (s == OK && d->is_one_of_several) excerpt = cut_at_word(excerpt, d->room - d->text->n);
    if (s == OK && excerpt.n) s = weigh_quote(d, q, c, excerpt, p->score, next_score, &fits);
    if (s != OK) return s;
    fits = fits && d->text->n + excerpt.n + (d->is_one_of_several ? FRAME_BYTES : ROOM_BYTES) <= d->room;
    if (!fits || !draft_cite(d, c->document, c->page, excerpt)) return OK;
    if (!draft_document_words(d, doc, &words)) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    draft_line(d);
    if (doc->id == 0)
        draft_say(d, SAY_FROM_FILE);
    else
        draft_say_of(d, SAY_PASSAGE, words);
    draft_add(d, STR("\n« "));
    draft_add(d, excerpt);
    draft_add(d, STR(" »"));
    if (c->confidence < CONFIDENCE_SURE) draft_say(d, SAY_UNSURE);
    ++*shown;
    return OK;
}

/* "Antécédents familiaux" say nothing of the patient. */
static enum status heads_relatives(struct draft *d, const struct record_chunk *c, bool *heads) {
    struct tokens t;
    enum status s = text_tokens(d->reader, d->arena, c->heading, TEXT_DOCUMENT, &t, d->err);
    *heads = s == OK && relatives_are_named(&t) && !relatives_are_named(d->tokens);
    return s;
}

/* In the time that the question names; the file has none. */
static bool in_time(const struct draft *d, uint32_t chunk) {
    const struct record_document *doc = &d->record->documents[d->record->chunks[chunk].document];
    return !d->when->said || d->when->future || doc->id == 0 || when_holds(d->when, doc->date);
}

/* How to take a medicine never stands in a laboratory report: its antibiogram names medicines with other figures. What to do neither. */
static bool may_answer(const struct draft *d, uint32_t chunk) {
    enum intent intent = d->reading->intent;
    enum document_kind kind = d->record->documents[d->record->chunks[chunk].document].kind;
    bool advice = intent == INTENT_ADVICE,
         taking = intent == INTENT_DOSAGE || intent == INTENT_INSTRUCTIONS || intent == INTENT_PRESCRIBER;
    return !((advice || taking) && kind == KIND_LABORATORY) && !(advice && kind == KIND_IMAGING);
}

enum status compose_passages(struct draft *d, const bool *required) {
    struct search_query query;
    struct passage found[SEARCH_PASSAGES_MAX];
    /* What is only near in meaning may stand before what passes. */
    size_t max = d->question->near ? SEARCH_PASSAGES_MAX : CANDIDATES, count = 0, shown = 0;
    bool relatives;
    enum status s = search_query_read(d->reader, d->arena, d->books->expander, d->record, d->tokens, required,
                                      &query, d->err);
    query.near = d->question->near;
    if (s == OK) s = search_passages(d->record, &query, d->arena, found, max, &count, d->err);
    for (size_t i = 0; s == OK && i < count && shown < SHOWN_MAX; i++) {
        const struct record_chunk *c = &d->record->chunks[found[i].chunk];
        if (!found[i].complete || c->confidence < CONFIDENCE_READABLE || !in_time(d, found[i].chunk) ||
            !may_answer(d, found[i].chunk))
            continue;
        if (shown && found[i].score < SECOND_SHARE * found[0].score) break;
        s = heads_relatives(d, c, &relatives);
        if (s != OK || relatives) continue;
        /* What is not the best is not ahead of anything; nor is it a sign that nothing else was found. */
        float next_score = i ? found[i].score : count > 1 ? found[1].score : ALONE_SHARE * found[0].score;
        s = add_passage(d, &query, &found[i], next_score, &shown);
    }
    return s;
}
