#include "test.h"

#include "metrics/period.h"

static int64_t at(const char *iso) {
    int64_t us = 0;
    assert_true(time_parse_iso(str_from_c(iso), &us));
    return us;
}

static void assert_at(int64_t us, const char *iso) {
    char text[TIME_ISO_BYTES];
    time_format_iso(us, text);
    assert_string_equal(text, iso);
}

static void use(const char *zone) {
    assert_int_equal(zone_use(str_from_c(zone), NULL), OK);
}

static void test_a_day_goes_by_the_hour(void **state) {
    struct period p;
    size_t bucket;
    (void)state;
    use("Africa/Dakar");
    period_of(at("2026-11-26T11:49:54Z"), 24, &p);
    assert_false(p.by_day);
    assert_int_equal(p.count, 25);
    assert_at(p.starts_us[0], "2026-11-25T11:00:00.000000Z");
    assert_at(p.starts_us[24], "2026-11-26T11:00:00.000000Z");
    assert_true(period_bucket(&p, at("2026-11-25T11:00:00Z"), &bucket));
    assert_int_equal(bucket, 0);
    assert_true(period_bucket(&p, at("2026-11-26T11:59:59Z"), &bucket));
    assert_int_equal(bucket, 24);
    assert_false(period_bucket(&p, at("2026-11-25T10:59:59Z"), &bucket));
    assert_false(period_bucket(&p, at("2026-11-26T12:00:00Z"), &bucket));
}

static void test_half_hours_are_those_of_the_wall(void **state) {
    struct period p;
    (void)state;
    use("Asia/Kolkata"); /* 5:30 */
    period_of(at("2026-11-26T11:49:54Z"), 1, &p);
    assert_int_equal(p.count, 2);
    assert_at(p.starts_us[0], "2026-11-26T10:30:00.000000Z");
    period_of(at("2026-11-26T11:49:54Z"), 168, &p);
    assert_at(p.starts_us[0], "2026-11-18T18:30:00.000000Z");
}

static void test_days_of_23_and_25_hours(void **state) {
    struct period p;
    (void)state;
    use("Europe/Paris");
    period_of(at("2026-10-28T12:00:00Z"), 168, &p); /* the clocks went back on the 25th */
    assert_int_equal(p.count, 8);
    assert_at(p.starts_us[4], "2026-10-24T22:00:00.000000Z");
    assert_at(p.starts_us[5], "2026-10-25T23:00:00.000000Z");
    period_of(at("2026-03-31T12:00:00Z"), 168, &p); /* forward on the 29th */
    assert_at(p.starts_us[5], "2026-03-28T23:00:00.000000Z");
    assert_at(p.starts_us[6], "2026-03-29T22:00:00.000000Z");
}

static void test_the_longest_period_fits(void **state) {
    struct period p;
    (void)state;
    use("Africa/Dakar");
    for (int64_t hours = 1; hours <= PERIOD_HOURS_MAX; hours += 7) {
        period_of(at("2026-11-26T00:00:00Z"), hours, &p);
        assert_true(p.count > 0 && p.count <= PERIOD_BUCKETS_MAX);
        assert_true(period_from_us(&p) <= p.now_us - hours * HOUR_US);
        assert_true(p.starts_us[p.count] > p.now_us);
    }
}

static void test_what_has_passed(void **state) {
    struct period p;
    (void)state;
    use("Africa/Dakar");
    period_of(at("2026-11-26T11:45:00Z"), 2, &p);
    assert_int_equal(period_passed_us(&p, 2, 0), 45 * MINUTE_US);
    assert_int_equal(period_passed_us(&p, 1, at("2026-11-26T10:20:00Z")), 40 * MINUTE_US);
    assert_int_equal(period_passed_us(&p, 0, at("2026-11-26T10:20:00Z")), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_day_goes_by_the_hour),
        cmocka_unit_test(test_half_hours_are_those_of_the_wall),
        cmocka_unit_test(test_days_of_23_and_25_hours),
        cmocka_unit_test(test_the_longest_period_fits),
        cmocka_unit_test(test_what_has_passed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
