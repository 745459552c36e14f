#include "rag/when.h"

#include "rag/words.h"

struct reading {
    const struct tokens *tokens;
    struct date today;
    struct when *out;
};

static bool word_is(const struct reading *r, size_t i, const char *word) {
    return i < r->tokens->count && str_eq(r->tokens->items[i].folded, str_from_c(word));
}

static bool word_in(const struct reading *r, size_t i, const char *a, const char *b, const char *c) {
    return word_is(r, i, a) || word_is(r, i, b) || (c && word_is(r, i, c));
}

/* The whole number at a token, written in figures or as a word up to ten; -1: none. */
static int number_at(const struct reading *r, size_t i) {
    static const char *const words[] = { "un",  "deux", "trois", "quatre", "cinq",
                                         "six", "sept", "huit",  "neuf",   "dix" };
    int64_t n;
    if (i >= r->tokens->count) return -1;
    const struct token *t = &r->tokens->items[i];
    if (t->number) return str_to_i64(t->folded, &n) && n >= 0 && n <= 9999 ? (int)n : -1;
    for (size_t k = 0; k < COUNT_OF(words); k++)
        if (word_is(r, i, words[k])) return (int)k + 1;
    return word_is(r, i, "une") ? 1 : -1;
}

static bool is_year(int n) {
    return n >= 1950 && n <= 2100;
}

static int month_at(const struct reading *r, size_t i) {
    static const char *const names[][2] = {
        { "janvier", "january" }, { "fevrier", "february" },  { "mars", "march" },
        { "avril", "april" },     { "mai", "may" },           { "juin", "june" },
        { "juillet", "july" },    { "aout", "august" },       { "septembre", "september" },
        { "octobre", "october" }, { "novembre", "november" }, { "decembre", "december" }
    };
    /* "May" is a month behind "in" or a number and before a year; elsewhere it is "can", and a word of Wolof. */
    bool may = word_is(r, i, "may") && !(i && (word_is(r, i - 1, "in") || r->tokens->items[i - 1].number)) &&
               !is_year(number_at(r, i + 1));
    for (size_t k = 0; k < COUNT_OF(names) && !may; k++)
        if (word_in(r, i, names[k][0], names[k][1], NULL)) return (int)k + 1;
    return 0;
}

static struct date day_after(struct date d, int64_t days) {
    return date_of_us(date_to_us(d) + days * DAY_US);
}

static int month_days(int year, int month) {
    struct date d = { year, month, 31 };
    while (!date_is_valid(d) && d.day > 28) d.day--;
    return d.day;
}

static struct date month_before(struct date d, int months) {
    int index = d.year * 12 + d.month - 1 - months;
    struct date out = { index / 12, index % 12 + 1, d.day };
    int last = month_days(out.year, out.month);
    if (out.day > last) out.day = last;
    return out;
}

/* Monday 1970-01-05 was day 4. */
static struct date monday_of(struct date d) {
    int64_t day = date_to_us(d) / DAY_US;
    return day_after(d, -((day % 7 + 7 + 3) % 7));
}

static void say(struct reading *r, size_t first, size_t count, struct date from, struct date to) {
    if (!r->out->said) {
        r->out->said = true;
        r->out->from = from;
        r->out->to = to;
        r->out->future = date_compare(from, r->today) > 0;
    }
    for (size_t i = first; i < first + count && i < r->tokens->count; i++) r->out->tokens[i] = true;
}

static void say_month(struct reading *r, size_t first, size_t count, int month, int year) {
    if (year == 0) year = r->today.year - (month > r->today.month);
    say(r, first, count, (struct date) { year, month, 1 },
        (struct date) { year, month, month_days(year, month) });
}

/* "15 11 2024" (figures), "4 janvier 2024", "4 janvier", "janvier 2024", "2024". Answers how many tokens it took. */
static size_t read_calendar(struct reading *r, size_t i) {
    int n = number_at(r, i), month = month_at(r, i + 1), year = number_at(r, i + 2);
    struct date d = { is_year(year) ? year : r->today.year, month, n };
    if (r->tokens->items[i].number && month && n >= 1) {
        bool has_year = is_year(year);
        if (!has_year && date_is_valid(d) && date_compare(d, r->today) > 0) d.year--;
        if (date_is_valid(d)) say(r, i, has_year ? 3 : 2, d, d);
        return has_year ? 3 : 2;
    }
    month = number_at(r, i + 1);
    if (r->tokens->items[i].number && month >= 1 && month <= 12 && is_year(year)) {
        d = (struct date) { year, month, n };
        if (date_is_valid(d)) say(r, i, 3, d, d);
        return 3;
    }
    month = month_at(r, i);
    if (month) {
        bool has_year = is_year(number_at(r, i + 1));
        say_month(r, i, has_year ? 2 : 1, month, has_year ? number_at(r, i + 1) : 0);
        return has_year ? 2 : 1;
    }
    if (r->tokens->items[i].number && is_year(n)) {
        say(r, i, 1, (struct date) { n, 1, 1 }, (struct date) { n, 12, 31 });
        return 1;
    }
    return 0;
}

/* "il y a 3 mois": a span around it, as exact as the unit. */
static size_t read_ago(struct reading *r, size_t i) {
    int n = number_at(r, i + 3);
    if (!word_is(r, i, "il") || !word_is(r, i + 1, "y") || !word_is(r, i + 2, "a") || n < 0 || n > 1000)
        return 0;
    struct date d;
    if (word_in(r, i + 4, "jour", "jours", NULL)) {
        d = day_after(r->today, -n);
        say(r, i, 5, day_after(d, -1), day_after(d, 1));
    } else if (word_in(r, i + 4, "semaine", "semaines", NULL)) {
        d = day_after(r->today, -7 * (int64_t)n);
        say(r, i, 5, day_after(d, -4), day_after(d, 4));
    } else if (word_is(r, i + 4, "mois")) {
        d = month_before(r->today, n);
        say(r, i, 5, day_after(d, -20), day_after(d, 20));
    } else if (word_in(r, i + 4, "an", "ans", "annees") && n < 150) {
        d = month_before(r->today, 12 * n);
        say(r, i, 5, month_before(d, 7), day_after(d, 200));
    } else {
        return 0;
    }
    return 5;
}

static bool is_last(const struct reading *r, size_t i) {
    return word_in(r, i, "dernier", "derniere", "passe") || word_is(r, i, "passee");
}

static bool is_next(const struct reading *r, size_t i) {
    return word_in(r, i, "prochain", "prochaine", "suivante");
}

/* "la semaine dernière", "ce mois", "l'année prochaine". */
static size_t read_period(struct reading *r, size_t i) {
    struct date t = r->today, monday = monday_of(t);
    bool this = i && word_in(r, i - 1, "ce", "cette", "cet");
    if (word_is(r, i, "semaine")) {
        if (is_last(r, i + 1))
            say(r, i, 2, day_after(monday, -7), day_after(monday, -1));
        else if (is_next(r, i + 1))
            say(r, i, 2, day_after(monday, 7), day_after(monday, 13));
        else if (this)
            say(r, i, 1, monday, day_after(monday, 6));
        return 1;
    }
    if (word_is(r, i, "mois")) {
        struct date first = { t.year, t.month, 1 };
        struct date last = month_before(first, 1), next = month_before(first, -1);
        if (is_last(r, i + 1))
            say(r, i, 2, last, (struct date) { last.year, last.month, month_days(last.year, last.month) });
        else if (is_next(r, i + 1))
            say(r, i, 2, next, (struct date) { next.year, next.month, month_days(next.year, next.month) });
        else if (this)
            say(r, i, 1, first, (struct date) { t.year, t.month, month_days(t.year, t.month) });
        return 1;
    }
    if (word_in(r, i, "annee", "an", NULL)) {
        int year = is_last(r, i + 1) ? t.year - 1 : is_next(r, i + 1) ? t.year + 1 : this ? t.year : 0;
        if (year)
            say(r, i, year == t.year ? 1 : 2, (struct date) { year, 1, 1 }, (struct date) { year, 12, 31 });
        return 1;
    }
    return 0;
}

static size_t read_day(struct reading *r, size_t i) {
    if (word_is(r, i, "avant") && word_is(r, i + 1, "hier")) {
        say(r, i, 2, day_after(r->today, -2), day_after(r->today, -2));
        return 2;
    }
    if (word_in(r, i, "hier", "yesterday", "demb"))
        say(r, i, 1, day_after(r->today, -1), day_after(r->today, -1));
    else if (word_in(r, i, "demain", "tomorrow", "ellek"))
        say(r, i, 1, day_after(r->today, 1), day_after(r->today, 1));
    else if (word_is(r, i, "aujourd") || word_in(r, i, "today", "tey", "tay"))
        say(r, i, 1, r->today, r->today);
    else
        return 0;
    return 1;
}

/* "Née le 12/03/1980": who asks, not what is asked for. The words of the day are marked all the same. */
static size_t read_birth(struct reading *r, size_t i) {
    enum { WORDS_BETWEEN_MAX = 2 };
    bool born = word_in(r, i, "nee", "naissance", "born");
    if (!born && !(word_is(r, i, "ne") && word_in(r, i + 1, "le", "en", NULL))) return 0;
    for (size_t k = i + 1; k <= i + 1 + WORDS_BETWEEN_MAX && k < r->tokens->count; k++) {
        const struct when before = *r->out;
        size_t took = read_calendar(r, k);
        *r->out = before;
        if (took) return k + took - i;
    }
    return 0;
}

enum status when_read(struct arena *arena, const struct tokens *tokens, struct date today, struct when *out,
                      struct err *err) {
    *out = (struct when) { .tokens = arena_array(arena, tokens->count + 1, 1) };
    if (!out->tokens) return fail(err, E_LIMIT, NULL, "no memory for a question");
    struct reading r = { tokens, today, out };
    for (size_t i = 0; i < tokens->count;) {
        size_t took = read_birth(&r, i);
        if (!took) took = read_ago(&r, i);
        if (!took) took = read_calendar(&r, i);
        if (!took) took = read_period(&r, i);
        if (!took) took = read_day(&r, i);
        i += took ? took : 1;
    }
    return OK;
}

bool when_holds(const struct when *w, struct date d) {
    return d.year && date_compare(w->from, d) <= 0 && date_compare(d, w->to) <= 0;
}
