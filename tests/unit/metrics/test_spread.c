#include "test.h"

#include "metrics/echo.h"
#include "metrics/name_count.h"
#include "metrics/spread.h"

static struct arena *arena;

static int start(void **state) {
    (void)state;
    arena = arena_new(64 << 20);
    return arena ? 0 : -1;
}

static int stop(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static void test_of_a_hundred(void **state) {
    struct spread s = { .arena = arena };
    struct spread_figures all, by[3];
    (void)state;
    for (int64_t us = 100; us >= 1; us--) assert_int_equal(spread_add(&s, us % 2 ? 0 : 2, us, NULL), OK);
    spread_figures(&s, &all, by, 3);
    assert_int_equal(all.count, 100);
    assert_true(all.mean_us > 50.49 && all.mean_us < 50.51);
    assert_int_equal(all.p50_us, 50);
    assert_int_equal(all.p95_us, 95);
    assert_int_equal(by[0].count, 50);
    assert_int_equal(by[0].p95_us, 95);
    assert_int_equal(by[1].count, 0);
    assert_int_equal(by[2].p50_us, 50);
}

static void test_of_one_and_of_none(void **state) {
    struct spread s = { .arena = arena };
    struct spread_figures all, by[1];
    (void)state;
    spread_figures(&s, &all, by, 1);
    assert_int_equal(all.count, 0);
    assert_int_equal(spread_add(&s, 0, -5, NULL), OK); /* a clock that was set back */
    spread_figures(&s, &all, by, 1);
    assert_int_equal(all.count, 1);
    assert_int_equal(all.p95_us, 0);
}

static void test_more_than_fit_at_first(void **state) {
    struct spread s = { .arena = arena };
    struct spread_figures all, by[1];
    (void)state;
    for (int64_t i = 1; i <= 5000; i++) assert_int_equal(spread_add(&s, 0, i, NULL), OK);
    spread_figures(&s, &all, by, 1);
    assert_int_equal(all.p95_us, 4750);
}

static void test_too_many_names_are_other(void **state) {
    struct name_counts list = { 0 };
    char name[16];
    (void)state;
    for (int i = 0; i < 100; i++) {
        int n = snprintf(name, sizeof name, "%d", i);
        assert_int_equal(name_count_add(&list, arena, (struct str) { name, (size_t)n }, false, NULL), OK);
    }
    name_counts_sort(&list);
    assert_int_equal(list.count, NAME_COUNTS_MAX + 1);
    assert_str_equal(list.items[0].name, STR("other"));
    assert_int_equal(list.items[0].n, 100 - NAME_COUNTS_MAX);
}

static void test_who_answers_a_broadcast(void **state) {
    struct echo echo = { .arena = arena };
    size_t bucket = 9;
    (void)state;
    assert_false(echo_heard(&echo, 1, 5, &bucket));
    for (int64_t id = 1; id <= 3000; id++)
        assert_int_equal(echo_sent(&echo, id, 1000, (size_t)id % 7, NULL), OK);
    assert_false(echo_heard(&echo, 3001, 2000, &bucket));
    assert_false(echo_heard(&echo, 12, 1000, &bucket)); /* before it left */
    assert_true(echo_heard(&echo, 12, 2000, &bucket));
    assert_int_equal(bucket, 12 % 7);
    assert_false(echo_heard(&echo, 12, 3000, &bucket)); /* once */
    assert_true(echo_heard(&echo, 13, 1000 + ECHO_US, &bucket));
    assert_false(echo_heard(&echo, 14, 1001 + ECHO_US, &bucket));
    assert_int_equal(echo_sent(&echo, 12, 5000, 3, NULL), OK); /* the next one */
    assert_true(echo_heard(&echo, 12, 6000, &bucket));
    assert_int_equal(bucket, 3);
    assert_int_equal(echo_sent(&echo, 0, 5000, 3, NULL), OK); /* nobody's number */
    assert_false(echo_heard(&echo, 0, 6000, &bucket));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_of_a_hundred, start, stop),
        cmocka_unit_test_setup_teardown(test_of_one_and_of_none, start, stop),
        cmocka_unit_test_setup_teardown(test_more_than_fit_at_first, start, stop),
        cmocka_unit_test_setup_teardown(test_too_many_names_are_other, start, stop),
        cmocka_unit_test_setup_teardown(test_who_answers_a_broadcast, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
