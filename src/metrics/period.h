#ifndef METRICS_PERIOD_H
#define METRICS_PERIOD_H
/*
 * period -- the last hours, cut into whole hours or whole days of the clinic's clock: at least as much as was asked for, up to now.
 */
#include "base/zone.h"

enum { PERIOD_HOURS_MAX = 2160, PERIOD_BUCKETS_MAX = 96 };
/* Up to here by the hour, beyond by the day. */
enum { PERIOD_BY_HOUR_MAX = 72 };

struct period {
    bool by_day;
    size_t count;
    int64_t
        starts_us[PERIOD_BUCKETS_MAX + 1]; /* of each; behind the last: the end of it, which may be to come */
    int64_t now_us;
};

/* hours: 1..PERIOD_HOURS_MAX. */
void period_of(int64_t now_us, int64_t hours, struct period *);

static inline int64_t period_from_us(const struct period *p) {
    return p->starts_us[0];
}

/* Which one a time lies in; false: in none. */
bool period_bucket(const struct period *, int64_t at_us, size_t *bucket);

/* How much of a bucket lies between `since_us` and now. */
int64_t period_passed_us(const struct period *, size_t bucket, int64_t since_us);

#endif
