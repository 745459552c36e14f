#include "language/when.h"

#include "language/language_words.h"
#include "language/when_word.h"

struct reading {
    const struct tokens *tokens;
    struct date today;
    struct when *out;
    size_t behind; /* the words of the first time */
};

static bool is_year(int n) {
    return n >= 1950 && n <= 2100;
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

/* "En mai et en février", "février par rapport à mai": two times are compared. */
static bool is_compared(const struct reading *r, size_t first) {
    enum { WORDS_BETWEEN_MAX = 4 };
    if (first < r->behind || first - r->behind > WORDS_BETWEEN_MAX) return false;
    for (size_t i = r->behind; i < first; i++)
        if (when_word_in(r->tokens, i, &words_compares)) return true;
    return false;
}

static void say(struct reading *r, size_t first, size_t count, struct date from, struct date to) {
    bool past = date_compare(from, r->today) <= 0 && !r->out->future;
    if (r->out->said && !r->out->also && past && is_compared(r, first)) {
        r->out->also = true;
        r->out->also_from = from;
        r->out->also_to = to;
    }
    if (!r->out->said) {
        r->behind = first + count;
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

/* So many units before a day, or behind it. */
static struct date shifted(struct date d, enum when_unit unit, int n) {
    switch (unit) {
    case UNIT_DAY: return day_after(d, n);
    case UNIT_WEEK: return day_after(d, 7 * (int64_t)n);
    case UNIT_MONTH: return month_before(d, -n);
    case UNIT_YEAR: return month_before(d, -12 * n);
    case UNIT_NONE: break;
    }
    return d;
}

/* "15 11 2024" (figures), "4 janvier 2024", "4 janvier", "janvier 2024", "2024". Answers how many tokens it took. */
static size_t read_calendar(struct reading *r, size_t i) {
    /* "1er avril", "2nd April". */
    size_t ends = r->tokens->items[i].number && when_word_in(r->tokens, i + 1, &words_ordinal_end);
    int n = when_number(r->tokens, i), month = when_month(r->tokens, i + 1 + ends),
        year = when_number(r->tokens, i + 2 + ends);
    struct date d = { is_year(year) ? year : r->today.year, month, n };
    if (r->tokens->items[i].number && month && n >= 1) {
        bool has_year = is_year(year);
        if (!has_year && date_is_valid(d) && date_compare(d, r->today) > 0) d.year--;
        size_t count = (has_year ? 3U : 2U) + ends;
        if (date_is_valid(d)) say(r, i, count, d, d);
        return count;
    }
    month = when_number(r->tokens, i + 1);
    if (r->tokens->items[i].number && month >= 1 && month <= 12 && is_year(year)) {
        d = (struct date) { year, month, n };
        if (date_is_valid(d)) say(r, i, 3, d, d);
        return 3;
    }
    month = when_month(r->tokens, i);
    if (month) {
        bool has_year = is_year(when_number(r->tokens, i + 1));
        say_month(r, i, has_year ? 2 : 1, month, has_year ? when_number(r->tokens, i + 1) : 0);
        return has_year ? 2 : 1;
    }
    if (r->tokens->items[i].number && is_year(n)) {
        say(r, i, 1, (struct date) { n, 1, 1 }, (struct date) { n, 12, 31 });
        return 1;
    }
    return 0;
}

/* How exact "three weeks ago" is: as the unit. */
static void say_ago(struct reading *r, size_t first, size_t count, enum when_unit unit, int n) {
    static const int slack[] = { [UNIT_DAY] = 1, [UNIT_WEEK] = 4, [UNIT_MONTH] = 20, [UNIT_YEAR] = 210 };
    struct date d = shifted(r->today, unit, -n);
    say(r, first, count, day_after(d, -slack[unit]), day_after(d, slack[unit]));
}

/* "il y a 3 mois", "ça fait deux semaines", "two months ago", "ñaari weer ci ginaaw". */
static size_t read_ago(struct reading *r, size_t i) {
    const struct tokens *t = r->tokens;
    size_t at = i;
    if (when_word_is(t, i, "il") && when_word_is(t, i + 1, "y") && when_word_is(t, i + 2, "a")) at = i + 3;
    if (when_word_is(t, i, "ca") && when_word_is(t, i + 1, "fait")) at = i + 2;
    bool a_few = at == i && when_word_is(t, i, "a an");
    int n = a_few ? 1 : when_number(t, at);
    enum when_unit unit = when_unit(t, at + 1);
    if (n < 0 || n > 1000 || unit == UNIT_NONE || (unit == UNIT_YEAR && n > 150)) return 0;
    size_t end = at + 2;
    if (at == i && when_word_is(t, end, "ago"))
        end++;
    else if (at == i && when_word_is(t, end, "ci") && when_sounds(t, end + 1, "ginaw ganaw"))
        end += 2;
    else if (at == i)
        return 0;
    say_ago(r, i, end - i, unit, n);
    return end - i;
}

/* "ces trois derniers mois", "depuis deux semaines", "last 3 months", "the past week": until today. */
static size_t read_stretch(struct reading *r, size_t i) {
    const struct tokens *t = r->tokens;
    bool since = when_word_is(t, i, "depuis since for"), last = when_word_in(t, i, &words_last_before);
    size_t number = since || last ? i + 1 : i, unit_at = number + 1;
    int n = when_number(t, number);
    if (!since && !last) {
        if (!when_word_in(t, i + 1, &words_last_before)) return 0;
        unit_at = i + 2;
    }
    if (n < 1 && when_word_is(t, number, "derniers dernieres") && when_unit(t, number + 1)) n = 3;
    if (last && n < 1 && when_unit(t, number) && i && when_word_is(t, i - 1, "ces the")) {
        n = when_word_is(t, number, "week month year day") ? 1 : 3;
        unit_at = number;
    }
    enum when_unit unit = when_unit(t, unit_at);
    if (n < 1 || n > 1000 || unit == UNIT_NONE || (unit == UNIT_YEAR && n > 150)) return 0;
    if (when_word_is(t, i, "for") && !when_word_is(t, unit_at + 1, "now"))
        return 0; /* "for 7 days" is a dose */
    say(r, i, unit_at + 1 - i, shifted(r->today, unit, -n), r->today);
    return unit_at + 1 - i;
}

static void say_week(struct reading *r, size_t first, size_t count, int64_t weeks) {
    struct date monday = day_after(monday_of(r->today), 7 * weeks);
    say(r, first, count, monday, day_after(monday, 6));
}

static void say_month_near(struct reading *r, size_t first, size_t count, int months) {
    struct date d = month_before((struct date) { r->today.year, r->today.month, 1 }, -months);
    say(r, first, count, d, (struct date) { d.year, d.month, month_days(d.year, d.month) });
}

static void say_year(struct reading *r, size_t first, size_t count, int years) {
    int year = r->today.year + years;
    say(r, first, count, (struct date) { year, 1, 1 }, (struct date) { year, 12, 31 });
}

static void say_period(struct reading *r, size_t first, size_t count, enum when_unit unit, int shift) {
    if (unit == UNIT_WEEK) say_week(r, first, count, shift);
    if (unit == UNIT_MONTH) say_month_near(r, first, count, shift);
    if (unit == UNIT_YEAR) say_year(r, first, count, shift);
}

/* "la semaine dernière", "ce mois", "l'année prochaine", "last week", "weer wi weesu", "ayubés bii". */
static size_t read_period(struct reading *r, size_t i) {
    const struct tokens *t = r->tokens;
    if (when_word_is(t, i, "last past next this") && when_unit(t, i + 1) > UNIT_DAY) {
        int shift = when_word_is(t, i, "next") ? 1 : when_word_is(t, i, "this") ? 0 : -1;
        say_period(r, i, 2, when_unit(t, i + 1), shift);
        return 2;
    }
    enum when_unit unit = when_unit(t, i);
    size_t last = when_last(t, i + 1), next = when_next(t, i + 1);
    if (when_sounds(t, i, "dau daw")) { /* "daaw": last year */
        say_year(r, i, 1, -1);
        return 1;
    }
    if (unit <= UNIT_DAY) return 0;
    if (last)
        say_period(r, i, 1 + last, unit, -1);
    else if (next)
        say_period(r, i, 1 + next, unit, 1);
    else if (when_word_is(t, i + 1, "bii wii mii"))
        say_period(r, i, 2, unit, 0);
    else if (i && when_word_is(t, i - 1, "ce cette cet"))
        say_period(r, i, 1, unit, 0);
    return 1 + last + next;
}

/* "début janvier", "fin mars", "en début d'année", "at the beginning of the year". */
static size_t read_part(struct reading *r, size_t i) {
    const struct tokens *t = r->tokens;
    bool begins = when_word_is(t, i, "debut beginning start"), ends = when_word_is(t, i, "fin end"),
         middle = when_word_is(t, i, "mi milieu middle");
    size_t at = i + 1;
    if (!begins && !ends && !middle) return 0;
    while (when_word_in(t, at, &words_of_whole)) at++;
    int month = when_month(t, at), year = r->today.year;
    enum when_unit unit = when_unit(t, at);
    size_t count = at + 1 - i;
    if (unit == UNIT_YEAR) {
        int first = begins ? 1 : middle ? 5 : 10, last = begins ? 3 : middle ? 8 : 12;
        if (ends && r->today.month < first) year--;
        count += when_last(t, at + 1);
        if (when_last(t, at + 1)) year = r->today.year - 1;
        say(r, i, count, (struct date) { year, first, 1 },
            (struct date) { year, last, month_days(year, last) });
        return count;
    }
    if (unit == UNIT_MONTH) month = r->today.month;
    if (month == 0) return 0;
    if (unit == UNIT_NONE) year -= month > r->today.month;
    int first = begins ? 1 : middle ? 11 : 21, last = begins ? 10 : middle ? 20 : month_days(year, month);
    say(r, i, count, (struct date) { year, month, first }, (struct date) { year, month, last });
    return count;
}

/* "lundi dernier", "last monday", "lundi prochain", "l'ordonnance de lundi". A bare "lundi" may be either. */
static size_t read_weekday(struct reading *r, size_t i) {
    const struct tokens *t = r->tokens;
    bool before = when_word_is(t, i, "last"), after = when_word_is(t, i, "next");
    size_t at = before || after ? i + 1 : i;
    int day = when_weekday(t, at),
        today = (int)((date_to_us(r->today) - date_to_us(monday_of(r->today))) / DAY_US) + 1;
    size_t last = when_last(t, at + 1), next = when_next(t, at + 1), count = at + 1 - i + last + next;
    if (day == 0) return 0;
    bool of = i && when_word_is(t, i - 1, "de du d");
    bool past = before || last || (of && !after && !next);
    if (!past && !after && !next) return 0;
    struct date d = past ? day_after(r->today, -((today - day + 6) % 7 + 1))
                         : day_after(r->today, (day - today + 6) % 7 + 1);
    say(r, i, count, d, d);
    return count;
}

static size_t read_day(struct reading *r, size_t i) {
    const struct tokens *t = r->tokens;
    bool two_before = (when_word_is(t, i, "avant") && when_word_is(t, i + 1, "hier")) ||
                      (when_sounds(t, i, "berki") && when_sounds(t, i + 1, "demb"));
    if (when_word_is(t, i, "day") && when_word_is(t, i + 1, "before") &&
        when_word_is(t, i + 2, "yesterday")) {
        say(r, i, 3, day_after(r->today, -2), day_after(r->today, -2));
        return 3;
    }
    if (two_before) {
        say(r, i, 2, day_after(r->today, -2), day_after(r->today, -2));
        return 2;
    }
    if (when_word_is(t, i, "hier yesterday biig") || when_sounds(t, i, "demb"))
        say(r, i, 1, day_after(r->today, -1), day_after(r->today, -1));
    else if (when_word_is(t, i, "demain tomorrow") || when_sounds(t, i, "elek eleg"))
        say(r, i, 1, day_after(r->today, 1), day_after(r->today, 1));
    else if (when_word_is(t, i, "aujourd today tey tay"))
        say(r, i, 1, r->today, r->today);
    else
        return 0;
    return 1;
}

/* "Née le 12/03/1980": who asks, not what is asked for. The words of the day are marked all the same. */
static size_t read_birth(struct reading *r, size_t i) {
    enum { WORDS_BETWEEN_MAX = 2 };
    const struct tokens *t = r->tokens;
    bool born = when_word_is(t, i, "nee naissance born");
    if (!born && !(when_word_is(t, i, "ne") && when_word_is(t, i + 1, "le en"))) return 0;
    for (size_t k = i + 1; k <= i + 1 + WORDS_BETWEEN_MAX && k < r->tokens->count; k++) {
        const struct when before = *r->out;
        size_t took = read_calendar(r, k);
        *r->out = before;
        if (took) return k + took - i;
    }
    return 0;
}

/* "depuis", or "depuis la", before it. */
static bool is_since(const struct tokens *t, size_t i) {
    if (i > 1 && when_word_is(t, i - 1, "le la l the")) i--;
    return i && when_word_is(t, i - 1, "depuis since");
}

/* "avant 2026", "avant le mois de mars": not "avant hier", which is a day of its own. */
static bool is_before(const struct tokens *t, size_t i) {
    while (i > 1 && when_word_in(t, i - 1, &words_of_month)) i--;
    return i && when_word_is(t, i - 1, "avant avan before");
}

enum status when_read(struct arena *arena, const struct tokens *tokens, struct date today, struct when *out,
                      struct err *err) {
    *out = (struct when) { .tokens = arena_array(arena, tokens->count + 1, 1) };
    if (!out->tokens) return fail(err, E_LIMIT, NULL, "no memory for a question");
    struct reading r = { .tokens = tokens, .today = today, .out = out };
    static size_t (*const readers[])(struct reading *, size_t) = { read_birth,  read_ago,      read_stretch,
                                                                   read_part,   read_calendar, read_weekday,
                                                                   read_period, read_day };
    for (size_t i = 0; i < tokens->count;) {
        bool said = out->said, since = is_since(tokens, i), before = is_before(tokens, i);
        size_t took = 0;
        for (size_t k = 0; k < COUNT_OF(readers) && !took; k++) took = readers[k](&r, i);
        /* "depuis janvier": from its first day until today. */
        if (!said && r.out->said && since && !r.out->future) r.out->to = today;
        if (!said && r.out->said && before && !r.out->future) {
            r.out->to = day_after(r.out->from, -1);
            r.out->from = (struct date) { WHEN_OPEN_YEAR, 1, 1 };
        }
        i += took ? took : 1;
    }
    return OK;
}

bool when_holds(const struct when *w, struct date d) {
    bool first = date_compare(w->from, d) <= 0 && date_compare(d, w->to) <= 0;
    return d.year &&
           (first || (w->also && date_compare(w->also_from, d) <= 0 && date_compare(d, w->also_to) <= 0));
}
