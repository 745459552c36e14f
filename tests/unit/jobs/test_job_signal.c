#include "test.h"

#include "base/clock.h"
#include "jobs/job_signal.h"

#include <pthread.h>

static void a_wake_up_before_the_sleep_is_not_missed(void **state) {
    (void)state;
    struct job_signal *s = job_signal_new();
    assert_non_null(s);
    uint64_t seen = job_signal_count(s);
    job_signal_wake(s);
    int64_t before = clock_monotonic_us();
    job_signal_sleep(s, seen, 10 * MINUTE_US);
    assert_true(clock_monotonic_us() - before < MINUTE_US);
    job_signal_free(s);
    job_signal_free(NULL);
}

static void a_sleep_ends_by_itself(void **state) {
    (void)state;
    struct job_signal *s = job_signal_new();
    assert_non_null(s);
    int64_t before = clock_monotonic_us();
    job_signal_sleep(s, job_signal_count(s), 2000);
    assert_true(clock_monotonic_us() - before >= 2000);
    job_signal_sleep(s, job_signal_count(s), 0);
    job_signal_free(s);
}

static void *sleep_long(void *s) {
    job_signal_sleep(s, 0, 10 * MINUTE_US);
    return NULL;
}

static void everybody_can_be_woken(void **state) {
    (void)state;
    struct job_signal *s = job_signal_new();
    pthread_t threads[8];
    int64_t before = clock_monotonic_us();
    for (int i = 0; i < 8; i++) assert_int_equal(pthread_create(&threads[i], NULL, sleep_long, s), 0);
    job_signal_wake_all(s); /* some sleep by now, the others see that the count is another */
    for (int i = 0; i < 8; i++) pthread_join(threads[i], NULL);
    assert_true(clock_monotonic_us() - before < MINUTE_US);
    job_signal_free(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wake_up_before_the_sleep_is_not_missed),
        cmocka_unit_test(a_sleep_ends_by_itself),
        cmocka_unit_test(everybody_can_be_woken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
