#include "test.h"

#include "base/clock.h"
#include "jobs/job_execute.h"

static void delays_double_up_to_an_hour(void **state) {
    (void)state;
    const struct {
        int attempts, seconds;
    } want[] = { { 0, 1 },     { 1, 2 },     { 2, 4 },     { 10, 1024 },
                 { 11, 2048 }, { 12, 3600 }, { 60, 3600 }, { -1, 1 } };
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        int64_t us = want[i].seconds * SECOND_US;
        assert_true(job_delay_us(want[i].attempts, 0) == us * 8 / 10);
        assert_true(job_delay_us(want[i].attempts, UINT32_MAX) == us * 12 / 10);
        assert_in_range(job_delay_us(want[i].attempts, UINT32_MAX / 2), us * 99 / 100, us);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(delays_double_up_to_an_hour) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
