#include "documents/vaccination_match.h"

enum { YEAR_FIRST = 1930, YEAR_LAST = 2099, LOT_TOKENS_MAX = 9 };

static int digits_at(const struct tokens *t, size_t i, size_t digits_max) {
    int v = 0;
    if (!token_is_number(t, i) || t->items[i].fold.n > digits_max) return -1;
    for (size_t k = 0; k < t->items[i].fold.n; k++) {
        char c = t->items[i].fold.p[k];
        if (c < '0' || c > '9') return -1;
        v = v * 10 + (c - '0');
    }
    return v;
}

static int year_at(const struct tokens *t, size_t i) {
    if (!token_is_number(t, i) || t->items[i].fold.n != 4) return -1;
    int year = digits_at(t, i, 4);
    return year >= YEAR_FIRST && year <= YEAR_LAST ? year : -1;
}

static bool is_separator(const struct tokens *t, size_t i) {
    return token_is_sign(t, i, '/') || token_is_sign(t, i, '-');
}

/* "04/2019", "avril 2019". */
static size_t match_month(const struct tokens *t, size_t i, struct date *day) {
    int month = digits_at(t, i, 2);
    if (month >= 1 && month <= 12 && is_separator(t, i + 1) && year_at(t, i + 2) > 0 &&
        !is_separator(t, i + 3)) {
        *day = (struct date) { .year = year_at(t, i + 2), .month = month };
        return i + 3;
    }
    month = date_fr_month(t, i);
    if (month < 0) return i;
    size_t at = token_is_sign(t, i + 1, '.') ? i + 2 : i + 1;
    if (year_at(t, at) < 0) return i;
    *day = (struct date) { .year = year_at(t, at), .month = month };
    return at + 1;
}

size_t match_vaccination_day(const struct tokens *t, size_t i, struct date *day) {
    struct date_found d;
    if (date_fr_at(t, i, &d)) {
        *day = d.date;
        return d.to;
    }
    *day = (struct date) { 0 };
    bool goes_on = i && (is_separator(t, i - 1) || token_is_sign(t, i - 1, '.')) && token_is_number(t, i);
    if (goes_on && t->items[i].glued) return i;
    size_t end = match_month(t, i, day);
    if (end > i) return end;
    if (year_at(t, i) > 0 && !is_separator(t, i + 1) && !t->items[i].glued) {
        day->year = year_at(t, i);
        return i + 1;
    }
    end = tokens_match(t, i, "ce jour");
    if (end == i) end = tokens_match(t, i, "aujourd ' hui");
    size_t said = end; /* "ce jour, le 12/03/2024": the day itself comes */
    while (said > i &&
           (token_is_sign(t, said, ',') || token_is_sign(t, said, '(') || token_is(t, said, "le")))
        said++;
    return said > i && date_fr_at(t, said, &d) ? i : end;
}

/* "n°", "no", "numéro", ":", ".": behind them. */
static size_t skip_number_word(const struct tokens *t, size_t i) {
    size_t at = i;
    if (token_in(t, at, "n no nr num numero number")) at++;
    while (token_is(t, at, "\xC2\xB0") || token_is(t, at, "\xC2\xBA") || token_is_sign(t, at, ':') ||
           token_is_sign(t, at, '.') || token_is_sign(t, at, '#') || token_is_sign(t, at, '_'))
        at++;
    return at;
}

/* A figure that is no part of a day or of an ordinal ("2ème"). */
static bool is_small(const struct tokens *t, size_t i) {
    bool goes_on = i + 1 < t->count && t->items[i + 1].kind == TOKEN_WORD && t->items[i + 1].glued;
    return token_is_number(t, i) && t->items[i].fold.n == 1 && !is_separator(t, i + 1) && !goes_on;
}

static bool is_dose_word(const struct tokens *t, size_t i) {
    return token_in(t, i, "dose injection inj rappel prise shot booster");
}

/* "1ère", "2e", "deuxième", "dernière", "first". */
static size_t match_ordinal(const struct tokens *t, size_t i) {
    static const char words[] =
        "premier premiere deuxieme second seconde troisieme quatrieme cinquieme dernier derniere first "
        "third fourth last";
    if (token_in(t, i, words)) return i + 1;
    bool ends =
        i + 1 < t->count && t->items[i + 1].glued && token_in(t, i + 1, "er ere e eme ieme nd nde st rd th");
    return digits_at(t, i, 1) >= 0 && ends ? i + 2 : i;
}

size_t match_vaccine_rank(const struct tokens *t, size_t i) {
    size_t ordinal = match_ordinal(t, i), end;
    if (ordinal > i && is_dose_word(t, ordinal)) return ordinal + 1;
    if (token_in(t, i, "primovaccination booster") || tokens_match(t, i, "dose unique") > i)
        return tokens_match(t, i, "dose unique") > i ? i + 2 : i + 1;
    if ((end = tokens_match(t, i, "primo - vaccination")) > i ||
        (end = tokens_match(t, i, "primo vaccination")) > i)
        return end;
    if (token_is(t, i, "rappel")) {
        size_t number = skip_number_word(t, i + 1);
        return is_small(t, number) && number <= i + 3 && !token_is_sign(t, i + 1, ':') ? number + 1 : i + 1;
    }
    if (token_in(t, i, "dose injection inj")) {
        size_t number = skip_number_word(t, i + 1);
        return is_small(t, number) ? number + 1 : i;
    }
    bool letter = token_in(t, i, "r d") && i + 1 < t->count && t->items[i + 1].glued;
    return letter && is_small(t, i + 1) ? i + 2 : i;
}

size_t match_lot_number(const struct tokens *t, size_t i) {
    struct date_found day;
    bool figure = false;
    size_t at = i;
    if (i >= t->count || t->items[i].kind == TOKEN_SIGN || date_fr_at(t, i, &day)) return i;
    while (at < t->count && at - i < LOT_TOKENS_MAX) {
        const struct token *k = &t->items[at];
        bool joint = is_separator(t, at) || token_is_sign(t, at, '.'),
             spaced = at == i + 1 && k->kind == TOKEN_NUMBER && t->items[i].kind == TOKEN_WORD &&
                      t->items[i].fold.n <= 3 && k->cell == t->items[i].cell;
        if (at > i && !k->glued && !spaced) break;
        if (k->kind == TOKEN_SIGN && !(joint && at + 1 < t->count && t->items[at + 1].glued)) break;
        figure |= k->kind == TOKEN_NUMBER;
        at++;
    }
    return figure ? at : i;
}

size_t match_vaccine_lot(const struct tokens *t, size_t i, size_t *from) {
    if (!token_in(t, i, "lot lots batch serie")) return i;
    *from = skip_number_word(t, i + 1);
    size_t end = match_lot_number(t, *from);
    return end > *from ? end : i;
}
