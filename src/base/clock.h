#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H
/*
 * clock -- time as int64 microseconds since 1970-01-01 UTC, passed in so that a test can hold it.
 *
 * Days without a time (a birth date, the date of a document) are a `struct date`; year 0 means unknown.
 * Formats: ISO 8601.
 */
#include "base/base.h"

struct clock {
    int64_t (*now_us)(void *ctx);
    void *ctx;
};

#define SECOND_US INT64_C(1000000)
#define MINUTE_US (60 * SECOND_US)
#define HOUR_US   (60 * MINUTE_US)
#define DAY_US    (24 * HOUR_US)

struct clock clock_system(void);
static inline int64_t clock_now_us(const struct clock *c) {
    return c->now_us(c->ctx);
}

/* A clock that only goes forward, for deadlines and durations. */
int64_t clock_monotonic_us(void);

struct date {
    int year, month, day; /* 1..12, 1..31; year 0: unknown */
};
#define DATE_UNKNOWN ((struct date) { 0 })

bool date_is_valid(struct date); /* a real day between 1850 and 2200 */
int date_compare(struct date a, struct date b);
struct date date_of_us(int64_t time_us);                   /* UTC day */
int64_t date_to_us(struct date);                           /* its midnight UTC */
bool date_parse_iso(struct str, struct date *) MUST_CHECK; /* "1980-01-31" and nothing else */
enum { DATE_ISO_BYTES = 11 };                              /* "2026-11-23" and NUL */
void date_format_iso(struct date, char out[DATE_ISO_BYTES]);

enum { TIME_ISO_BYTES = 28 }; /* "2026-11-23T08:15:30.123456Z" and NUL */
void time_format_iso(int64_t time_us, char out[TIME_ISO_BYTES]);
bool time_parse_iso(struct str, int64_t *time_us) MUST_CHECK; /* with Z or an offset */

#endif
