#include "broadcasts/fill.h"

/* So much of what the sender takes in a second lies ready. */
enum { WINDOW_SECONDS = 5 };

#define LOOK_SOONEST_US (20 * 1000)
#define LOOK_LATEST_US  (5 * SECOND_US)
#define CREDIT_US       (5 * SECOND_US)
#define BY_HOUR_LOOK_US (SECOND_US / 4)

int64_t fill_window(int64_t message_rate) {
    int64_t window = message_rate * WINDOW_SECONDS;
    if (window < FILL_WINDOW_MIN) return FILL_WINDOW_MIN;
    return window > FILL_WINDOW_MAX ? FILL_WINDOW_MAX : window;
}

static int64_t smaller(int64_t a, int64_t b) {
    return a < b ? a : b;
}

static int64_t between(int64_t n, int64_t low, int64_t high) {
    return n < low ? low : n > high ? high : n;
}

/* What may go by rate_per_hour, evenly; of what was not used CREDIT_US are kept, so that a job that comes late loses nothing. */
static int64_t by_hour(struct pace *p, int64_t wanted) {
    int64_t step_us = HOUR_US / p->rate_per_hour, granted = 0;
    if (p->next_us < p->now_us - CREDIT_US) p->next_us = p->now_us - CREDIT_US;
    while (granted < wanted && p->next_us <= p->now_us) {
        p->next_us += step_us;
        granted++;
    }
    return granted;
}

int64_t pace_grant(struct pace *p, int64_t wanted, int64_t *look_again_us) {
    int64_t window = fill_window(p->message_rate), room = window - p->queued;
    int64_t drains_us = window / 2 * SECOND_US / (p->message_rate > 0 ? p->message_rate : 1);

    *look_again_us = p->now_us + between(drains_us, LOOK_SOONEST_US, LOOK_LATEST_US);
    if (room <= 0) return 0;
    if (p->rate_per_hour <= 0) return smaller(wanted, room);
    int64_t granted = by_hour(p, smaller(wanted, room));
    if (granted < wanted)
        *look_again_us = p->next_us > p->now_us + BY_HOUR_LOOK_US ? p->next_us : p->now_us + BY_HOUR_LOOK_US;
    return granted;
}
