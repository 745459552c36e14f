#include "documents/date_fr.h"

enum { PIVOT_YEAR = 50, DAY_LIST_MAX = 3 };

/* The value of a string of digits, or -1: not only digits, or more than four. */
static int small_number(struct str s) {
    int v = 0;
    if (s.n == 0 || s.n > 4) return -1;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return -1;
        v = v * 10 + (s.p[i] - '0');
    }
    return v;
}

static int number_at(const struct tokens *t, size_t i) {
    return token_is_number(t, i) ? small_number(t->items[i].fold) : -1;
}

int date_fr_month(const struct tokens *t, size_t i) {
    /* French, then English papers. */
    static const char *const starts[] = { "jan", "fev", "mar", "avr", "mai", "juin", "juil", "aou",
                                          "sep", "oct", "nov", "dec", "jan", "feb",  "mar",  "apr",
                                          "may", "jun", "jul", "aug", "sep", "oct",  "nov",  "dec" };
    if (!token_has(t, i, WORD_MONTH)) return -1;
    for (size_t m = 0; m < COUNT_OF(starts); m++)
        if (str_starts(t->items[i].fold, str_from_c(starts[m]))) return (int)(m % 12) + 1;
    return -1;
}

static bool take_year(struct str digits, struct date_found *out) {
    int year = small_number(digits);
    if (year < 0 || (digits.n != 4 && digits.n != 2)) return false;
    out->short_year = digits.n == 2;
    if (out->short_year) year += year < PIVOT_YEAR ? 2000 : 1900;
    out->date.year = year;
    return true;
}

/* 14.07.1955: one token. */
static bool dotted(const struct token *token, struct date_found *out) {
    struct str rest = token->fold, part[DAY_LIST_MAX];
    for (int k = 0; k < DAY_LIST_MAX; k++) {
        size_t n = str_find_char(rest, '.');
        part[k] = str_sub(rest, 0, n);
        if ((n == rest.n) != (k == DAY_LIST_MAX - 1)) return false;
        rest = str_sub(rest, n + 1, rest.n);
    }
    out->date.day = small_number(part[0]);
    out->date.month = small_number(part[1]);
    return part[0].n <= 2 && part[1].n <= 2 && take_year(part[2], out);
}

static bool is_separator(const struct tokens *t, size_t i) {
    return token_is_sign(t, i, '/') || token_is_sign(t, i, '-');
}

/* 15/11/2024, 15-11-24, 2024-11-15, with or without spaces. */
static bool with_signs(const struct tokens *t, size_t i, struct date_found *out) {
    if (!is_separator(t, i + 1) || !is_separator(t, i + 3)) return false;
    if (t->items[i + 1].fold.p[0] != t->items[i + 3].fold.p[0]) return false;
    if (!token_is_number(t, i + 2) || !token_is_number(t, i + 4)) return false;
    struct str first = t->items[i].fold, last = t->items[i + 4].fold;
    bool year_first = first.n == 4;
    out->to = i + 5;
    out->date.month = number_at(t, i + 2);
    out->date.day = small_number(year_first ? last : first);
    if (t->items[i + 2].fold.n > 2 || (year_first ? last.n : first.n) > 2) return false;
    return take_year(year_first ? first : last, out);
}

/* 15 novembre 2024, 1er mars 2024, 15 nov. 24. */
static bool with_month_name(const struct tokens *t, size_t i, struct date_found *out) {
    size_t at = i + 1;
    out->date.day = number_at(t, i);
    if (token_is(t, at, "er") || token_is(t, at, "ier")) at++;
    if (token_is_sign(t, at, '-')) at++;
    out->date.month = date_fr_month(t, at);
    if (out->date.month < 0) return false;
    at++;
    if (token_is_sign(t, at, '.') || token_is_sign(t, at, '-')) at++;
    if (!token_is_number(t, at)) return false;
    out->to = at + 1;
    return take_year(t->items[at].fold, out);
}

bool date_fr_at(const struct tokens *t, size_t i, struct date_found *out) {
    *out = (struct date_found) { .from = i, .to = i + 1 };
    if (!token_is_number(t, i)) return false;
    if (i && token_is_number(t, i - 1) && t->items[i].glued) return false;
    bool found = dotted(&t->items[i], out);
    if (!found) found = with_signs(t, i, out) || with_month_name(t, i, out);
    return found && date_is_valid(out->date);
}

bool date_fr_short_at(const struct tokens *t, size_t i, struct date_found *out) {
    enum { LEAP_YEAR = 2024 };
    *out = (struct date_found) { .from = i, .to = i + 3 };
    if (!token_is_number(t, i) || !token_is_sign(t, i + 1, '/') || !token_is_number(t, i + 2)) return false;
    if (!t->items[i + 1].glued || !t->items[i + 2].glued || t->items[i + 2].fold.n != 2) return false;
    if (token_is_sign(t, i + 3, '/') && t->items[i + 3].glued) return false;
    out->date = (struct date) { LEAP_YEAR, number_at(t, i + 2), number_at(t, i) };
    bool valid = t->items[i].fold.n <= 2 && date_is_valid(out->date);
    out->date.year = 0;
    return valid;
}

bool date_fr_next(const struct tokens *t, size_t from, struct date_found *out) {
    for (size_t i = from; i < t->count; i++)
        if (date_fr_at(t, i, out)) return true;
    return false;
}

size_t date_fr_skip_time(const struct tokens *t, size_t i) {
    int hours = number_at(t, i);
    if (hours < 0 || hours > 24) return i;
    size_t at = i + 1;
    if (token_is_sign(t, at, ':')) {
        if (number_at(t, at + 1) < 0) return i;
        at += 2;
        if (token_is_sign(t, at, ':') && number_at(t, at + 1) >= 0) at += 2;
        return at;
    }
    if (!token_is(t, at, "h") && !token_is(t, at, "heures")) return i;
    at++;
    if (number_at(t, at) >= 0 && t->items[at].glued) at++;
    return at;
}
