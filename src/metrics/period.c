#include "metrics/period.h"

/* The begin of the hour or day that the wall shows then. */
static int64_t begin_of(int64_t at_us, bool by_day) {
    struct wall w = wall_of_us(at_us);
    w.of_day_us = by_day ? 0 : w.of_day_us - w.of_day_us % HOUR_US;
    return wall_to_us(w);
}

/* A day of the wall may have 23 or 25 hours; an hour is an hour. Most days have 24, and asking libc for the others takes it long. */
static int64_t next_after(int64_t start_us, bool by_day) {
    if (!by_day) return start_us + HOUR_US;
    struct wall today = wall_of_us(start_us), guess = wall_of_us(start_us + DAY_US);
    struct date next = date_of_us(date_to_us(today.day) + DAY_US);
    if (guess.of_day_us == 0 && date_compare(guess.day, next) == 0) return start_us + DAY_US;
    return wall_to_us((struct wall) { next, 0 });
}

void period_of(int64_t now_us, int64_t hours, struct period *p) {
    *p = (struct period) { .by_day = hours > PERIOD_BY_HOUR_MAX, .now_us = now_us };
    int64_t at_us = begin_of(now_us - hours * HOUR_US, p->by_day);
    while (p->count < PERIOD_BUCKETS_MAX && at_us <= now_us) {
        p->starts_us[p->count++] = at_us;
        at_us = next_after(at_us, p->by_day);
    }
    p->starts_us[p->count] = at_us;
}

bool period_bucket(const struct period *p, int64_t at_us, size_t *bucket) {
    size_t low = 0, high = p->count;
    if (at_us < p->starts_us[0] || at_us >= p->starts_us[p->count]) return false;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (at_us >= p->starts_us[middle])
            low = middle;
        else
            high = middle;
    }
    *bucket = low;
    return true;
}

int64_t period_passed_us(const struct period *p, size_t bucket, int64_t since_us) {
    int64_t from = p->starts_us[bucket] > since_us ? p->starts_us[bucket] : since_us;
    int64_t to = p->starts_us[bucket + 1] < p->now_us ? p->starts_us[bucket + 1] : p->now_us;
    return to > from ? to - from : 0;
}
