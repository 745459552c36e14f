#include "documents/date_label.h"

#include "documents/person_birth.h"

enum { CALL_TOKENS = 14, ABOVE_TOKENS_MAX = 8, ABOVE_LINES_MAX = 40, CELLS_MAX = 24, HEAD_TOKENS_MAX = 7 };

/* Says nothing of the day behind it. */
static bool is_link(const struct tokens *t, size_t i) {
    return t->items[i].kind != TOKEN_WORD || token_in(t, i, "le du au a de on");
}

size_t date_label_from(const struct tokens *t, const struct date_found *d) {
    size_t from = d->from, own = d->from;
    bool said = false;
    while (from > 0 && (!said || t->items[from - 1].cell == t->items[from].cell)) {
        from--;
        said |= !is_link(t, from);
        if (t->items[from].cell == t->items[d->from].cell)
            own = from;
        else if (token_is_number(t, from))
            return own; /* "Valable 3 mois": that cell has its figure */
    }
    return said ? from : own;
}

/* The cell of the line above under which that of token i stands: its tokens. */
static bool cell_above(const struct sheet *s, size_t line, size_t i, size_t *from, size_t *to) {
    const struct tokens *above = &s->tokens[line - 1].tokens, *t = &s->tokens[line].tokens;
    if (s->page->lines[line].cell_count > CELLS_MAX || s->page->lines[line - 1].cell_count > CELLS_MAX)
        return false;
    for (size_t k = 0; k < above->count; k = *to) {
        for (*from = k, *to = k; *to < above->count && above->items[*to].cell == above->items[k].cell;)
            (*to)++;
        size_t below = person_cell_below(s, line - 1, k);
        if (below < t->count && t->items[below].cell == t->items[i].cell) return true;
    }
    return false;
}

/* "… dispensé de sport jusqu'au" at the end of the line before: the words of that line speak of a day that begins this one. */
static bool is_continued(const struct sheet *s, size_t line, const struct date_found *d) {
    const struct tokens *before = &s->tokens[line - 1].tokens;
    return d->from == 0 && before->count > 1 && token_in(before, before->count - 1, "au le du avant");
}

bool date_label_above(const struct sheet *s, size_t line, const struct date_found *d, const struct tokens **t,
                      size_t *from, size_t *to) {
    struct date_found day = *d;
    for (size_t seen = 0; line > 0 && seen < ABOVE_LINES_MAX; line--, seen++) {
        for (size_t i = date_label_from(&s->tokens[line].tokens, &day); i < day.from; i++)
            if (!is_link(&s->tokens[line].tokens, i)) return false;
        *t = &s->tokens[line - 1].tokens;
        *from = 0;
        *to = (*t)->count;
        if (is_continued(s, line, &day)) return true;
        if (!cell_above(s, line, day.from, from, to)) return false;
        bool figure = false;
        for (size_t i = *from; i < *to; i++) figure |= token_is_number(*t, i);
        if (!figure) return *to - *from <= ABOVE_TOKENS_MAX;
        if (!date_fr_next(*t, *from, &day) || day.from >= *to) return false; /* a day as well: look over it */
    }
    return false;
}

static size_t match_short(const struct tokens *t, size_t i) {
    static const char *const spellings[] = { "r . d . v", "r . v", "r - v", "r / v" };
    size_t end = i;
    for (size_t k = 0; k < COUNT_OF(spellings) && end == i; k++) end = tokens_match(t, i, spellings[k]);
    return end;
}

static bool is_named(const struct tokens *t, size_t i) {
    return token_has(t, i, WORD_APPOINTMENT) || match_short(t, i) > i;
}

/* An appointment by its name; "sur rendez-vous" is how a practice receives. */
static bool is_appointment(const struct tokens *t, size_t i) {
    return is_named(t, i) && !(i > 0 && token_in(t, i - 1, "sur sans"));
}

/* "à retirer", "à faire": something is to be done. */
static bool is_task(const struct tokens *t, size_t i) {
    if (!token_is(t, i, "a") || !token_is_lower(t, i + 1)) return false;
    struct str verb = t->items[i + 1].fold;
    bool verbal = verb.n > 3 && (str_ends(verb, STR("er")) || str_ends(verb, STR("ir")));
    return verbal || token_in(t, i + 1, "faire refaire remettre prendre");
}

/* "dans 3 mois, le …" */
static bool is_span(const struct tokens *t, size_t i) {
    return token_in(t, i, "dans ds") && token_is_number(t, i + 1) && token_has(t, i + 2, WORD_SPAN);
}

/* "Contrôle : échographie le …"; "motif : contrôle" is why somebody came. */
static bool is_control(const struct tokens *t, size_t i) {
    return token_in(t, i, "controle recontrole") && token_is_sign(t, i + 1, ':');
}

static bool is_call(const struct tokens *t, size_t i) {
    return token_has(t, i, WORD_CALLED) || is_appointment(t, i) || is_task(t, i) || is_span(t, i) ||
           is_control(t, i);
}

/* The end of a sentence, not of "R.D.V." */
static bool is_stop(const struct tokens *t, size_t i) {
    return token_is_sign(t, i, '.') && !(i > 0 && t->items[i - 1].fold.n == 1);
}

static bool calls_between(const struct tokens *t, size_t from, size_t to) {
    struct date_found other;
    for (size_t i = to, seen = 0; i-- > from && seen < CALL_TOKENS; seen++) {
        if (is_call(t, i)) return true;
        if (is_stop(t, i) || date_fr_at(t, i, &other)) return false;
    }
    return false;
}

/* "12/12/2026 à 9h : RDV de cardiologie"; "12/11/2026 : RDV dans 1 mois" is the day on which it was given. */
static bool calls_behind(const struct tokens *t, const struct date_found *d) {
    struct date_found other;
    size_t at = d->to;
    if (token_is(t, at, "a")) at++;
    at = date_fr_skip_time(t, at);
    while (token_is_sign(t, at, ':') || token_is_sign(t, at, '-') || token_is_sign(t, at, ',')) at++;
    if (!is_appointment(t, at) || date_fr_next(t, at, &other)) return false;
    for (size_t i = at; i < t->count; i++)
        if (token_in(t, i, "dans ds in")) return false;
    return true;
}

bool date_is_called(const struct sheet *s, size_t line, const struct date_found *d) {
    const struct tokens *t = &s->tokens[line].tokens, *above;
    size_t from, to;
    if (calls_between(t, date_label_from(t, d), d->from) || calls_behind(t, d)) return true;
    return date_label_above(s, line, d, &above, &from, &to) && calls_between(above, from, to);
}

bool date_heads_calls(const struct tokens *t) {
    bool named = false;
    for (size_t i = 0; i < t->count; i++) {
        if (token_is_number(t, i) || t->items[i].cell != t->items[0].cell) return false;
        named |= is_appointment(t, i);
    }
    return named && t->count <= HEAD_TOKENS_MAX &&
           (is_call(t, 0) || token_in(t, 0, "carte fiche avis bulletin ticket billet coupon rappel date"));
}
