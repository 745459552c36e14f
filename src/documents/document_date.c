#include "documents/document_date.h"

#include "documents/person_birth.h"

enum { CONTEXT_TOKENS = 7, TOP_LINES = 30, BARE_POINTS = 70, IN_TEXT_POINTS = 12, BEHIND_NAME_POINTS = 50 };
/* The day of a letter stands above its greeting; what it tells of happened on other days. */
enum { GREETING_LINES = 40, GREETING_TOKENS_MAX = 8, LETTER_POINTS = 98 };
/* Nobody hands in a paper that is older; a birth beside a name mostly is. */
enum { BIRTH_SURE_BEFORE = 2000 };

/* Words shortly before a date, and what it is then worth; 0: not the date of the document. The one nearest to the date decides. */
static const struct {
    const char *words;
    int points;
} contexts[] = {
    { "naissance", 0 },      { "nee", 0 },          { "ne", 0 },           { "ddn", 0 },
    { "rendez", 0 },         { "rdv", 0 },          { "dob", 0 },          { "birth", 0 },
    { "born", 0 },           { "dn", 0 },           { "naiss", 0 },        { "cesarienne", 0 },
    { "depuis", 0 },         { "jusqu", 0 },        { "valable", 0 },      { "peremption", 0 },
    { "revoir", 0 },         { "controle", 0 },     { "anterieur", 0 },    { "anterieurs", 0 },
    { "anteriorite", 0 },    { "precedent", 0 },    { "vaccin", 0 },       { "opere", 0 },
    { "regles", 0 },         { "ddr", 0 },          { "terme", 0 },        { "prelevement", 100 },
    { "preleve", 100 },      { "prescrit", 100 },   { "prelevee", 100 },   { "preleves", 100 },
    { "prescription", 100 }, { "ordonnance", 100 }, { "examen", 95 },      { "examens", 90 },
    { "realise", 95 },       { "realisee", 95 },    { "effectue", 95 },    { "effectuee", 95 },
    { "consultation", 95 },  { "sortie", 96 },      { "bilan", 90 },       { "compte", 85 },
    { "rendu", 85 },         { "fait", 85 },        { "seance", 90 },      { "etabli", 85 },
    { "date", 75 },          { "entree", 60 },      { "hospitalise", 60 }, { "hospitalisee", 60 },
    { "admis", 60 },         { "recu", 45 },        { "reception", 45 },   { "enregistre", 45 },
    { "valide", 40 },        { "valides", 40 },     { "validation", 40 },  { "complet", 40 },
    { "edite", 30 },         { "edition", 30 },     { "imprime", 25 },     { "impression", 25 },
    { "creation", 28 },      { "signe", 40 },       { "debut", 26 },       { "fin", 24 },
    { "dossier", 35 },
};

static int context_points(const struct tokens *t, size_t i) {
    for (size_t k = 0; k < COUNT_OF(contexts); k++)
        if (token_is(t, i, contexts[k].words)) return contexts[k].points;
    return -1;
}

/* Only a place or "le" before the date, and little after it: "Dakar, le 15 novembre 2024". */
static bool is_bare(const struct tokens *t, const struct date_found *d) {
    size_t words = 0;
    for (size_t i = d->from; i-- > 0 && t->items[i].cell == t->items[d->from].cell;)
        words += t->items[i].kind == TOKEN_WORD && !token_is(t, i, "le");
    return words <= 3;
}

/* "Revoir avec bilan le 13/05/2026": a day to come, whatever else the words before it say. */
static bool is_day_to_come(const struct tokens *t, const struct date_found *d) {
    for (size_t i = d->from, seen = 0; i-- > 0 && seen < CONTEXT_TOKENS; seen++) {
        if (token_in(t, i, "revoir prochain prochaine prochains prochaines rdv rv")) return true;
        if (token_is_sign(t, i, '.')) break;
    }
    return false;
}

/* What a date on a line is worth where it stands: labels before it, or on the line above. */
static int weigh(const struct sheet *s, size_t line, const struct date_found *d, enum document_kind kind) {
    const struct tokens *t = &s->tokens[line].tokens;
    if (person_is_birth_below(s, line, d) || is_day_to_come(t, d)) return 0;
    if (person_is_behind_name(t, d)) return d->date.year < BIRTH_SURE_BEFORE ? 0 : BEHIND_NAME_POINTS;
    for (size_t i = d->from, seen = 0; i-- > 0 && seen < CONTEXT_TOKENS; seen++) {
        struct date_found other;
        int points = context_points(t, i);
        if (points >= 0) return points;
        if (token_is_sign(t, i, '/') || !date_fr_at(t, i, &other)) continue;
        break; /* words before another date are that one's */
    }
    if (d->date.year < BIRTH_SURE_BEFORE) return 0;
    bool range_start = d->from && (token_is(t, d->from - 1, "du") || token_is(t, d->from - 1, "au"));
    if (d->from && token_is(t, d->from - 1, "au")) return kind == KIND_REPORT ? 97 : 20;
    if (range_start)
        return kind == KIND_LABORATORY || kind == KIND_IMAGING ? 75 : kind == KIND_PRESCRIPTION ? 27 : 60;
    if (d->from && token_is(t, d->from - 1, "le")) return is_bare(t, d) ? 80 : 35;
    if (d->from == 0 && line > 0) {
        const struct tokens *above = &s->tokens[line - 1].tokens;
        int points = above->count && above->count < 6 ? context_points(above, above->count - 1) : -1;
        if (points >= 0) return points;
    }
    if (line < TOP_LINES && is_bare(t, d))
        return d->to >= t->count || t->items[d->to].cell != t->items[d->from].cell || d->from == 0
                   ? BARE_POINTS
                   : 55;
    return IN_TEXT_POINTS;
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

void document_date_read(const struct sheet *s, enum document_kind kind, struct date_choice *best) {
    size_t greeting = kind == KIND_REPORT ? greeting_line(s) : s->page->count;
    for (size_t i = 0; i < s->page->count; i++) {
        const struct tokens *t = &s->tokens[i].tokens;
        const struct table *table = sheet_table_at(s, i);
        struct date_found d;
        for (size_t from = 0, nth = 0; date_fr_next(t, from, &d); from = d.to) {
            int points = s->vaccinated[i] ? 0 : weigh(s, i, &d, kind);
            if (greeting < s->page->count && i < greeting && points >= BARE_POINTS) points = LETTER_POINTS;
            if (table && i >= table->first && points == BARE_POINTS)
                points = table_column_of(table, COLUMN_START) < table->column_count ? 26 : 10;
            if (table && i < table->first && points > 0)
                points = nth++ ? 0 : 58; /* over the column of current results; a birth is no column */
            if (s->claimed[i] && points < 40) points = points ? 5 : 0;
            if (points <= best->points) continue;
            best->points = points;
            best->date = d.date;
        }
    }
}
