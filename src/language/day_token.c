#include "language/day_token.h"

#include "language/language_words.h"

enum { SHORT_YEAR_TURN = 50, YEAR_DIGITS = 4 };

/* The tokens of one text. */
struct line {
    struct str text;
    const struct tokens *tokens;
};

static int number_at(const struct line *l, size_t i, size_t digits_max) {
    int64_t n;
    if (i >= l->tokens->count || !l->tokens->items[i].number || l->tokens->items[i].bytes > digits_max)
        return -1;
    return str_to_i64(l->tokens->items[i].folded, &n) && n >= 0 ? (int)n : -1;
}

static int month_of(struct str folded) {
    static const char *const months[] = { "janvier janv jan january",
                                          "fevrier fevr fev feb february",
                                          "mars mar march",
                                          "avril avr apr april",
                                          "mai may",
                                          "juin june jun",
                                          "juillet juil july jul",
                                          "aout aug august",
                                          "septembre sept sep september",
                                          "octobre oct october",
                                          "novembre nov november",
                                          "decembre dec december" };
    for (int m = 0; m < (int)COUNT_OF(months); m++)
        if (str_in_words(folded, months[m])) return m + 1;
    return -1;
}

bool day_token_names_month(struct str folded) {
    return month_of(folded) > 0;
}

static bool is_ordinal_end(const struct line *l, size_t i) {
    return i < l->tokens->count && word_in(l->tokens->items[i].folded, &words_ordinal_end);
}

static bool one_line(const struct line *l, size_t first, size_t last) {
    size_t from = l->tokens->items[first].at, to = l->tokens->items[last].at;
    return str_find_char(str_sub(l->text, from, to - from), '\n') == to - from;
}

/* What stands between two numbers of a day: a slash, a dash, a dot; blanks alone only where the year is written out. */
static bool is_joined(const struct line *l, size_t i, bool long_year) {
    size_t from = l->tokens->items[i].at + l->tokens->items[i].bytes;
    struct str between = str_trim(str_sub(l->text, from, l->tokens->items[i + 1].at - from));
    return between.n == 0 ? long_year : between.n == 1 && strchr("/-.", between.p[0]);
}

static int full_year(int year, size_t digits) {
    if (digits >= YEAR_DIGITS) return year;
    return year < SHORT_YEAR_TURN ? 2000 + year : 1900 + year;
}

static bool give(struct date date, size_t last, struct day_token *out) {
    *out = (struct day_token) { date, last };
    return date_is_valid(date);
}

/* "12.03.1975": the reader of words takes it for one number. */
static bool dotted_day(const struct line *l, size_t i, struct day_token *out) {
    struct str whole = l->tokens->items[i].folded;
    size_t dot = str_find_char(whole, '.');
    struct str rest = str_sub(whole, dot + 1, whole.n);
    size_t second = str_find_char(rest, '.');
    struct str digits = str_sub(rest, second + 1, rest.n);
    int64_t day, month, year;
    if (!l->tokens->items[i].number || second >= rest.n || digits.n > YEAR_DIGITS ||
        !str_to_i64(str_sub(whole, 0, dot), &day) || !str_to_i64(str_sub(rest, 0, second), &month) ||
        !str_to_i64(digits, &year) || day > 31 || month > 12)
        return false;
    return give((struct date) { full_year((int)year, digits.n), (int)month, (int)day }, i, out);
}

/* "March 12, 1975", "March 12th 1975". */
static bool month_first(const struct line *l, size_t i, struct day_token *out) {
    int month = month_of(l->tokens->items[i].folded), day = number_at(l, i + 1, 2);
    size_t last = i + 2 + is_ordinal_end(l, i + 2);
    int year = number_at(l, last, YEAR_DIGITS);
    if (month < 0 || day < 0 || year < 0 || !one_line(l, i, last)) return false;
    return give((struct date) { full_year(year, l->tokens->items[last].bytes), month, day }, last, out);
}

bool day_token_at(struct str text, const struct tokens *tokens, size_t i, struct day_token *out) {
    const struct line l = { text, tokens };
    if (!tokens->items[i].number) return month_first(&l, i, out);
    if (dotted_day(&l, i, out)) return true;
    int first = number_at(&l, i, YEAR_DIGITS);
    size_t middle = i + 1 + is_ordinal_end(&l, i + 1), last = middle + 1;
    if (first < 0 || last >= tokens->count || !one_line(&l, i, last)) return false;
    int month = number_at(&l, middle, 2), third = number_at(&l, last, YEAR_DIGITS);
    bool long_year = third >= 1000 || first >= 1000;
    if (month >= 0 && !(is_joined(&l, i, long_year) && is_joined(&l, middle, long_year))) return false;
    if (month < 0) month = month_of(tokens->items[middle].folded);
    if (month < 0 || third < 0) return false;
    if (tokens->items[i].bytes == YEAR_DIGITS) return give((struct date) { first, month, third }, last, out);
    return give((struct date) { full_year(third, tokens->items[last].bytes), month, first }, last, out);
}

bool day_token_short_at(struct str text, const struct tokens *tokens, size_t i, struct day_token *out) {
    const struct line l = { text, tokens };
    int day = number_at(&l, i, 2), month = number_at(&l, i + 1, 2);
    if (day < 1 || day > 31 || i + 1 >= tokens->count || !one_line(&l, i, i + 1)) return false;
    size_t named = i + 1 + is_ordinal_end(&l, i + 1);
    if (month < 0 && named < tokens->count) {
        *out = (struct day_token) { { 0, month_of(tokens->items[named].folded), day }, named };
        return out->date.month > 0;
    }
    size_t from = tokens->items[i].at + tokens->items[i].bytes;
    bool slash = tokens->items[i + 1].at == from + 1 && text.p[from] == '/';
    bool asked = i && word_in(tokens->items[i - 1].folded, &words_before_day);
    *out = (struct day_token) { { 0, month, day }, i + 1 };
    return slash && asked && month >= 1 && month <= 12;
}
