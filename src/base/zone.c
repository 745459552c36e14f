#include "base/zone.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { NAME_BYTES_MAX = 64 };

static const char folder[] = "/usr/share/zoneinfo/";

/* UTC needs no table. */
static bool is_utc(struct str name) {
    return str_eq(name, STR("UTC"));
}

bool zone_is_known(struct str name) {
    char path[sizeof folder + NAME_BYTES_MAX];
    if (name.n == 0 || name.n > NAME_BYTES_MAX || str_find(name, STR("..")) < name.n) return false;
    for (size_t i = 0; i < name.n; i++)
        if (!(name.p[i] >= 'a' && name.p[i] <= 'z') && !(name.p[i] >= 'A' && name.p[i] <= 'Z') &&
            !is_digit(name.p[i]) && !strchr("_+-/", name.p[i]))
            return false;
    if (name.p[0] == '/' || name.p[name.n - 1] == '/') return false;
    snprintf(path, sizeof path, "%s%.*s", folder, STR_ARG(name));
    return is_utc(name) || access(path, R_OK) == 0;
}

enum status zone_use(struct str name, struct err *e) {
    char text[NAME_BYTES_MAX + 1];
    if (!zone_is_known(name)) return fail(e, E_INVALID, NULL, "no such time zone in tzdata");
    snprintf(text, sizeof text, "%.*s", STR_ARG(name));
    if (setenv("TZ", text, 1) != 0) return fail_errno(e, E_INTERNAL, NULL, "the time zone cannot be set");
    tzset();
    return OK;
}

/* ---- the wall ---- */

static bool local(int64_t seconds, struct tm *tm) {
    time_t t = (time_t)seconds;
    return localtime_r(&t, tm) != NULL;
}

static int64_t floor_seconds(int64_t us) {
    return us / SECOND_US - (us % SECOND_US < 0);
}

static int64_t of_day_us(const struct tm *tm) {
    return tm->tm_hour * HOUR_US + tm->tm_min * MINUTE_US + tm->tm_sec * SECOND_US;
}

static struct date day_of(const struct tm *tm) {
    return (struct date) { tm->tm_year + 1900, tm->tm_mon + 1, tm->tm_mday };
}

struct wall wall_of_us(int64_t time_us) {
    int64_t seconds = floor_seconds(time_us);
    struct tm tm = { 0 };
    if (!local(seconds, &tm)) return (struct wall) { date_of_us(time_us), 0 };
    return (struct wall) { day_of(&tm), of_day_us(&tm) + (time_us - seconds * SECOND_US) };
}

/* How far the wall is ahead of UTC at that moment. */
static int64_t ahead_us(int64_t time_us) {
    struct wall shown = wall_of_us(time_us);
    return date_to_us(shown.day) + shown.of_day_us - time_us;
}

/* How much later than asked the wall shows at that moment. */
static int64_t off_by_us(struct wall w, int64_t time_us) {
    struct wall shown = wall_of_us(time_us);
    return date_to_us(shown.day) + shown.of_day_us - date_to_us(w.day) - w.of_day_us;
}

/* Clocks move at most once in three days: what is asked holds as they stood the day before, or the day after. mktime() knows too, but
 * looks through years for a summer time that the zone does not have. */
int64_t wall_to_us(struct wall w) {
    int64_t as_utc = date_to_us(w.day) + w.of_day_us;
    int64_t one = as_utc - ahead_us(as_utc - DAY_US), other = as_utc - ahead_us(as_utc + DAY_US);
    int64_t first = one < other ? one : other, second = one < other ? other : one;
    return off_by_us(w, first) == 0 ? first : second;
}

static bool two_digits(struct str s, size_t at, int64_t most, int64_t *out) {
    return at + 2 <= s.n && is_digit(s.p[at]) && is_digit(s.p[at + 1]) &&
           str_to_i64(str_sub(s, at, 2), out) && *out <= most;
}

/* "HH:MM" at the place. */
static bool clock_at(struct str s, size_t at, int64_t *us) {
    int64_t hour, minute;
    if (!two_digits(s, at, 23, &hour) || at + 2 >= s.n || s.p[at + 2] != ':') return false;
    if (!two_digits(s, at + 3, 59, &minute)) return false;
    *us = hour * HOUR_US + minute * MINUTE_US;
    return true;
}

bool wall_parse(struct str s, struct wall *out) {
    enum { DAY_BYTES = 10, MINUTE_BYTES = 16, SECOND_BYTES = 19 };
    struct wall w;
    int64_t second = 0;
    if (s.n != MINUTE_BYTES && s.n != SECOND_BYTES) return false;
    if (!date_parse_iso(str_sub(s, 0, DAY_BYTES), &w.day)) return false;
    if (s.p[DAY_BYTES] != 'T' && s.p[DAY_BYTES] != ' ') return false;
    if (!clock_at(s, DAY_BYTES + 1, &w.of_day_us)) return false;
    if (s.n == SECOND_BYTES && (s.p[MINUTE_BYTES] != ':' || !two_digits(s, MINUTE_BYTES + 1, 59, &second)))
        return false;
    w.of_day_us += second * SECOND_US;
    *out = w;
    return true;
}

/* ---- a part of every day ---- */

bool day_span_parse(struct str s, struct day_span *out) {
    struct day_span span;
    if (s.n != DAY_SPAN_BYTES - 1 || s.p[5] != '-') return false;
    if (!clock_at(str_sub(s, 0, 5), 0, &span.from_us) || !clock_at(s, 6, &span.to_us)) return false;
    *out = span;
    return true;
}

void day_span_format(struct day_span span, char out[DAY_SPAN_BYTES]) {
    int from = (int)(span.from_us / MINUTE_US), to = (int)(span.to_us / MINUTE_US);
    snprintf(out, DAY_SPAN_BYTES, "%02u:%02u-%02u:%02u", (unsigned)from / 60 % 24, (unsigned)from % 60,
             (unsigned)to / 60 % 24, (unsigned)to % 60);
}

bool day_span_is_empty(struct day_span span) {
    return span.from_us == span.to_us;
}

/* That time of day, `days` after the day that the wall shows. */
static int64_t at_us(struct date day, int days, int64_t of_day) {
    return wall_to_us((struct wall) { date_of_us(date_to_us(day) + days * DAY_US), of_day });
}

int64_t day_span_end_us(struct day_span span, int64_t time_us) {
    struct wall now = wall_of_us(time_us);
    bool over_midnight = span.from_us > span.to_us;
    bool after_from = now.of_day_us >= span.from_us, before_to = now.of_day_us < span.to_us;

    if (day_span_is_empty(span)) return 0;
    if (over_midnight ? !after_from && !before_to : !after_from || !before_to) return 0;
    return at_us(now.day, over_midnight && after_from, span.to_us);
}

int64_t day_span_next_us(struct day_span span, int64_t time_us) {
    struct wall now = wall_of_us(time_us);
    if (day_span_is_empty(span)) return INT64_MAX;
    for (int days = 0; days < 3; days++) {
        int64_t us = at_us(now.day, days, span.from_us);
        if (us > time_us) return us;
    }
    return INT64_MAX;
}
