#include "documents/document_date.h"

#include "documents/date_label.h"
#include "documents/person_birth.h"

/* Points: what a day is worth. CALLED_LINES: how far below a heading of appointments theirs stand. */
enum { CONTEXT_TOKENS = 7, PLACE_TOKENS_MAX = 6, TOP_LINES = 30, CALLED_LINES = 4, ROW_LINES = 2 };
enum {
    NO_LABEL = -1,
    IN_TEXT_POINTS = 12,
    BEHIND_NAME_POINTS = 50,
    VISIT_POINTS = 50,
    BARE_POINTS = 70,
    ASIDE_POINTS = 30,
    SIGNED_POINTS = 97,
    HEAD_POINTS = 97,
    HEAD_LINES = 5,
    TODAY_POINTS = 85
};
/* The day of a letter stands above its greeting; what it tells of happened on other days. */
enum { GREETING_LINES = 40, GREETING_TOKENS_MAX = 8, LETTER_POINTS = 98 };
/* Nobody hands in a paper that is older; a birth beside a name mostly is. */
enum { BIRTH_SURE_BEFORE = 2000 };

/* Words shortly before a date, and what it is then worth; those of WORD_BIRTH and WORD_OTHER_DAY make it worth nothing. */
static const struct {
    const char *word;
    int points;
} contexts[] = {
    { "prelevement", 100 }, { "preleve", 100 },      { "prescrit", 100 },   { "prelevee", 100 },
    { "preleves", 100 },    { "prescription", 100 }, { "ordonnance", 100 }, { "examen", 95 },
    { "examens", 90 },      { "realise", 95 },       { "realisee", 95 },    { "effectue", 95 },
    { "effectuee", 95 },    { "opere", 95 },         { "operee", 95 },      { "consultation", 95 },
    { "sortie", 96 },       { "sorti", 96 },         { "bilan", 90 },       { "compte", 85 },
    { "rendu", 85 },        { "fait", 85 },          { "seance", 90 },      { "etabli", 85 },
    { "date", 75 },         { "entree", 60 },        { "hospitalise", 60 }, { "hospitalisee", 60 },
    { "admis", 60 },        { "recu", 45 },          { "reception", 45 },   { "enregistre", 45 },
    { "valide", 40 },       { "valides", 40 },       { "validation", 40 },  { "complet", 40 },
    { "edite", 30 },        { "edition", 30 },       { "imprime", 25 },     { "impression", 25 },
    { "creation", 28 },     { "signe", 40 },         { "debut", 26 },       { "fin", 24 },
    { "dossier", 35 },
};

/* What a word says of a day behind it; NO_LABEL: nothing. */
static int word_points(const struct tokens *t, size_t i) {
    if (token_has(t, i, WORD_BIRTH | WORD_OTHER_DAY)) return 0;
    if (token_is(t, i, "jour") && i > 0 && token_in(t, i - 1, "ce a"))
        return TODAY_POINTS; /* "mis à jour le" */
    for (size_t k = 0; k < COUNT_OF(contexts); k++)
        if (token_is(t, i, contexts[k].word)) return contexts[k].points;
    return NO_LABEL;
}

/* "Dakar, le", "Fait à Dakar, le", "Dr Awa SARR, le": where or by whom something was written; no "Cardiologie, le". */
static bool is_signed(const struct tokens *t, const struct date_found *d) {
    static const uint64_t no_place =
        WORD_PROFESSION | WORD_HOUSE | WORD_DEVICE | WORD_BIRTH | WORD_OTHER_DAY | WORD_CALLED;
    if (d->from < 3 || !token_is(t, d->from - 1, "le") || !token_is_sign(t, d->from - 2, ',')) return false;
    size_t comma = d->from - 2, i = comma;
    for (; i > 0 && comma - i < PLACE_TOKENS_MAX && t->items[i - 1].cell == t->items[comma].cell; i--) {
        if (token_has(t, i - 1, no_place)) return false;
        bool sentence =
            token_is_sign(t, i - 1, '.') && i > 1 && t->items[i - 2].fold.n > 2; /* not of "Dr." */
        if (token_is(t, i - 1, "a") || sentence) return i < comma;
        if (t->items[i - 1].kind != TOKEN_WORD && !token_is_sign(t, i - 1, '-')) return false;
    }
    return i < comma && (i == 0 || t->items[i - 1].cell != t->items[comma].cell);
}

/* "Contrôle du 12/11/2026" over what was found on that day. */
static bool is_visit(const struct tokens *t, size_t i, const struct date_found *d) {
    if (!token_is(t, i, "controle") || i + 2 != d->from || !token_is(t, i + 1, "du")) return false;
    while (i > 0 && token_in(t, i - 1, "consultation visite examen de")) i--;
    return i == 0 || t->items[i - 1].cell != t->items[i].cell;
}

/*
 * What the nearest word before the day says of it, up to the day before it. Only words that can be its label make it another day than the
 * paper's, a birth whatever stands between; none does so before "Dakar, le".
 */
static int nearest_points(const struct tokens *t, const struct date_found *d, struct date_found *before) {
    size_t label = is_signed(t, d) ? d->from : date_label_from(t, d);
    *before = (struct date_found) { 0 };
    for (size_t i = d->from, seen = 0; i-- > 0 && seen < CONTEXT_TOKENS; seen++) {
        int points = word_points(t, i);
        if (is_visit(t, i, d)) return VISIT_POINTS;
        if (points > 0 || (points == 0 && (i >= label || token_has(t, i, WORD_BIRTH)))) return points;
        if (!token_is_sign(t, i, '/') && date_fr_at(t, i, before)) break;
    }
    return NO_LABEL;
}

/* "Valable du 01/01/2026 au 31/12/2026": the end of a range is no more the paper's day than its start. */
static int label_points(const struct tokens *t, const struct date_found *d) {
    struct date_found start, before;
    int points = nearest_points(t, d, &start);
    bool range = start.to + 1 == d->from && token_is(t, start.to, "au");
    return points == NO_LABEL && range && nearest_points(t, &start, &before) == 0 ? 0 : points;
}

/* "avant le 14/02/2027", and a day below "Date d'expiration". */
static bool is_deadline(const struct sheet *s, size_t line, const struct date_found *d) {
    const struct tokens *t = &s->tokens[line].tokens, *above;
    size_t from, to, at = d->from > 0 && token_is(t, d->from - 1, "le") ? d->from - 1 : d->from;
    if (at > 0 && token_is(t, at - 1, "avant")) return true;
    if (!date_label_above(s, line, d, &above, &from, &to)) return false;
    for (size_t i = to; i-- > from;)
        if (word_points(above, i) != NO_LABEL) return word_points(above, i) == 0;
    return false;
}

/* "(le 29/12/2025, après une nuit blanche)": an aside; what a word outside says is not said of it. */
static bool is_aside(const struct tokens *t, const struct date_found *d) {
    for (size_t i = d->from, seen = 0; i-- > 0 && seen < CONTEXT_TOKENS; seen++) {
        if (token_is_sign(t, i, '(') || token_is_sign(t, i, '[')) return true;
        if (token_is_sign(t, i, ')') || token_is_sign(t, i, ']') || word_points(t, i) != NO_LABEL)
            return false;
    }
    return false;
}

static bool ends_cell(const struct tokens *t, const struct date_found *d) {
    return d->to >= t->count || t->items[d->to].cell != t->items[d->from].cell;
}

/* Nothing else stands in its cell, or only what heads the paper: "BLOC OPERATOIRE - 14/04/2026". */
static bool fills_cell(const struct tokens *t, const struct date_found *d) {
    size_t before = d->from - 1;
    bool begins = d->from == 0 || t->items[before].cell != t->items[d->from].cell;
    bool behind_words =
        !begins && before > 0 && token_is_sign(t, before, '-') && t->items[before - 1].kind == TOKEN_WORD;
    return ends_cell(t, d) && (begins || behind_words);
}

/* Only a place or "le" before the date: "Dakar le 15 novembre 2024". */
static bool is_bare(const struct tokens *t, const struct date_found *d) {
    size_t words = 0;
    for (size_t i = d->from; i-- > 0 && t->items[i].cell == t->items[d->from].cell;)
        words += t->items[i].kind == TOKEN_WORD && !token_is(t, i, "le");
    return words <= 3;
}

/* Before "le" nothing or a place. */
static bool is_alone(const struct tokens *t, const struct date_found *d) {
    for (size_t i = d->from - 1; i-- > 0 && t->items[i].cell == t->items[d->from].cell;)
        if (token_is_lower(t, i) && !token_is(t, i, "a")) return false;
    return is_bare(t, d) && ends_cell(t, d);
}

/* What a day without a label is worth where it stands. */
static int place_points(const struct sheet *s, size_t line, const struct date_found *d,
                        enum document_kind kind) {
    const struct tokens *t = &s->tokens[line].tokens;
    struct date_found first;
    if (d->date.year < BIRTH_SURE_BEFORE) return 0;
    if (is_signed(t, d)) return SIGNED_POINTS;
    if (d->from && token_is(t, d->from - 1, "au"))
        return kind == KIND_REPORT && date_fr_next(t, 0, &first) && first.to < d->from ? 97 : 20;
    if (d->from && token_is(t, d->from - 1, "du"))
        return kind == KIND_LABORATORY || kind == KIND_IMAGING ? 75 : kind == KIND_PRESCRIPTION ? 27 : 60;
    if (d->from && token_is(t, d->from - 1, "le")) return is_alone(t, d) ? 80 : 35;
    if (d->from == 0 && line > 0) {
        const struct tokens *above = &s->tokens[line - 1].tokens;
        int points = above->count && above->count < 6 ? word_points(above, above->count - 1) : NO_LABEL;
        if (points != NO_LABEL) return points;
    }
    bool signs =
        kind == KIND_REPORT || kind == KIND_PRESCRIPTION || kind == KIND_CERTIFICATE || kind == KIND_IMAGING;
    if (signs && line < HEAD_LINES && fills_cell(t, d) && !sheet_table_at(s, line)) return HEAD_POINTS;
    if (line < TOP_LINES && is_bare(t, d)) return ends_cell(t, d) || d->from == 0 ? BARE_POINTS : 55;
    return IN_TEXT_POINTS;
}

/* Somebody wrote on that day: "Fait le", "Dakar, le". */
static bool is_written(const struct tokens *t, const struct date_found *d) {
    for (size_t i = d->from, seen = 0; i-- > 0 && seen < CONTEXT_TOKENS; seen++)
        if (word_points(t, i) != NO_LABEL) return token_has(t, i, WORD_WRITTEN);
    return is_signed(t, d);
}

/* What a date on a line is worth. under_calls: it stands below a heading of appointments. */
static int weigh(const struct sheet *s, size_t line, const struct date_found *d,
                 const struct date_about *about, bool under_calls) {
    const struct tokens *t = &s->tokens[line].tokens;
    if (person_is_birth_below(s, line, d) || date_is_called(s, line, d) || is_deadline(s, line, d)) return 0;
    /* A paper that is nothing else names the day on which it was written, or none. */
    if (under_calls && about->kind == KIND_OTHER && !is_written(t, d)) return 0;
    bool to_come = about->received.year && date_compare(d->date, about->received) > 0;
    bool other = (under_calls || to_come) && !is_signed(t, d);
    if (person_is_behind_name(t, d))
        return other || d->date.year < BIRTH_SURE_BEFORE ? 0 : BEHIND_NAME_POINTS;
    int points = label_points(t, d);
    if (points == NO_LABEL) points = other ? 0 : place_points(s, line, d, about->kind);
    return points > ASIDE_POINTS && is_aside(t, d) ? ASIDE_POINTS : points;
}

/* For how many lines more days are those of appointments: all of a paper that is nothing else, else some lines below their heading. */
static size_t calls_reach(const struct tokens *t, enum document_kind kind, size_t reach) {
    struct date_found d;
    if (date_heads_calls(t)) return kind == KIND_OTHER ? SIZE_MAX : CALLED_LINES;
    if (reach == SIZE_MAX || reach == 0) return reach;
    return date_fr_next(t, 0, &d) ? CALLED_LINES : reach - 1;
}

/* The line of the page that greets ("Cher confrère,", "Madame, Monsieur,"), or its number of lines: what stands above heads a letter. */
static size_t greeting_line(const struct sheet *s) {
    for (size_t i = 0; i < s->page->count && i < GREETING_LINES; i++) {
        const struct tokens *t = &s->tokens[i].tokens;
        size_t at = token_in(t, 0, "mon ma mes") ? 1 : 0;
        bool greets = token_in(t, at, "cher chere chers cheres confrere consoeur dear") ||
                      (token_in(t, 0, "madame monsieur docteur") && token_is_sign(t, t->count - 1, ','));
        if (greets && t->count <= GREETING_TOKENS_MAX) return i;
    }
    return s->page->count;
}

/* A row of a list that goes on from day to day: the lines around begin with days as well. */
static bool is_row(const struct sheet *s, size_t line, const struct date_found *d) {
    struct date_found other;
    size_t from = line > ROW_LINES ? line - ROW_LINES : 0, rows = 0;
    if (d->from != 0) return false;
    for (size_t i = from; i <= line + ROW_LINES && i < s->page->count; i++)
        rows += date_fr_at(&s->tokens[i].tokens, 0, &other);
    return rows > ROW_LINES;
}

void document_date_read(const struct sheet *s, const struct date_about *about, struct date_choice *best) {
    size_t greeting = about->kind == KIND_REPORT ? greeting_line(s) : s->page->count;
    size_t called = 0;
    for (size_t i = 0; i < s->page->count; i++) {
        const struct tokens *t = &s->tokens[i].tokens;
        const struct table *table = sheet_table_at(s, i);
        struct date_found d;
        called = calls_reach(t, about->kind, called);
        for (size_t from = 0, nth = 0; date_fr_next(t, from, &d); from = d.to) {
            int points = s->vaccinated[i] ? 0 : weigh(s, i, &d, about, called > 0);
            if (greeting < s->page->count && i < greeting && points >= BARE_POINTS) points = LETTER_POINTS;
            if (table && i >= table->first && points == BARE_POINTS)
                points = table_column_of(table, COLUMN_START) < table->column_count ? 26 : 10;
            if (table && i < table->first && points > 0)
                points = nth++ ? 0 : 58; /* over the column of current results; a birth is no column */
            if (s->claimed[i] && points < 40) points = points ? 5 : 0;
            bool row = points > 0 && is_row(s, i, &d);
            if (row && points > IN_TEXT_POINTS) points = IN_TEXT_POINTS;
            bool later = row && points == best->points && date_compare(d.date, best->date) > 0;
            if (points <= best->points && !later) continue;
            best->points = points;
            best->date = d.date;
        }
    }
}
