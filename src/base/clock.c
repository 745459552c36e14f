#include "base/clock.h"

#include <stdio.h>
#include <time.h>

static int64_t read_us(clockid_t id) {
    struct timespec t;
    clock_gettime(id, &t);
    return (int64_t)t.tv_sec * SECOND_US + t.tv_nsec / 1000;
}

static int64_t system_now_us(void *ctx) {
    (void)ctx;
    return read_us(CLOCK_REALTIME);
}

struct clock clock_system(void) {
    return (struct clock) { system_now_us, NULL };
}

int64_t clock_monotonic_us(void) {
    return read_us(CLOCK_MONOTONIC);
}

static bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month) {
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool date_is_valid(struct date d) {
    return d.year >= 1850 && d.year <= 2200 && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
           d.day <= days_in_month(d.year, d.month);
}

int date_compare(struct date a, struct date b) {
    if (a.year != b.year) return a.year < b.year ? -1 : 1;
    if (a.month != b.month) return a.month < b.month ? -1 : 1;
    return (a.day > b.day) - (a.day < b.day);
}

/*
 * Days and dates of the proleptic Gregorian calendar, with years that begin in March so that the leap day is the last
 * one. Eras of 400 years have 146097 days; 719468 days lie between 0000-03-01 and 1970-01-01.
 */
static int64_t days_of_date(struct date d) {
    int64_t year = d.month <= 2 ? d.year - 1 : d.year;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static struct date date_of_days(int64_t days) {
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    int64_t day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    int64_t year = year_of_era + era * 400 + (month <= 2);
    return (struct date) { (int)year, (int)month, (int)day };
}

static int64_t floor_days(int64_t time_us) {
    return time_us / DAY_US - (time_us % DAY_US < 0);
}

struct date date_of_us(int64_t time_us) {
    return date_of_days(floor_days(time_us));
}

int64_t date_to_us(struct date d) {
    return days_of_date(d) * DAY_US;
}

/* Exactly n digits at *at; moves behind them. */
static bool take_digits(struct str s, size_t *at, size_t n, int *out) {
    int v = 0;
    if (s.n - *at < n) return false;
    for (size_t i = 0; i < n; i++) {
        char c = s.p[*at + i];
        if (c < '0' || c > '9') return false;
        v = v * 10 + (c - '0');
    }
    *at += n;
    *out = v;
    return true;
}

static bool take_char(struct str s, size_t *at, char c) {
    if (*at >= s.n || s.p[*at] != c) return false;
    (*at)++;
    return true;
}

static bool take_date(struct str s, size_t *at, struct date *out) {
    struct date d = { 0 };
    if (!take_digits(s, at, 4, &d.year) || !take_char(s, at, '-') || !take_digits(s, at, 2, &d.month) ||
        !take_char(s, at, '-') || !take_digits(s, at, 2, &d.day) || !date_is_valid(d))
        return false;
    *out = d;
    return true;
}

bool date_parse_iso(struct str s, struct date *out) {
    struct date d;
    size_t at = 0;
    if (!take_date(s, &at, &d) || at != s.n) return false;
    *out = d;
    return true;
}

/* Writes v with exactly `digits` digits. */
static void put_digits(char *p, unsigned v, int digits) {
    for (int i = digits - 1; i >= 0; i--, v /= 10) p[i] = (char)('0' + v % 10);
}

/* Not snprintf, here and below: lists write two times a row, and they were the costliest part of it. */
void date_format_iso(struct date d, char out[DATE_ISO_BYTES]) {
    put_digits(out, (unsigned)d.year, 4);
    put_digits(out + 5, (unsigned)d.month, 2);
    put_digits(out + 8, (unsigned)d.day, 2);
    out[4] = out[7] = '-';
    out[10] = '\0';
}

void time_format_iso(int64_t time_us, char out[TIME_ISO_BYTES]) {
    int64_t in_day = time_us - floor_days(time_us) * DAY_US;
    unsigned second = (unsigned)(in_day / SECOND_US);

    date_format_iso(date_of_us(time_us), out);
    memcpy(out + 10, "T00:00:00.000000Z", 18);
    put_digits(out + 11, second / 3600 % 24, 2);
    put_digits(out + 14, second / 60 % 60, 2);
    put_digits(out + 17, second % 60, 2);
    put_digits(out + 20, (unsigned)(in_day % SECOND_US), 6);
}

/* ".5", ".123456"; digits beyond microseconds are cut. */
static bool take_fraction(struct str s, size_t *at, int64_t *us) {
    *us = 0;
    if (!take_char(s, at, '.')) return true;
    size_t digits = 0;
    for (int64_t unit = 100000; *at < s.n && is_digit(s.p[*at]); (*at)++, digits++, unit /= 10)
        *us += (s.p[*at] - '0') * unit;
    return digits > 0;
}

/* "Z", "+01:00" or "-0530", in minutes east of Greenwich. */
static bool take_offset(struct str s, size_t *at, int *minutes) {
    int h = 0, m = 0, sign = 1;
    if (take_char(s, at, 'Z')) {
        *minutes = 0;
        return true;
    }
    if (take_char(s, at, '-'))
        sign = -1;
    else if (!take_char(s, at, '+'))
        return false;
    if (!take_digits(s, at, 2, &h)) return false;
    (void)take_char(s, at, ':');
    if (!take_digits(s, at, 2, &m) || h > 14 || m > 59) return false;
    *minutes = sign * (h * 60 + m);
    return true;
}

bool time_parse_iso(struct str s, int64_t *time_us) {
    struct date d;
    int h, m, sec, offset;
    int64_t fraction;
    size_t at = 0;
    if (!take_date(s, &at, &d) || !(take_char(s, &at, 'T') || take_char(s, &at, ' '))) return false;
    if (!take_digits(s, &at, 2, &h) || !take_char(s, &at, ':') || !take_digits(s, &at, 2, &m) ||
        !take_char(s, &at, ':') || !take_digits(s, &at, 2, &sec))
        return false;
    if (!take_fraction(s, &at, &fraction) || !take_offset(s, &at, &offset) || at != s.n) return false;
    if (h > 23 || m > 59 || sec > 59) return false;
    int64_t us =
        date_to_us(d) + h * HOUR_US + m * MINUTE_US + sec * SECOND_US + fraction - offset * MINUTE_US;
    if (!date_is_valid(date_of_us(us))) return false; /* an offset at either end of the calendar */
    *time_us = us;
    return true;
}
