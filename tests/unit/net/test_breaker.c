#include "test.h"

#include "net/breaker.h"

#define NOW INT64_C(1000000000)

static struct arena *arena;
static struct breaker *breaker;

static int start(void **state) {
    (void)state;
    arena = arena_new(1 << 16);
    return arena && breaker_new(arena, &breaker, NULL) == OK ? 0 : -1;
}

static int stop(void **state) {
    (void)state;
    breaker_free(breaker);
    arena_free(arena);
    return 0;
}

static void fail_times(int times, int64_t now_us) {
    for (int i = 0; i < times; i++) {
        assert_true(breaker_may_call(breaker, now_us));
        breaker_failed(breaker, now_us, 0);
    }
}

static void opens_after_failures_in_a_row(void **state) {
    (void)state;
    fail_times(BREAKER_FAILURES_MAX - 1, NOW);
    assert_true(breaker_may_call(breaker, NOW));
    breaker_succeeded(breaker);
    fail_times(BREAKER_FAILURES_MAX - 1, NOW);
    assert_int_equal(breaker_open_until_us(breaker, NOW), 0);
    fail_times(1, NOW);
    assert_false(breaker_may_call(breaker, NOW));
    assert_int_equal(breaker_open_until_us(breaker, NOW), NOW + BREAKER_PAUSE_US);
}

static void lets_one_call_through_after_the_pause(void **state) {
    (void)state;
    fail_times(BREAKER_FAILURES_MAX, NOW);
    assert_false(breaker_may_call(breaker, NOW + BREAKER_PAUSE_US - 1));
    assert_true(breaker_may_call(breaker, NOW + BREAKER_PAUSE_US));
    assert_false(breaker_may_call(breaker, NOW + BREAKER_PAUSE_US));
    breaker_succeeded(breaker);
    assert_true(breaker_may_call(breaker, NOW + BREAKER_PAUSE_US));
    assert_true(breaker_may_call(breaker, NOW + BREAKER_PAUSE_US));
}

static void each_failed_try_doubles_the_pause_up_to_a_limit(void **state) {
    (void)state;
    int64_t now_us = NOW, pause_us = BREAKER_PAUSE_US;
    fail_times(BREAKER_FAILURES_MAX, now_us);
    for (int i = 0; i < 12; i++) {
        assert_int_equal(breaker_open_until_us(breaker, now_us), now_us + pause_us);
        now_us += pause_us;
        pause_us = 2 * pause_us > BREAKER_PAUSE_MAX_US ? BREAKER_PAUSE_MAX_US : 2 * pause_us;
        fail_times(1, now_us);
    }
    assert_int_equal(pause_us, BREAKER_PAUSE_MAX_US);
    now_us += pause_us;
    assert_true(breaker_may_call(breaker, now_us));
    breaker_succeeded(breaker);
    fail_times(BREAKER_FAILURES_MAX, now_us);
    assert_int_equal(breaker_open_until_us(breaker, now_us), now_us + BREAKER_PAUSE_US);
}

static void calls_under_way_when_it_opens_do_not_make_it_longer(void **state) {
    (void)state;
    for (int i = 0; i < 10; i++) assert_true(breaker_may_call(breaker, NOW));
    for (int i = 0; i < 10; i++) breaker_failed(breaker, NOW, 0);
    assert_int_equal(breaker_open_until_us(breaker, NOW), NOW + BREAKER_PAUSE_US);
}

static void stays_away_as_long_as_the_service_says(void **state) {
    (void)state;
    assert_true(breaker_may_call(breaker, NOW));
    breaker_failed(breaker, NOW, 20 * HOUR_US);
    assert_false(breaker_may_call(breaker, NOW + 20 * HOUR_US - 1));
    assert_int_equal(breaker_open_until_us(breaker, NOW), NOW + 20 * HOUR_US);
    assert_true(breaker_may_call(breaker, NOW + 20 * HOUR_US));
}

static void a_call_that_was_not_made_leaves_the_way_to_another(void **state) {
    (void)state;
    assert_false(breaker_refuses(breaker, NOW));
    fail_times(BREAKER_FAILURES_MAX, NOW);
    assert_true(breaker_refuses(breaker, NOW));
    assert_false(breaker_refuses(breaker, NOW + BREAKER_PAUSE_US)); /* asking takes nothing */
    assert_true(breaker_may_call(breaker, NOW + BREAKER_PAUSE_US));
    assert_true(breaker_refuses(breaker, NOW + BREAKER_PAUSE_US));
    breaker_withdrawn(breaker);
    assert_true(breaker_may_call(breaker, NOW + BREAKER_PAUSE_US));
    breaker_failed(breaker, NOW + BREAKER_PAUSE_US, 0);
    assert_int_equal(breaker_open_until_us(breaker, NOW + BREAKER_PAUSE_US), NOW + 3 * BREAKER_PAUSE_US);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(opens_after_failures_in_a_row, start, stop),
        cmocka_unit_test_setup_teardown(lets_one_call_through_after_the_pause, start, stop),
        cmocka_unit_test_setup_teardown(each_failed_try_doubles_the_pause_up_to_a_limit, start, stop),
        cmocka_unit_test_setup_teardown(calls_under_way_when_it_opens_do_not_make_it_longer, start, stop),
        cmocka_unit_test_setup_teardown(stays_away_as_long_as_the_service_says, start, stop),
        cmocka_unit_test_setup_teardown(a_call_that_was_not_made_leaves_the_way_to_another, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
