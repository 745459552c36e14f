/*
 * compose_lab_row -- what a laboratory's paper prints beside a value and below it: the value of another day, in a column of its own, in brackets or
 * as "antériorité"; and what a value is meant to be ("INR cible : 2,5 à 3,5"). Shown as printed, for whose it is only the columns tell.
 */
#include "base/utf8.h"
#include "language/day_token.h"
#include "language/names.h"
#include "language/when_word.h"
#include "rag/draft.h"
#include "rag/paper.h"
#include "rag/rag_words.h"

enum { LINES_BELOW_MAX = 3, LINES_ABOVE_MAX = 20, TARGETS_MAX = 3, HEAD_WORDS_MAX = 2, ROW_BYTES_MAX = 200 };

/* A row of a passage, with where it stands. */
struct row {
    const struct record_chunk *chunk;
    struct str line;
    size_t at; /* byte in the passage */
};

static enum status tokens_of(struct draft *d, struct str line, struct tokens *t) {
    return text_tokens(d->reader, d->arena, line, TEXT_DOCUMENT, t, d->err);
}

/* The month of a row leaves out its year: the last one before the paper's day. */
static struct date month_of(const struct record_document *doc, int year, int month) {
    if (year < 1950) year = doc->date.year - (month > doc->date.month);
    return (struct date) { year, month, 1 };
}

/* A day, or the first of a month, that stands at token i; year 0: none does. */
static struct date day_at(const struct record_document *doc, struct str line, const struct tokens *t,
                          size_t i) {
    struct day_token day;
    int64_t month, year;
    if (day_token_at(line, t, i, &day)) return day.date;
    if (doc->date.year && day_token_short_at(line, t, i, &day)) {
        day.date.year = month_of(doc, 0, day.date.month).year;
        return day.date;
    }
    if (doc->date.year && when_month(t, i)) return month_of(doc, when_number(t, i + 1), when_month(t, i));
    bool two = i + 1 < t->count && t->items[i].number && t->items[i + 1].number &&
               t->items[i + 1].at == t->items[i].at + t->items[i].bytes + 1 &&
               line.p[t->items[i + 1].at - 1] == '/';
    bool read = two && str_to_i64(t->items[i].folded, &month) && str_to_i64(t->items[i + 1].folded, &year);
    if (!read || month < 1 || month > 12 || year < 1950 || year > 2100) return (struct date) { 0 };
    return (struct date) { (int)year, (int)month, 1 };
}

/* The time that is asked for begins in that month, or holds that day. */
static bool is_asked_time(const struct when *w, struct date day) {
    bool month = day.year == w->from.year && day.month == w->from.month && day.day == 1;
    return day.year && (when_holds(w, day) || month);
}

static bool says_before(struct str folded) {
    static const char *const words[] = { "anter", "precedent", "resultat du", "ancien" };
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_find(folded, str_from_c(words[i])) < folded.n) return true;
    return false;
}

static bool find_row(const struct draft *d, const struct record_fact *f, struct row *out) {
    struct str first = text_line_at(f->fact.quote, 0);
    for (size_t i = 0; i < d->record->chunk_count && first.n; i++) {
        const struct record_chunk *c = &d->record->chunks[i];
        if (c->document != f->document || c->page != f->fact.page) continue;
        for (size_t at = 0; at < c->text.n; at = text_line_behind(c->text, at)) {
            struct str line = text_line_at(c->text, at);
            if (line.n > ROW_BYTES_MAX || str_find(line, first) == line.n) continue;
            *out = (struct row) { c, line, at };
            return true;
        }
    }
    return false;
}

/* Figures that are neither the value nor its reference, and are no part of the name. */
static bool has_other_figure(const struct tokens *t, const struct fact *f) {
    struct str rest[] = { f->value, f->reference, f->name, f->unit };
    size_t known = 0, figures = 0;
    for (size_t i = 0; i < t->count; i++) figures += t->items[i].number;
    for (size_t k = 0; k < COUNT_OF(rest); k++)
        for (size_t i = 0; i < rest[k].n; i++)
            known += is_digit(rest[k].p[i]) && (i == 0 || !is_digit(rest[k].p[i - 1]));
    return figures > known;
}

/* "PTH 612 - - 130 - 585": a cell of the row is empty, and only its columns tell of which day the value is. */
bool compose_lab_has_empty_cell(struct str quote) {
    for (size_t i = 1; i + 1 < quote.n; i++) {
        bool alone = quote.p[i] == '-' && quote.p[i - 1] == ' ' && quote.p[i + 1] == ' ';
        struct str before = str_trim(str_sub(quote, 0, i)), behind = str_trim(str_sub(quote, i + 1, quote.n));
        bool range = before.n && is_digit(before.p[before.n - 1]) && behind.n && is_digit(behind.p[0]);
        if (alone && !range) return true;
    }
    return false;
}

static bool add_line(struct draft *d, const struct row *row, struct str line) {
    struct str shown, flat;
    const struct record_chunk *c = row->chunk;
    if (!draft_flatten(d, line, &flat) ||
        !arena_printf(d->arena, &shown, "« %.*s »%s", STR_ARG(flat),
                      c->confidence < CONFIDENCE_SURE ? say(SAY_UNSURE, d->out->language) : ""))
        return false;
    draft_item(d, shown, c->document, c->page, line);
    return true;
}

/* The heads of the columns: the nearest line above that is words of time. */
static enum status head_of(struct draft *d, const struct row *row, struct str *head) {
    const struct record_document *doc = &d->record->documents[row->chunk->document];
    struct str text = row->chunk->text;
    int above = 0;
    *head = (struct str) { "", 0 };
    for (size_t at = row->at; at > 0 && above < LINES_ABOVE_MAX; above++) {
        size_t start = at - 1;
        while (start > 0 && text.p[start - 1] != '\n') start--;
        struct str line = text_line_at(text, start), folded;
        struct tokens t;
        enum status s = tokens_of(d, line, &t);
        if (s != OK) return s;
        if (!utf8_fold(d->arena, line, &folded))
            return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
        size_t times = 0, words = 0;
        for (size_t i = 0; i < t.count; i++) {
            bool inside = i && t.items[i].number && t.items[i - 1].number;
            bool time = !inside && day_at(doc, line, &t, i).year != 0;
            bool column = word_in(t.items[i].folded, &words_table_heading);
            times += time;
            words += !time && !column && !t.items[i].number;
        }
        bool heads = times && words <= times + HEAD_WORDS_MAX;
        if ((heads || (t.count <= 8 && says_before(folded))) && line.n <= ROW_BYTES_MAX) {
            *head = line;
            return OK;
        }
        at = start;
    }
    return OK;
}

/* Whether the line says something of another day; of the time asked for, when one is. */
enum place { BESIDE, BELOW, ABOVE };
static enum status tells_before(struct draft *d, const struct row *row, struct str line, enum place place,
                                bool *tells) {
    const struct record_document *doc = &d->record->documents[row->chunk->document];
    struct str folded;
    struct tokens t;
    bool day = false, asked = false, figure = false;
    enum status s = tokens_of(d, line, &t);
    if (s != OK) return s;
    if (!utf8_fold(d->arena, line, &folded)) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    for (size_t i = 0; i < t.count; i++) {
        struct date at = day_at(doc, line, &t, i);
        day |= at.year != 0;
        asked |= d->when->said && is_asked_time(d->when, at);
        figure |= t.items[i].number;
    }
    bool begins = t.count && day_at(doc, line, &t, 0).year != 0;
    bool told =
        place == BELOW ? begins || says_before(folded) : day || (place == ABOVE && says_before(folded));
    *tells = (figure || place == ABOVE) && told && (!d->when->said || asked);
    return OK;
}

/* The lines below a row that go on with it. */
static enum status add_below(struct draft *d, const struct row *row, bool *said_row) {
    struct str text = row->chunk->text;
    size_t at = text_line_behind(text, row->at);
    for (int k = 0; k < LINES_BELOW_MAX && at < text.n; k++, at = text_line_behind(text, at)) {
        struct str line = text_line_at(text, at), folded;
        bool tells;
        if (!utf8_fold(d->arena, line, &folded))
            return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
        struct tokens t;
        enum status s = tokens_of(d, line, &t);
        if (s == OK) s = tells_before(d, row, line, BELOW, &tells);
        if (s != OK) return s;
        bool goes_on = says_before(folded) ||
                       (t.count && day_at(&d->record->documents[row->chunk->document], line, &t, 0).year);
        if (!goes_on) break;
        if (!tells) continue;
        if (!*said_row && !add_line(d, row, row->line))
            return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
        *said_row = true;
        if (!add_line(d, row, line)) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    }
    return OK;
}

enum status compose_lab_row(struct draft *d, const struct record_fact *f) {
    struct row row;
    struct str head = { "", 0 };
    struct tokens t;
    bool tells = false, said = false;
    if (f->fact.confidence < CONFIDENCE_READABLE || !find_row(d, f, &row)) return OK;
    enum status s = tokens_of(d, row.line, &t);
    if (s != OK) return s;
    s = tells_before(d, &row, row.line, BESIDE, &tells);
    bool columns = has_other_figure(&t, &f->fact) || compose_lab_has_empty_cell(f->fact.quote);
    if (s == OK && !tells && columns) s = head_of(d, &row, &head);
    if (s == OK && head.n) s = tells_before(d, &row, head, ABOVE, &tells);
    if (s != OK) return s;
    if (head.n && tells && !add_line(d, &row, head))
        return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    if (tells && !add_line(d, &row, row.line)) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    said = tells;
    return add_below(d, &row, &said);
}

static bool names_asked(const struct draft *d, const struct tokens *t) {
    for (size_t i = 0; i < t->count; i++)
        for (size_t k = 0; k < d->tokens->count; k++) {
            const struct token *asked = &d->tokens->items[k];
            if (!d->subject->lab[k]) continue;
            if (str_eq(asked->folded, t->items[i].folded)) return true;
            if (names_lab(asked->folded) && names_lab(asked->folded) == names_lab(t->items[i].folded))
                return true;
        }
    return false;
}

bool compose_lab_asks_target(const struct draft *d) {
    bool must = false, be = false;
    for (size_t i = 0; i < d->tokens->count; i++) {
        struct str word = d->tokens->items[i].folded;
        if (word_in(word, &words_goal)) return true;
        must |= word_in(word, &words_must);
        be |= word_in(word, &words_be_within);
    }
    return must && be;
}

/* "INR cible 2,5 - 3,5", "Objectif : HbA1c < 7 %": the line names the value, says that it is a goal, and how much. */
static enum status is_target(struct draft *d, struct str line, bool *is) {
    struct tokens t;
    bool goal = false, figure = false;
    enum status s = tokens_of(d, line, &t);
    for (size_t i = 0; s == OK && i < t.count; i++) {
        goal |= word_in(t.items[i].folded, &words_goal);
        figure |= t.items[i].number;
    }
    *is = s == OK && goal && figure && names_asked(d, &t);
    return s;
}

enum status compose_lab_target(struct draft *d) {
    size_t found = 0;
    uint32_t last = UINT32_MAX;
    for (size_t i = d->record->chunk_count; i > 0 && found < TARGETS_MAX; i--) {
        const struct record_chunk *c = &d->record->chunks[i - 1];
        if (!paper_is_readable(d, c)) continue;
        for (size_t at = 0; at < c->text.n && found < TARGETS_MAX; at = text_line_behind(c->text, at)) {
            const struct row row = { c, text_line_at(c->text, at), at };
            struct str words;
            bool is;
            enum status s = is_target(d, row.line, &is);
            if (s != OK) return s;
            if (!is) continue;
            if (!draft_document_words(d, &d->record->documents[c->document], &words))
                return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
            if (c->document != last) {
                draft_line(d);
                draft_say_of(d, SAY_PASSAGE, words);
            }
            last = c->document;
            if (!add_line(d, &row, row.line)) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
            found++;
        }
    }
    return OK;
}
