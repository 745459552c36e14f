/* What an outcome means: when it is tried again, when it ends, when nobody knows; and how fast a sender may send. */
#include "test.h"

#include "messaging/outbox_judge.h"
#include "messaging/sender_rate.h"

#define NOW_US (INT64_C(20000) * DAY_US)

static const struct outbox_item fresh = { .id = 1, .created_at_us = NOW_US };

static struct outcome judge(struct outbox_item item, enum status s, enum verdict verdict,
                            int64_t retry_after_us) {
    static struct sent sent; /* the outcome points into it */
    sent = (struct sent) { .provider_sid = "SM1",
                           .status = MESSAGE_ACCEPTED,
                           .verdict = verdict,
                           .error_code = "63024",
                           .retry_after_us = retry_after_us };
    return outbox_judge(&item, s, &sent, NOW_US, 1U << 31);
}

static void what_was_taken_is_done(void **state) {
    struct outcome o = judge(fresh, OK, VERDICT_NONE, 0);
    (void)state;
    assert_int_equal(o.status, MESSAGE_ACCEPTED);
    assert_str_equal(o.provider_sid, STR("SM1"));
    assert_int_equal(o.attempt, 1);
    assert_int_equal(o.due_us, 0);
}

static void what_is_refused_ends_and_is_told(void **state) {
    static const enum verdict ends[] = { VERDICT_REFUSED, VERDICT_WINDOW, VERDICT_OPTED_OUT,
                                         VERDICT_UNREACHABLE, VERDICT_TEMPLATE };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(ends); i++) {
        struct outcome o = judge(fresh, OK, ends[i], 0);
        assert_int_equal(o.status, MESSAGE_FAILED);
        assert_str_equal(o.error_code, STR("63024"));
        assert_int_equal(o.due_us, 0);
        assert_true(o.tell);
    }
}

static void what_may_work_later_waits_longer_each_time(void **state) {
    struct outbox_item item = fresh;
    int64_t last = 0;

    (void)state;
    for (item.attempts = 0; item.attempts < OUTBOX_ATTEMPTS_MAX - 1; item.attempts++) {
        struct outcome o = judge(item, OK, VERDICT_RETRY, 0);
        assert_int_equal(o.status, MESSAGE_SENDING);
        int64_t delay = o.due_us - NOW_US;
        assert_true(delay > last || delay == HOUR_US);
        last = delay;
    }
    struct outcome o = judge(item, OK, VERDICT_RETRY, 0);
    assert_int_equal(o.status, MESSAGE_FAILED);
    assert_str_equal(o.error_code, STR("gave_up"));
    assert_true(judge(fresh, E_RETRY, VERDICT_RETRY, 0).due_us - NOW_US < SECOND_US);
    assert_int_equal(judge(fresh, OK, VERDICT_RETRY, 7 * SECOND_US).due_us, NOW_US + 7 * SECOND_US);
}

static void a_limit_of_hours_keeps_messages_for_days(void **state) {
    static const struct {
        enum status status;
        enum verdict verdict;
        int64_t pause_min_us, pause_max_us;
    } cases[] = { { OK, VERDICT_LATER, 10 * MINUTE_US, HOUR_US },
                  { E_RETRY, VERDICT_RETRY, MINUTE_US, 5 * MINUTE_US } };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct outbox_item item = fresh;
        item.attempts = 200;
        struct outcome o = judge(item, cases[i].status, cases[i].verdict, 0);
        assert_int_equal(o.status, MESSAGE_SENDING);
        assert_str_equal(o.error_code, STR("63024")); /* why it waits */
        assert_in_range(o.due_us - NOW_US, cases[i].pause_min_us, cases[i].pause_max_us);
        item.created_at_us = NOW_US - OUTBOX_AGE_MAX_US - 1;
        assert_int_equal(judge(item, cases[i].status, cases[i].verdict, 0).status, MESSAGE_FAILED);
        item.attempts = 3; /* young by its tries: the clock was set */
        assert_int_equal(judge(item, cases[i].status, cases[i].verdict, 0).status, MESSAGE_SENDING);
    }
}

static void an_account_in_trouble_fails_nothing(void **state) {
    const struct outbox_item item = { .id = 1, .attempts = 5000, .created_at_us = NOW_US - 300 * DAY_US };
    struct outcome o = judge(item, OK, VERDICT_ACCOUNT, 0);
    (void)state;
    assert_int_equal(o.status, MESSAGE_SENDING);
    assert_int_equal(o.due_us, NOW_US + MINUTE_US);
    assert_false(o.tell);
}

static void whatever_is_not_understood_may_have_left(void **state) {
    static const enum status unclear[] = {
        E_UNCERTAIN, E_INTERNAL, E_LIMIT, E_CONFLICT, E_DENIED, E_NOT_FOUND
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(unclear); i++) {
        struct outcome o = judge(fresh, unclear[i], VERDICT_NONE, 0);
        assert_int_equal(o.status, MESSAGE_UNCERTAIN);
        assert_true(o.due_us > NOW_US);
    }
}

static void delays_spread_by_a_fifth(void **state) {
    (void)state;
    assert_int_equal(outbox_delay_us(1, 0), SECOND_US / 2 * 4 / 5);
    assert_int_equal(outbox_delay_us(1, UINT32_MAX), SECOND_US / 2 * 6 / 5);
    assert_int_equal(outbox_delay_us(100, 0), HOUR_US * 4 / 5);
}

/* Asks every `step` for as many as there are, for a minute; answers how many were let go. */
static int64_t sent_in_a_minute(int64_t per_second, int64_t step_us) {
    int64_t next = 0, sent = 0;
    for (int64_t now = NOW_US; now < NOW_US + MINUTE_US; now += step_us)
        sent += sender_rate_grant(&next, per_second, now, 1000);
    return sent;
}

static void the_rate_holds_within_two_percent(void **state) {
    static const int64_t rates[] = { 1, 20, 80, 400, 1000 }, steps[] = { 1000, 7000, 12500, 40000 };
    (void)state;
    for (size_t r = 0; r < COUNT_OF(rates); r++)
        for (size_t s = 0; s < COUNT_OF(steps); s++) {
            int64_t sent = sent_in_a_minute(rates[r], steps[s]), wanted = 60 * rates[r];
            assert_true(sent * 100 >= wanted * 98);
            assert_true(sent <= wanted + wanted / 50 + 1 + rates[r] * SENDER_RATE_BURST_US / SECOND_US);
        }
}

static void a_pause_saves_nothing_but_a_burst(void **state) {
    int64_t next = NOW_US - DAY_US;
    (void)state;
    assert_int_equal(sender_rate_grant(&next, 80, NOW_US, 1000), 5);
    assert_int_equal(sender_rate_grant(&next, 80, NOW_US, 1000), 0);
    assert_int_equal(sender_rate_grant(&next, 80, NOW_US + 12500, 0), 0);
    assert_int_equal(sender_rate_grant(&next, 80, NOW_US + 12500, 1000), 1);
}

static void a_clock_that_was_set_back_stops_nothing(void **state) {
    int64_t next = NOW_US + HOUR_US, soon = NOW_US + SECOND_US;
    (void)state;
    assert_int_equal(sender_rate_grant(&next, 80, NOW_US, 1000), 1);
    assert_true(next <= NOW_US + SECOND_US / 80);
    assert_int_equal(sender_rate_grant(&soon, 80, NOW_US, 1000), 0);
    assert_int_equal(soon, NOW_US + SECOND_US);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_taken_is_done),
        cmocka_unit_test(what_is_refused_ends_and_is_told),
        cmocka_unit_test(what_may_work_later_waits_longer_each_time),
        cmocka_unit_test(a_limit_of_hours_keeps_messages_for_days),
        cmocka_unit_test(an_account_in_trouble_fails_nothing),
        cmocka_unit_test(whatever_is_not_understood_may_have_left),
        cmocka_unit_test(delays_spread_by_a_fifth),
        cmocka_unit_test(the_rate_holds_within_two_percent),
        cmocka_unit_test(a_pause_saves_nothing_but_a_burst),
        cmocka_unit_test(a_clock_that_was_set_back_stops_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
