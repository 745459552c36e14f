#include "broadcasts/plan.h"

static const char *const names[REPEAT_COUNT] = { "", "daily", "weekly", "monthly" };

const char *repeat_name(enum repeat r) {
    return names[r];
}

bool repeat_from_name(struct str name, enum repeat *out) {
    for (int i = 0; i < REPEAT_COUNT; i++) {
        if (!str_eq(name, str_from_c(names[i]))) continue;
        *out = (enum repeat)i;
        return true;
    }
    return false;
}

/* ---- repeating ---- */

static struct date months_later(struct date d, int64_t n) {
    int64_t month = d.year * INT64_C(12) + d.month - 1 + n;
    d.year = (int)(month / 12);
    d.month = (int)(month % 12) + 1;
    while (!date_is_valid(d) && d.day > 28) d.day--;
    return d;
}

int64_t repeat_at_us(enum repeat r, int64_t first_us, int64_t n) {
    struct wall w = wall_of_us(first_us);
    if (r == REPEAT_MONTHLY)
        w.day = months_later(w.day, n);
    else
        w.day = date_of_us(date_to_us(w.day) + n * (r == REPEAT_WEEKLY ? 7 : 1) * DAY_US);
    return n == 0 ? first_us : wall_to_us(w);
}

/* At most so long between two: a number of them that is surely not later than the time. */
static int64_t surely_past(enum repeat r, int64_t first_us, int64_t time_us) {
    int64_t longest_us = r == REPEAT_MONTHLY ? 32 * DAY_US : r == REPEAT_WEEKLY ? 8 * DAY_US : 2 * DAY_US;
    return time_us > first_us ? (time_us - first_us) / longest_us : 0;
}

/* The number of the first that is later. */
static int64_t number_after(enum repeat r, int64_t first_us, int64_t after_us) {
    int64_t low = surely_past(r, first_us, after_us);
    int64_t high = low + (after_us >= first_us ? (after_us - first_us) / DAY_US + 2 : 0);
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (repeat_at_us(r, first_us, middle) > after_us)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

int64_t repeat_next_us(enum repeat r, int64_t first_us, int64_t after_us) {
    return repeat_at_us(r, first_us, number_after(r, first_us, after_us));
}

int64_t repeat_last_us(enum repeat r, int64_t first_us, int64_t until_us) {
    int64_t n = number_after(r, first_us, until_us);
    return n ? repeat_at_us(r, first_us, n - 1) : 0;
}

int64_t series_next_us(const struct repetition *s, int64_t after_us) {
    int64_t next_us = repeat_next_us(s->repeat, s->first_us, after_us);
    if (s->count && s->runs >= s->count) return 0;
    return s->until_us && next_us > s->until_us ? 0 : next_us;
}

struct repetition_step series_step(const struct repetition *s, int64_t now_us) {
    int64_t until_us = s->until_us && s->until_us < now_us ? s->until_us : now_us;
    struct repetition after = *s;
    if (s->count && s->runs >= s->count) return (struct repetition_step) { 0 };
    after.runs++;
    return (struct repetition_step) { repeat_last_us(s->repeat, s->first_us, until_us),
                                      series_next_us(&after, now_us) };
}

/* ---- how long it takes ---- */

static int64_t smaller(int64_t a, int64_t b) {
    return a < b ? a : b;
}

/* Sends `people` from *at_us on, not in quiet hours and not after end_us; what is left is the answer. */
static int64_t send(const struct plan *p, int64_t people, int64_t end_us, int64_t *first_us, int64_t *at_us) {
    while (people > 0 && *at_us < end_us) {
        int64_t quiet_end_us = day_span_end_us(p->quiet, *at_us);
        if (quiet_end_us) {
            *at_us = quiet_end_us;
            continue;
        }
        int64_t stop_us = smaller(day_span_next_us(p->quiet, *at_us), end_us);
        int64_t fit = (stop_us - *at_us) / SECOND_US * p->per_hour / 3600 + 1;
        int64_t now = smaller(fit, people);
        if (!*first_us) *first_us = *at_us;
        people -= now;
        *at_us = people ? stop_us : *at_us + now * HOUR_US / p->per_hour;
    }
    return people;
}

struct plan_end plan_estimate(const struct plan *p, const struct plan_load *load) {
    int64_t templates = load->by_template, free = load->people - load->by_template;
    struct plan_end end = { 0 };
    int64_t at_us = load->start_us;

    for (int64_t day = 0; day < PLAN_DAYS_MAX && templates + free > 0; day++) {
        int64_t begin_us = load->start_us + day * DAY_US, room = templates;
        if (p->people_per_day) room = smaller(templates, p->people_per_day - (day ? 0 : load->reached));
        if (room < 0) room = 0;
        if (at_us < begin_us) at_us = begin_us;
        int64_t left = send(p, room + free, begin_us + DAY_US, &end.first_us, &at_us);
        int64_t sent = room + free - left, sent_free = smaller(free, sent);
        free -= sent_free;
        templates -= sent - sent_free;
        end.days = day + 1;
    }
    if (templates + free == 0) end.last_us = at_us;
    return end;
}
