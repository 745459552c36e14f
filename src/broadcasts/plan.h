#ifndef BROADCASTS_PLAN_H
#define BROADCASTS_PLAN_H
/*
 * plan -- when a broadcast leaves: again and again, not in quiet hours, and when it will be over. Pure; the clinic's clock is base/zone.h's.
 */
#include "base/zone.h"

/* ---- repeating ---- */

enum repeat { REPEAT_NONE, REPEAT_DAILY, REPEAT_WEEKLY, REPEAT_MONTHLY, REPEAT_COUNT };
const char *repeat_name(enum repeat); /* "daily"; "" for none */
bool repeat_from_name(struct str, enum repeat *) MUST_CHECK;

/*
 * The times are as many days, weeks or months after the first on the clinic's wall: nine o'clock stays nine o'clock. In a month without the day it is the
 * last one; the month after, the day again.
 */
int64_t repeat_at_us(enum repeat, int64_t first_us, int64_t n);
int64_t repeat_next_us(enum repeat, int64_t first_us, int64_t after_us); /* the first one later than that */
int64_t repeat_last_us(enum repeat, int64_t first_us, int64_t until_us); /* the last one not later; 0: none */

/* A series at a time when it is due: one run for all that were missed, and what comes then. */
struct repetition {
    enum repeat repeat;
    int64_t first_us, until_us; /* until_us 0: no end */
    int64_t count, runs;        /* count 0: any number; runs: so far */
};
struct repetition_step {
    int64_t run_at_us; /* the time that the run stands for; 0: there is none any more */
    int64_t next_us;   /* when the next is due; 0: this was the last */
};
struct repetition_step series_step(const struct repetition *, int64_t now_us);
/* When the next is due after that; 0: there is none any more. */
int64_t series_next_us(const struct repetition *, int64_t after_us);

/* ---- how long it takes ---- */

struct plan {
    struct day_span quiet;
    int64_t per_hour;       /* that the sender and rate_per_hour allow */
    int64_t people_per_day; /* by templates in any 24 hours; 0: no limit */
};
struct plan_load {
    int64_t start_us;
    int64_t people, by_template; /* how many of them get a template */
    int64_t reached;             /* whom templates were sent to in the 24 hours before */
};
struct plan_end {
    int64_t first_us, last_us; /* the first leaves, the last has left; last_us 0: not in PLAN_DAYS_MAX */
    int64_t days;              /* of 24 hours, begun */
};
enum { PLAN_DAYS_MAX = 4000 };

/*
 * Runs through days of 24 hours from the start: on each, those who get a template share people_per_day (on the first what `reached` left of it, all of
 * which is taken to be free again after it), those who wrote themselves go at once, and nobody leaves in quiet hours; per_hour is kept evenly.
 */
struct plan_end plan_estimate(const struct plan *, const struct plan_load *);

#endif
