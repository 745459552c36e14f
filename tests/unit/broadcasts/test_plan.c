/* When a broadcast leaves, on the clinic's clock; and the pace. */
#include "test.h"

#include "broadcasts/fill.h"
#include "broadcasts/plan.h"
#include "messaging/sender_limit.h"

#include <stdlib.h>

static int64_t utc(const char *iso) {
    int64_t us;
    assert_true(time_parse_iso(str_from_c(iso), &us));
    return us;
}

static void use(const char *name) {
    assert_int_equal(zone_use(str_from_c(name), NULL), OK);
}

static void nine_o_clock_stays_nine_o_clock(void **state) {
    (void)state;
    use("Europe/Paris");
    int64_t first = utc("2026-03-22T08:00:00Z"); /* nine in winter */
    assert_int_equal(repeat_next_us(REPEAT_WEEKLY, first, first - 1), first);
    assert_int_equal(repeat_next_us(REPEAT_WEEKLY, first, first), utc("2026-03-29T07:00:00Z"));
    assert_int_equal(repeat_next_us(REPEAT_DAILY, first, utc("2026-10-24T12:00:00Z")),
                     utc("2026-10-25T08:00:00Z"));
    use("Africa/Dakar");
    first = utc("2026-11-26T09:00:00Z");
    assert_int_equal(repeat_next_us(REPEAT_DAILY, first, utc("2031-11-26T08:59:59Z")),
                     utc("2031-11-26T09:00:00Z"));
    assert_int_equal(repeat_last_us(REPEAT_DAILY, first, first - 1), 0);
    assert_int_equal(repeat_last_us(REPEAT_DAILY, first, first), first);
    assert_int_equal(repeat_last_us(REPEAT_WEEKLY, first, utc("2026-12-10T08:59:59Z")),
                     utc("2026-12-03T09:00:00Z"));
}

static void the_last_of_a_month_is_its_last(void **state) {
    (void)state;
    use("Africa/Dakar");
    int64_t first = utc("2027-01-31T09:00:00Z");
    assert_int_equal(repeat_at_us(REPEAT_MONTHLY, first, 1), utc("2027-02-28T09:00:00Z"));
    assert_int_equal(repeat_at_us(REPEAT_MONTHLY, first, 2), utc("2027-03-31T09:00:00Z"));
    assert_int_equal(repeat_at_us(REPEAT_MONTHLY, first, 13), utc("2028-02-29T09:00:00Z"));
    assert_int_equal(repeat_next_us(REPEAT_MONTHLY, first, utc("2027-03-01T00:00:00Z")),
                     utc("2027-03-31T09:00:00Z"));
}

/* Against the slow way, for each kind and some years. */
static void times_follow_one_another(void **state) {
    (void)state;
    use("Europe/Paris");
    for (enum repeat r = REPEAT_DAILY; r < REPEAT_COUNT; r++) {
        int64_t first = utc("2026-01-31T01:30:00Z"), at = first;
        for (int64_t n = 1; n < 800; n++) {
            int64_t next = repeat_at_us(r, first, n);
            assert_true(next > at);
            assert_int_equal(repeat_next_us(r, first, at), next);
            assert_int_equal(repeat_next_us(r, first, next - 1), next);
            assert_int_equal(repeat_last_us(r, first, next - 1), at);
            at = next;
        }
    }
}

static void what_was_missed_is_one_run(void **state) {
    struct repetition daily = { .repeat = REPEAT_DAILY, .first_us = utc("2026-11-01T09:00:00Z") };
    struct repetition_step step;
    (void)state;
    use("Africa/Dakar");
    step = series_step(&daily, utc("2026-11-01T09:00:00Z"));
    assert_int_equal(step.run_at_us, utc("2026-11-01T09:00:00Z"));
    assert_int_equal(step.next_us, utc("2026-11-02T09:00:00Z"));
    step = series_step(&daily, utc("2026-11-09T20:00:00Z")); /* away for a week */
    assert_int_equal(step.run_at_us, utc("2026-11-09T09:00:00Z"));
    assert_int_equal(step.next_us, utc("2026-11-10T09:00:00Z"));
    daily.until_us = utc("2026-11-05T09:00:00Z");
    step = series_step(&daily, utc("2026-11-09T20:00:00Z")); /* the end passed meanwhile */
    assert_int_equal(step.run_at_us, utc("2026-11-05T09:00:00Z"));
    assert_int_equal(step.next_us, 0);
    assert_int_equal(series_next_us(&daily, utc("2026-11-04T09:00:00Z")), daily.until_us);
    daily.count = 3;
    daily.runs = 2;
    step = series_step(&daily, utc("2026-11-03T09:00:00Z"));
    assert_int_equal(step.run_at_us, utc("2026-11-03T09:00:00Z"));
    assert_int_equal(step.next_us, 0);
    daily.runs = 3;
    assert_int_equal(series_step(&daily, utc("2026-11-04T09:00:00Z")).run_at_us, 0);
}

/* ---- how long it takes ---- */

static struct plan_end estimate(const char *quiet, int64_t per_hour, int64_t per_day,
                                const struct plan_load *l) {
    struct plan p = { .per_hour = per_hour, .people_per_day = per_day };
    if (*quiet) assert_true(day_span_parse(str_from_c(quiet), &p.quiet));
    return plan_estimate(&p, l);
}

static void the_end_is_told_before(void **state) {
    struct plan_load l = { .start_us = utc("2026-11-26T09:00:00Z"), .people = 1000, .by_template = 1000 };
    struct plan_end end;
    (void)state;
    use("Africa/Dakar");
    end = estimate("", 500, 0, &l);
    assert_int_equal(end.first_us, l.start_us);
    assert_int_equal(end.last_us, l.start_us + 2 * HOUR_US);
    assert_int_equal(end.days, 1);
    end = estimate("10:00-11:00", 500, 0, &l); /* an hour at noon: it is over an hour later */
    assert_true(end.last_us >= l.start_us + 3 * HOUR_US - MINUTE_US &&
                end.last_us <= l.start_us + 3 * HOUR_US);
    end = estimate("", 288000, 250, &l); /* four days, the last of them at once */
    assert_int_equal(end.days, 4);
    assert_true(end.last_us > l.start_us + 3 * DAY_US && end.last_us < l.start_us + 3 * DAY_US + MINUTE_US);
    l.reached = 250;
    end = estimate("", 288000, 250, &l);
    assert_int_equal(end.first_us, l.start_us + DAY_US);
    assert_int_equal(end.days, 5);
    l.by_template = 250; /* the others wrote themselves */
    end = estimate("", 288000, 250, &l);
    assert_int_equal(end.first_us, l.start_us);
    assert_int_equal(end.days, 2);
    l = (struct plan_load) { .start_us = utc("2026-11-26T22:00:00Z"), .people = 1, .by_template = 1 };
    end = estimate("21:00-08:00", 288000, 0, &l);
    assert_int_equal(end.first_us, utc("2026-11-27T08:00:00Z"));
    l.people = l.by_template = 10000000;
    assert_int_equal(estimate("", 288000, 250, &l).last_us, 0); /* not in ten years */
    l.people = l.by_template = 0;
    assert_int_equal(estimate("", 288000, 250, &l).days, 0);
}

/* ---- what refusals teach ---- */

static void a_second_refusal_teaches_the_limit(void **state) {
    const int64_t now = utc("2026-11-26T09:00:00Z");
    struct sender_limit l = { 0 };
    (void)state;
    assert_int_equal(sender_limit_step(249), 0);
    assert_int_equal(sender_limit_step(250), 250);
    assert_int_equal(sender_limit_step(99999), 10000);
    assert_false(sender_limit_learn(&l, 1010, now, now + HOUR_US)); /* may be a burst */
    assert_int_equal(sender_limit_pause_us(&l, now), now + HOUR_US);
    assert_false(sender_limit_learn(&l, 1005, now + SECOND_US, now + HOUR_US)); /* was under way with it */
    assert_int_equal(sender_limit_people(&l, now + SECOND_US), 0);
    assert_true(sender_limit_learn(&l, 1005, now + HOUR_US, now + 2 * HOUR_US));
    assert_int_equal(sender_limit_people(&l, now + HOUR_US), 1000);
    assert_int_equal(sender_limit_people(&l, now + 26 * HOUR_US), 0); /* it is tried again */
    assert_int_equal(sender_limit_pause_us(&l, now + 2 * HOUR_US), 0);
    l = (struct sender_limit) { 0 };
    assert_false(sender_limit_learn(&l, 700, now, now + HOUR_US));
    assert_false(
        sender_limit_learn(&l, 900, now + HOUR_US, now + 2 * HOUR_US)); /* more were reached meanwhile */
    l = (struct sender_limit) { 0 };
    assert_false(sender_limit_learn(&l, 40, now, now + HOUR_US));
    assert_false(sender_limit_learn(&l, 40, now + HOUR_US, now + 2 * HOUR_US)); /* no step is so low */
    assert_int_equal(sender_limit_pause_us(&l, now + HOUR_US), now + 2 * HOUR_US);
    assert_int_equal(sender_limit_pause_us(&l, now - 30 * DAY_US), 0); /* the clock was set back */
}

/* ---- the pace ---- */

/* A job that looks whenever it is told to, for a day: never more than `per_hour` slots in any hour, and nearly as many. */
static void no_hour_has_more_than_its_number(void **state) {
    static const int64_t rates[] = { 1, 7, 60, 997, 3600, 100000 };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rates); i++) {
        const int64_t rate = rates[i], begin = utc("2026-11-26T00:00:00Z"), most = 3 * rate + 10;
        int64_t *at = calloc((size_t)most, sizeof *at), count = 0;
        struct pace p = { .message_rate = 80, .rate_per_hour = rate, .people_room = -1 };
        assert_non_null(at);
        for (p.now_us = begin; p.now_us < begin + 3 * HOUR_US;) {
            int64_t look_us, granted = pace_grant(&p, FILL_BATCH, &look_us);
            for (int64_t k = 0; k < granted; k++) {
                assert_true(count < most);
                at[count] = p.slot_us + k * p.step_us;
                if (at[count] < p.now_us) at[count] = p.now_us;
                count++;
            }
            assert_true(look_us > p.now_us);
            p.now_us = granted == FILL_BATCH ? p.now_us + 1 : look_us + 700000; /* always a little late */
        }
        for (int64_t k = rate; k < count; k++) assert_true(at[k] - at[k - rate] >= HOUR_US);
        assert_true(count >= 3 * rate * 99 / 100);
        free(at);
    }
}

static void the_pace_says_why_it_waits(void **state) {
    const int64_t now = utc("2026-11-26T22:00:00Z");
    int64_t look_us;
    struct pace p = { .message_rate = 80, .people_room = -1, .now_us = now };
    (void)state;
    assert_int_equal(pace_grant(&p, 100, &look_us), 100);
    assert_null(p.waits_for);
    p.people_room = 40;
    assert_int_equal(pace_grant(&p, 100, &look_us), 40);
    assert_null(p.waits_for);
    p.people_room = 0;
    p.people_free_us = now + HOUR_US;
    assert_int_equal(pace_grant(&p, 100, &look_us), 0);
    assert_string_equal(p.waits_for, "people_per_day");
    assert_int_equal(p.waits_until_us, now + HOUR_US);
    assert_true(look_us <= now + HOUR_US && look_us > now);
    p.pause_us = now + 2 * HOUR_US;
    assert_int_equal(pace_grant(&p, 100, &look_us), 0);
    assert_string_equal(p.waits_for, "carrier_limit");
    p.quiet_end_us = now + 10 * HOUR_US;
    assert_int_equal(pace_grant(&p, 100, &look_us), 0);
    assert_string_equal(p.waits_for, "quiet_hours");
    assert_int_equal(p.waits_until_us, now + 10 * HOUR_US);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nine_o_clock_stays_nine_o_clock),
        cmocka_unit_test(the_last_of_a_month_is_its_last),
        cmocka_unit_test(times_follow_one_another),
        cmocka_unit_test(what_was_missed_is_one_run),
        cmocka_unit_test(the_end_is_told_before),
        cmocka_unit_test(a_second_refusal_teaches_the_limit),
        cmocka_unit_test(no_hour_has_more_than_its_number),
        cmocka_unit_test(the_pace_says_why_it_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
