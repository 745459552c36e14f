#ifndef BASE_ZONE_H
#define BASE_ZONE_H
/*
 * zone -- what the clock on the clinic's wall shows. The zone is chosen once, before the first thread starts: libc keeps it, with the tables of tzdata.
 *
 * A time that the wall skips (clocks go forward) is as much later as they go; one that it shows twice is the first. Safe for all threads.
 */
#include "base/clock.h"
#include "base/status.h"

/* "Africa/Dakar": tzdata has it. */
bool zone_is_known(struct str name);
/* For the whole process; before its threads. E_INVALID: no such zone. */
enum status zone_use(struct str name, struct err *) MUST_CHECK;

/* Since midnight as it is counted there: 9:30 is 9.5 hours whatever the clocks did at night. */
struct wall {
    struct date day;
    int64_t of_day_us;
};
struct wall wall_of_us(int64_t time_us);
int64_t wall_to_us(struct wall);
/* "2026-12-01T09:00" or with seconds; no offset. */
bool wall_parse(struct str, struct wall *) MUST_CHECK;

/* A part of every day: "21:00-08:00" goes over midnight. Both ends the same: none of it. */
struct day_span {
    int64_t from_us, to_us; /* since midnight on the wall; from is in it, to is not */
};
enum { DAY_SPAN_BYTES = 12 }; /* "21:00-08:00" and NUL */
bool day_span_parse(struct str, struct day_span *) MUST_CHECK;
void day_span_format(struct day_span, char out[DAY_SPAN_BYTES]);
bool day_span_is_empty(struct day_span);

/* When the span ends that the time lies in; 0: it lies in none. */
int64_t day_span_end_us(struct day_span, int64_t time_us);
/* When the next one begins, after the time; INT64_MAX: never. */
int64_t day_span_next_us(struct day_span, int64_t time_us);

#endif
