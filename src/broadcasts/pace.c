#include "broadcasts/fill.h"

/* So much of what the sender takes in a second lies ready. */
enum { WINDOW_SECONDS = 5 };

#define LOOK_SOONEST_US (20 * 1000)
#define LOOK_LATEST_US  (5 * SECOND_US)
#define LOOK_WAITING_US (15 * MINUTE_US) /* settings and limits may change while it waits */
#define BY_HOUR_LOOK_US (SECOND_US / 4)

int64_t fill_window(int64_t message_rate) {
    int64_t window = message_rate * WINDOW_SECONDS;
    if (window < FILL_WINDOW_MIN) return FILL_WINDOW_MIN;
    return window > FILL_WINDOW_MAX ? FILL_WINDOW_MAX : window;
}

static int64_t smaller(int64_t a, int64_t b) {
    return a < b ? a : b;
}

static int64_t larger(int64_t a, int64_t b) {
    return a > b ? a : b;
}

static int64_t between(int64_t n, int64_t low, int64_t high) {
    return n < low ? low : n > high ? high : n;
}

int64_t pace_step_us(int64_t rate_per_hour) {
    return (HOUR_US + PACE_LATE_US + rate_per_hour - 1) / rate_per_hour;
}

/* A slot that is further ahead than they are made can only come from a clock that was set back. */
static int64_t believed(int64_t slot_us, int64_t step_us, int64_t now_us) {
    if (slot_us > now_us + 2 * (step_us + PACE_LATE_US)) return now_us;
    return larger(slot_us, now_us - PACE_LATE_US);
}

bool pace_leave(int64_t *leave_us, int64_t rate_per_hour, int64_t now_us) {
    int64_t step_us = pace_step_us(rate_per_hour), next_us = believed(*leave_us, step_us, now_us);
    *leave_us = next_us > now_us ? next_us : next_us + step_us;
    return next_us <= now_us;
}

/* Slots of rate_per_hour, evenly, PACE_LATE_US ahead; of what was not used as much is kept, so that a job that comes late loses nothing. */
static int64_t by_hour(struct pace *p, int64_t wanted) {
    int64_t granted = 0;
    p->step_us = pace_step_us(p->rate_per_hour);
    p->next_us = believed(p->next_us, p->step_us, p->now_us);
    p->slot_us = p->next_us;
    while (granted < wanted && p->next_us <= p->now_us + PACE_LATE_US) {
        p->next_us += p->step_us;
        granted++;
    }
    return granted;
}

static int64_t wait(struct pace *p, const char *what, int64_t until_us, int64_t *look_again_us) {
    p->waits_for = what;
    p->waits_until_us = until_us;
    *look_again_us = between(until_us, p->now_us + SECOND_US, p->now_us + LOOK_WAITING_US);
    return 0;
}

int64_t pace_grant(struct pace *p, int64_t wanted, int64_t *look_again_us) {
    int64_t window = fill_window(p->message_rate), room = window - p->queued;
    int64_t drains_us = window / 2 * SECOND_US / (p->message_rate > 0 ? p->message_rate : 1);

    p->waits_for = NULL;
    p->waits_until_us = p->slot_us = p->step_us = 0;
    if (p->quiet_end_us > p->now_us) return wait(p, WAITS_QUIET, p->quiet_end_us, look_again_us);
    if (p->pause_us > p->now_us) return wait(p, WAITS_CARRIER, p->pause_us, look_again_us);
    if (p->people_room == 0) return wait(p, WAITS_PEOPLE, p->people_free_us, look_again_us);
    *look_again_us = p->now_us + between(drains_us, LOOK_SOONEST_US, LOOK_LATEST_US);
    if (p->people_room > 0) room = smaller(room, p->people_room);
    if (room <= 0) return 0;
    if (p->rate_per_hour <= 0) return smaller(wanted, room);
    int64_t granted = by_hour(p, smaller(wanted, room));
    if (granted < wanted) *look_again_us = larger(p->next_us - PACE_LATE_US, p->now_us + BY_HOUR_LOOK_US);
    return granted;
}
