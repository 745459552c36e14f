#ifndef UNIT_JOBS_HELD_CLOCK_H
#define UNIT_JOBS_HELD_CLOCK_H
/* held_clock -- a clock that stands still until a test moves it. */
#include "base/clock.h"

static inline int64_t held_now_us(void *ctx) {
    return *(int64_t *)ctx;
}

static inline struct clock held_clock(int64_t *now_us) {
    return (struct clock) { held_now_us, now_us };
}

#endif
