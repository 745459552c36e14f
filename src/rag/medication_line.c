#include "rag/medication_line.h"

#include "base/utf8.h"
#include "rag/rag_words.h"

enum { QUOTE_SHOWN_MAX = 300 };

static bool add_part(struct draft *d, struct str *line, const char *between, struct str part) {
    if (part.n == 0) return true;
    return arena_printf(d->arena, line, "%.*s%s%.*s", STR_ARG(*line), line->n ? between : "", STR_ARG(part));
}

static bool changes_over_time(struct str folded) {
    static const char *const words[] = { "puis ",    "diminu",     "augment",    "progressi",
                                         "alterner", "1 jour sur", "un jour sur" };
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_find(folded, str_from_c(words[i])) < folded.n) return true;
    return false;
}

/* "1", and "1/2" of "1 cp + 1/2": the rest of a dose, which said behind it would be another dose. */
static bool is_bare_number(struct str part) {
    size_t digits = 0;
    while (digits < part.n && (is_digit(part.p[digits]) || strchr("/+ ", part.p[digits]))) digits++;
    return part.n && digits == part.n;
}

/* A part of a printed sentence from which another field was taken: "au cours du repas du" (soir), "(matin, midi", "1" (semaine). */
static bool is_torn(struct str folded) {
    int open = 0;
    for (size_t i = 0; i < folded.n; i++) open += (folded.p[i] == '(') - (folded.p[i] == ')');
    while (folded.n) {
        size_t n = str_find(folded, STR(", "));
        struct str part = str_trim(str_sub(folded, 0, n)), word;
        folded = str_sub(folded, n + 2, folded.n);
        if (is_bare_number(part)) return true;
        do word = str_next_word(&part, " '");
        while (part.n);
        if (word_in(word, &words_line_link)) return true;
    }
    return open != 0;
}

/* A regime that changes must be said whole: the fields hold it when the instruction does (documents/medication.h). */
static bool fields_are_whole(struct draft *d, const struct fact *f, bool *whole) {
    struct str quote, instruction;
    if (!utf8_fold(d->arena, f->quote, &quote) || !utf8_fold(d->arena, f->instruction, &instruction))
        return false;
    *whole = (f->dose.n || f->frequency.n) && (!changes_over_time(quote) || changes_over_time(instruction)) &&
             !is_torn(instruction);
    return true;
}

/* Two fields as they are printed behind each other ("1 sachet x 3/j"); empty: they are not. */
static struct str as_printed(struct str quote, struct str first, struct str second) {
    enum { BETWEEN_MAX = 3 };
    size_t at = str_find(quote, first), end = at + first.n;
    if (first.n == 0 || second.n == 0 || at == quote.n) return (struct str) { "", 0 };
    size_t next = str_find(str_sub(quote, end, quote.n), second);
    if (end + next >= quote.n || next > BETWEEN_MAX) return (struct str) { "", 0 };
    return str_sub(quote, at, next + first.n + second.n);
}

static bool duration_words(struct draft *d, struct str quote, struct str duration, struct str *out) {
    bool bare = duration.n && is_digit(duration.p[0]);
    const char *during = say(SAY_DURING, d->out->language);
    struct str printed;
    if (!arena_printf(d->arena, &printed, "for %.*s", STR_ARG(duration))) return false;
    if (str_find(quote, printed) < quote.n) during = "for";
    if (bare) return arena_printf(d->arena, out, "%s %.*s", during, STR_ARG(duration));
    *out = duration;
    return true;
}

/* How often it may be renewed, when that is asked: a bare number in a table, which says nothing to who did not ask. */
static struct str asked_renewals(const struct draft *d, const struct fact *f) {
    for (size_t i = 0; i < d->tokens->count; i++)
        if (str_starts(d->tokens->items[i].folded, STR("renouvel"))) return f->renewals;
    return (struct str) { "", 0 };
}

static bool renewal_words(struct draft *d, const struct fact *f, struct str *out) {
    *out = asked_renewals(d, f);
    if (out->n == 0) return true;
    return arena_printf(d->arena, out, "%s : %.*s", say(SAY_RENEWALS, d->out->language), STR_ARG(*out));
}

/* "Lisinopril 10mg, 1 comprimé par jour, pendant 7 jours" */
static bool line_of_fields(struct draft *d, const struct fact *f, struct str *line) {
    struct str name, strength, duration, renewals, dose = { "", 0 };
    if (!utf8_fold(d->arena, f->name, &name) || !utf8_fold(d->arena, f->strength, &strength)) return false;
    bool strength_in_name = strength.n && str_find(name, strength) < name.n;
    *line = (struct str) { "", 0 };
    dose = as_printed(f->quote, f->dose, f->frequency);
    return add_part(d, line, "", f->name) && (strength_in_name || add_part(d, line, " ", f->strength)) &&
           (dose.n || (add_part(d, &dose, " ", f->dose) && add_part(d, &dose, " ", f->frequency))) &&
           add_part(d, line, ", ", dose) && duration_words(d, f->quote, f->duration, &duration) &&
           add_part(d, line, ", ", duration) && renewal_words(d, f, &renewals) &&
           add_part(d, line, ", ", renewals) && add_part(d, line, ", ", f->instruction);
}

/* Every word and number of a cell stands somewhere in the row. */
static enum status row_holds(struct draft *d, struct str cell, const struct tokens *row, bool *holds) {
    struct tokens t;
    enum status s = text_tokens(d->reader, d->arena, cell, TEXT_DOCUMENT, &t, d->err);
    *holds = s == OK;
    for (size_t i = 0; s == OK && i < t.count && *holds; i++) {
        /* "puis" joins the regimes of one row (documents/medication.h). */
        bool found = str_eq(t.items[i].folded, STR("puis"));
        for (size_t k = 0; k < row->count && !found; k++)
            found = str_eq(t.items[i].folded, row->items[k].folded);
        *holds = found;
    }
    return s;
}

/* The cell stands on the page word for word, line ends aside: an instruction below its row. */
static enum status page_holds(struct draft *d, const struct record_fact *f, struct str cell, bool *holds) {
    *holds = false;
    for (size_t i = 0; i < d->record->chunk_count && !*holds; i++) {
        const struct record_chunk *c = &d->record->chunks[i];
        struct str text;
        if (c->document != f->document || c->page != f->fact.page) continue;
        if (!draft_flatten(d, c->text, &text)) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
        *holds = str_find(text, cell) < text.n;
    }
    return OK;
}

/* Each part of the cells ("…, …") is borne by the row or stands on the page. */
static enum status cells_are_borne(struct draft *d, const struct record_fact *f, struct str cells,
                                   bool *borne) {
    struct tokens row;
    enum status s = text_tokens(d->reader, d->arena, f->fact.quote, TEXT_DOCUMENT, &row, d->err);
    *borne = true;
    while (s == OK && cells.n && *borne) {
        size_t n = str_find(cells, STR(", "));
        struct str part = str_sub(cells, 0, n);
        cells = str_sub(cells, n + 2, cells.n);
        s = row_holds(d, part, &row, borne);
        if (s == OK && !*borne) s = page_holds(d, f, part, borne);
    }
    return s;
}

/* The cells of a table's row as its quote: "PARACETAMOL | 500 mg | 1 à 2 comprimés | 3 fois/j". */
static bool quote_of_cells(struct draft *d, const struct fact *f, struct str *out) {
    const struct str cells[] = { f->name,     f->strength,          f->form,       f->dose, f->frequency,
                                 f->duration, asked_renewals(d, f), f->instruction };
    *out = (struct str) { "", 0 };
    for (size_t i = 0; i < COUNT_OF(cells); i++)
        if (!add_part(d, out, " | ", cells[i])) return false;
    return true;
}

static enum status speak_fields(struct draft *d, const struct record_fact *rf, struct spoken_line *out,
                                bool *spoken) {
    const struct fact *f = &rf->fact;
    const struct str cells[] = { f->name,     f->strength,          f->form,       f->dose, f->frequency,
                                 f->duration, asked_renewals(d, f), f->instruction };
    bool whole;
    *spoken = false;
    if (!fields_are_whole(d, f, &whole)) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    if (!whole) return OK;
    if (!line_of_fields(d, f, &out->line)) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    out->quote = f->quote;
    *spoken = guard_line_stands(d->arena, out->line, f->quote);
    if (*spoken) return OK;
    bool borne = true;
    for (size_t i = 0; i < COUNT_OF(cells) && borne; i++) {
        enum status s = cells_are_borne(d, rf, cells[i], &borne);
        if (s != OK) return s;
    }
    if (!quote_of_cells(d, f, &out->quote)) return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    *spoken = borne && guard_line_stands(d->arena, out->line, out->quote);
    return OK;
}

/* "100 pg": no medicine is so weak; the camera took µg for it, and who reads it aloud may take it for mg. */
static bool holds_misread_unit(struct str quote) {
    static const char *const units[] = { "pg", "jg", "yg" };
    for (size_t i = 1; i + 1 < quote.n; i++) {
        size_t number = quote.p[i - 1] == ' ' && i > 1 ? i - 2 : i - 1;
        bool ends = i + 2 == quote.n || !is_ascii_letter(quote.p[i + 2]);
        if (!is_digit(quote.p[number]) || !ends) continue;
        for (size_t k = 0; k < COUNT_OF(units); k++)
            if (str_eq(str_sub(quote, i, 2), str_from_c(units[k]))) return true;
    }
    return false;
}

/* "… pendant tout le traitement à la": the printed line goes on below; with what it ends in, when the paper has it. */
static struct str whole_quote(const struct draft *d, const struct record_fact *f) {
    struct str quote = f->fact.quote;
    if (!text_ends_open(quote)) return quote;
    for (size_t i = 0; i < d->record->chunk_count; i++) {
        const struct record_chunk *c = &d->record->chunks[i];
        size_t at = str_find(c->text, quote), end = at + quote.n;
        if (c->document != f->document || c->page != f->fact.page || at == c->text.n || end >= c->text.n)
            continue;
        size_t next = text_line_behind(c->text, end);
        struct str below = text_line_at(c->text, next);
        if (next >= c->text.n || below.n == 0) return quote;
        return str_sub(c->text, at, (size_t)(below.p - c->text.p) + below.n - at);
    }
    return quote;
}

enum status medication_speak(struct draft *d, const struct record_fact *rf, struct spoken_line *out) {
    const struct fact *f = &rf->fact;
    struct str quote, shown;
    bool spoken;
    *out = (struct spoken_line) { .line = str_from_c(say(SAY_UNREADABLE, d->out->language)),
                                  .unreadable = true };
    if (f->confidence < CONFIDENCE_READABLE) return OK;
    out->unreadable = false;
    bool sure = f->confidence >= CONFIDENCE_SURE && !holds_misread_unit(f->quote);
    if (sure) {
        enum status s = speak_fields(d, rf, out, &spoken);
        if (s != OK || spoken) return s;
    }
    const char *doubt = !sure ? say(SAY_UNSURE, d->out->language) : "";
    out->quote = whole_quote(d, rf);
    if (!draft_flatten(d, out->quote, &quote) || !draft_shorten(d, quote, QUOTE_SHOWN_MAX, &shown) ||
        !arena_printf(d->arena, &out->line, "« %.*s »%s", STR_ARG(shown), doubt))
        return fail(d->err, E_LIMIT, NULL, "no memory for an answer");
    return OK;
}
