#include "rag/line_time.h"

#include "language/day_token.h"
#include "language/when_word.h"

enum { YEAR_MIN = 1950, YEAR_MAX = 2100, MONTH_DAYS = 31, YEAR_SPAN_DAYS = 300 };

static int figure_at(const struct tokens *t, size_t i) {
    int64_t n;
    if (i >= t->count || !t->items[i].number || !str_to_i64(t->items[i].folded, &n) || n > YEAR_MAX)
        return -1;
    return (int)n;
}

static bool joined(struct str line, const struct tokens *t, size_t i) {
    size_t end = t->items[i].at + t->items[i].bytes;
    return end < line.n && line.p[end] == '/' && t->items[i + 1].at == end + 1;
}

static bool is_year(int n) {
    return n >= YEAR_MIN && n <= YEAR_MAX;
}

/* A month of the time; year 0: not said. */
static bool holds_month(const struct when *w, int year, int month) {
    if (year == 0) year = w->from.year;
    const struct date first = { year, month, 1 }, last = { year, month, MONTH_DAYS };
    return date_compare(first, w->to) <= 0 && date_compare(last, w->from) >= 0;
}

/* "10/2025", "octobre 2025", "octobre"; where a day is asked for, a month does not name it. */
static bool month_at(const struct when *w, struct str line, const struct tokens *t, size_t i) {
    int month = when_month(t, i), next = figure_at(t, i + 1);
    if (date_compare(w->from, w->to) == 0) return false;
    if (month) return holds_month(w, is_year(next) ? next : 0, month);
    month = figure_at(t, i);
    return month >= 1 && month <= 12 && is_year(next) && joined(line, t, i) && holds_month(w, next, month);
}

/* "05/06" where a row begins. */
static bool short_day_at(const struct when *w, struct str line, const struct tokens *t) {
    int day = figure_at(t, 0), month = figure_at(t, 1);
    if (day < 1 || day > MONTH_DAYS || month < 1 || month > 12 || !joined(line, t, 0)) return false;
    return when_holds(w, (struct date) { w->from.year, month, day });
}

static bool year_at(const struct when *w, const struct tokens *t, size_t i) {
    bool year_asked = date_to_us(w->to) - date_to_us(w->from) > YEAR_SPAN_DAYS * DAY_US;
    return year_asked && is_year(figure_at(t, i)) && figure_at(t, i) == w->from.year;
}

bool line_names_time(const struct when *w, struct str line, const struct tokens *t) {
    if (!w->said || w->future) return false;
    if (t->count > 1 && short_day_at(w, line, t)) return true;
    for (size_t i = 0; i < t->count; i++) {
        struct day_token day;
        if (day_token_at(line, t, i, &day) || day_token_short_at(line, t, i, &day)) {
            if (day.date.year == 0) day.date.year = w->from.year;
            if (when_holds(w, day.date)) return true;
            i = day.last;
        } else if (month_at(w, line, t, i) || year_at(w, t, i)) {
            return true;
        }
    }
    return false;
}
