#include "documents/person_birth.h"

#include "documents/person_name.h"

#include <stdlib.h>

enum {
    LABEL_TOKENS_MAX = 8,
    SIGN_LINES = 20,
    NEAR_LINES = 2,
    BELOW_STEP_PERCENT = 260,
    YEAR_FIRST = 1900,
    YEAR_LAST = 2099
};
enum { NUMBER_DIGITS = 13, NUMBER_DIGITS_WITH_KEY = 15, AGE_MAX = 120 };

static bool is_born_word(const struct tokens *t, size_t i) {
    return token_has(t, i, WORD_BIRTH) && !(token_is(t, i, "ne") && token_is(t, i + 1, "pas"));
}

/* "d'un garçon né le …", "Mère : …, née le": somebody else's. */
static bool is_others_birth(const struct tokens *t, size_t i) {
    static const char words[] = "garcon bebe accouche accouchement jumeau jumeaux jumelle vivant nouveau";
    for (size_t k = i, seen = 0; k-- > 0 && seen < LABEL_TOKENS_MAX; seen++)
        if (token_in(t, k, words)) return true;
    for (size_t k = i, seen = 0; k-- > 0 && seen < LABEL_TOKENS_MAX; seen++)
        if (person_is_another_before(t, k + 1)) return true;
    return false;
}

/* The label of a birth before token `to`, or `to`. Another day between them takes it. */
static size_t label_before(const struct tokens *t, size_t to) {
    for (size_t i = to, seen = 0; i-- > 0 && seen < LABEL_TOKENS_MAX; seen++)
        if (is_born_word(t, i)) return i;
    return to;
}

static int figure(char c) {
    return is_digit(c) ? c - '0' : -1;
}

/* "12031980", "12 03 1980": a day whose figures nothing parts. */
static size_t match_bare_day(const struct tokens *t, size_t i, struct date *day) {
    char digits[8];
    size_t n = 0, at = i;
    while (at < t->count && at - i < 3 && n < sizeof digits && token_is_number(t, at)) {
        struct str s = t->items[at].fold;
        if (s.n + n > sizeof digits || (at > i && t->items[at].cell != t->items[i].cell)) return i;
        for (size_t k = 0; k < s.n; k++) {
            if (figure(s.p[k]) < 0) return i;
            digits[n++] = s.p[k];
        }
        at++;
    }
    bool parted = at == i + 3 && t->items[i].fold.n == 2 && t->items[i + 1].fold.n == 2;
    if (n != sizeof digits || !(at == i + 1 || parted) || token_is_number(t, at)) return i;
    day->day = figure(digits[0]) * 10 + figure(digits[1]);
    day->month = figure(digits[2]) * 10 + figure(digits[3]);
    day->year =
        figure(digits[4]) * 1000 + figure(digits[5]) * 100 + figure(digits[6]) * 10 + figure(digits[7]);
    return date_is_valid(*day) && day->year >= YEAR_FIRST && day->year <= YEAR_LAST ? at : i;
}

/* A day at token i, whole or in bare figures, that can be a birth. */
static size_t match_birth(const struct tokens *t, size_t i, struct date *day) {
    struct date_found d;
    if (!date_fr_at(t, i, &d)) return match_bare_day(t, i, day);
    if (d.short_year && d.date.year >= 2000) return i;
    *day = d.date;
    return d.to;
}

/* Do boxes share a part of the width? */
static bool overlap(const struct box *a, const struct box *b) {
    return a->x < b->x + b->w && b->x < a->x + a->w;
}

static const struct box *cell_box(const struct sheet *s, size_t line, size_t token) {
    const struct line *l = &s->page->lines[line];
    size_t cell = s->tokens[line].tokens.items[token].cell;
    return cell < l->cell_count ? &l->cells[cell].box : &l->box;
}

size_t person_cell_below(const struct sheet *s, size_t line, size_t i) {
    if (line + 1 >= s->page->count || sheet_step_percent(s, line) > BELOW_STEP_PERCENT) return SIZE_MAX;
    const struct tokens *below = &s->tokens[line + 1].tokens;
    for (size_t k = 0; k < below->count; k++)
        if (overlap(cell_box(s, line, i), cell_box(s, line + 1, k))) return k;
    return SIZE_MAX;
}

/* A label of a birth on the line above, with nothing behind it: at its end, or in the cell over token i. */
static bool label_above(const struct sheet *s, size_t line, size_t i) {
    if (line == 0 || sheet_step_percent(s, line - 1) > BELOW_STEP_PERCENT) return false;
    const struct tokens *t = &s->tokens[line - 1].tokens;
    struct date_found d;
    struct date bare;
    for (size_t k = 0; k < t->count; k++) {
        if (!is_born_word(t, k) || is_others_birth(t, k)) continue;
        size_t end = k + 1;
        bool said = false;
        while (end < t->count && t->items[end].cell == t->items[k].cell) {
            said |= date_fr_at(t, end, &d) || match_bare_day(t, end, &bare) > end;
            end++;
        }
        if (!said && ((end == t->count && i == 0 && end - k <= 3) ||
                      overlap(cell_box(s, line - 1, k), cell_box(s, line, i))))
            return true;
    }
    return false;
}

void person_read_birth(const struct sheet *s, size_t line, struct persons *p) {
    const struct tokens *t = &s->tokens[line].tokens;
    for (size_t i = 0; i < t->count && p->birth.year == 0; i++) {
        struct date day;
        size_t end = match_birth(t, i, &day);
        if (end == i) continue;
        size_t label = label_before(t, i);
        bool labelled = label < i && !is_others_birth(t, label);
        if (labelled || (label == i && label_above(s, line, i))) p->birth = day;
        i = end - 1;
    }
}

static size_t skip_parting(const struct tokens *t, size_t i) {
    while (token_is_sign(t, i, ',') || token_is_sign(t, i, '(') || token_is_sign(t, i, '-') ||
           token_is_sign(t, i, ':'))
        i++;
    return i;
}

/* The name that starts at token i, a civility before it, when it is plausibly the patient's: behind it, or i. */
static size_t match_block_name(const struct tokens *t, size_t i, size_t *from, bool *civil) {
    size_t at = i;
    *civil = token_has(t, at, WORD_CIVILITY) && !token_has(t, at + 1, WORD_DOCTOR);
    if (*civil) at += token_is_sign(t, at + 1, '.') ? 2 : 1;
    size_t end = person_match_name(t, at), words = 0;
    bool capitals = false, other = person_is_another_before(t, i) || person_is_another_behind(t, end);
    for (size_t k = at; k < end; k++) {
        words += t->items[k].kind == TOKEN_WORD;
        capitals |= person_is_all_capital(t->items[k].text);
        other |= token_has(t, k, WORD_ANALYTE | WORD_MONTH | WORD_WEEKDAY | WORD_FORM);
    }
    *from = at;
    return words >= 2 && words <= 5 && capitals && !other ? end : i;
}

bool person_is_birth_below(const struct sheet *s, size_t line, const struct date_found *d) {
    return label_before(&s->tokens[line].tokens, d->from) == d->from && label_above(s, line, d->from);
}

bool person_is_behind_name(const struct tokens *t, const struct date_found *d) {
    for (size_t i = 0; i < d->from; i++) {
        size_t from;
        bool civil;
        size_t end = match_block_name(t, i, &from, &civil);
        if (end > i && civil && skip_parting(t, end) == d->from) return true;
    }
    return false;
}

size_t person_name_before_birth(const struct tokens *t, size_t *from) {
    for (size_t i = *from; i < t->count; i++) {
        bool civil;
        size_t start, end = match_block_name(t, i, &start, &civil);
        if (end == i) continue;
        size_t next = skip_parting(t, end);
        *from = start;
        if ((token_is(t, next, "ne") || token_is(t, next, "nee")) && !is_others_birth(t, next)) return end;
        i = end - 1;
    }
    return *from;
}

/* "2 79 03 51 215 189 89", "279035121518989": sex, year and month of birth. */
static size_t match_number(const struct tokens *t, size_t i, struct person_signs *out) {
    char digits[NUMBER_DIGITS_WITH_KEY];
    size_t n = 0, at = i;
    while (at < t->count && n < sizeof digits && token_is_number(t, at)) {
        struct str s = t->items[at].fold;
        if (s.n + n > sizeof digits) break;
        for (size_t k = 0; k < s.n; k++) {
            if (figure(s.p[k]) < 0) return i;
            digits[n++] = s.p[k];
        }
        at++;
    }
    if ((n != NUMBER_DIGITS && n != NUMBER_DIGITS_WITH_KEY) || (digits[0] != '1' && digits[0] != '2'))
        return i;
    int month = figure(digits[3]) * 10 + figure(digits[4]);
    if (month < 1 || month > 12 || person_is_another_before(t, i)) return i;
    out->number_year = figure(digits[1]) * 10 + figure(digits[2]);
    out->number_month = month;
    return at;
}

/* A name that is a cell by itself, over or under token i of a line nearby. */
static struct str name_near(const struct sheet *s, size_t line, size_t i, bool *civil) {
    for (size_t k = line > NEAR_LINES ? line - NEAR_LINES : 0; k <= line + NEAR_LINES && k < s->page->count;
         k++) {
        const struct tokens *t = &s->tokens[k].tokens;
        for (size_t c = 0; c < t->count && k != line; c++) {
            size_t from, end = match_block_name(t, c, &from, civil);
            bool whole = end > c && (c == 0 || t->items[c - 1].cell != t->items[c].cell) &&
                         (end == t->count || t->items[end].cell != t->items[c].cell);
            if (whole && overlap(cell_box(s, k, c), cell_box(s, line, i))) return tokens_text(t, from, end);
        }
    }
    return STR("");
}

static void take_block(struct person_signs *out, struct str name, struct date day, bool civil) {
    if (name.n == 0 || out->birth.year) return;
    out->name = name;
    out->birth = day;
    out->civil = civil;
}

/* "45 ans" */
static void read_age(const struct tokens *t, struct person_signs *out) {
    for (size_t i = 0; i + 1 < t->count && out->age < 0; i++) {
        if (!token_is_number(t, i) || t->items[i].fold.n > 3 || !token_is(t, i + 1, "ans")) continue;
        int age = 0;
        for (size_t k = 0; k < t->items[i].fold.n && age >= 0; k++) {
            int f = figure(t->items[i].fold.p[k]);
            age = f < 0 ? -1 : age * 10 + f;
        }
        if (age <= AGE_MAX) out->age = age;
    }
}

void person_read_signs(const struct sheet *s, size_t line, struct person_signs *out) {
    const struct tokens *t = &s->tokens[line].tokens;
    if (line >= SIGN_LINES || sheet_table_at(s, line)) return;
    read_age(t, out);
    for (size_t i = 0; i < t->count; i++) {
        struct date day;
        bool civil;
        size_t from, end = match_number(t, i, out);
        if (end > i) {
            i = end - 1;
            continue;
        }
        end = match_block_name(t, i, &from, &civil);
        if (end > i) {
            size_t next = skip_parting(t, end);
            if (match_birth(t, next, &day) > next) take_block(out, tokens_text(t, from, end), day, civil);
            i = end - 1;
            continue;
        }
        end = match_birth(t, i, &day);
        bool alone = end > i && (i == 0 || t->items[i - 1].cell != t->items[i].cell) &&
                     (end == t->count || t->items[end].cell != t->items[i].cell);
        if (alone && label_before(t, i) == i) {
            struct str name = name_near(s, line, i, &civil);
            take_block(out, name, day, false);
        }
        if (end > i) i = end - 1;
    }
}
