#include "test.h"

#include "base/clock.h"

#include <time.h>

static void every_day_of_350_years_comes_back(void **state) {
    (void)state;
    struct date d = { 1850, 1, 1 }, last = { 2200, 12, 31 };
    int64_t us = date_to_us(d);
    long days = 0;
    while (date_compare(d, last) <= 0) {
        assert_true(date_is_valid(d));
        assert_true(date_to_us(d) == us);
        /* Against the C library, at the end of the day too. */
        time_t t = (time_t)(us / SECOND_US);
        struct tm tm;
        assert_non_null(gmtime_r(&t, &tm));
        assert_true(tm.tm_year + 1900 == d.year && tm.tm_mon + 1 == d.month && tm.tm_mday == d.day);
        assert_int_equal(date_compare(date_of_us(us + DAY_US - 1), d), 0);
        us += DAY_US;
        d = date_of_us(us);
        days++;
    }
    assert_int_equal(days, 128200);
}

static void knows_real_days(void **state) {
    (void)state;
    assert_true(date_is_valid((struct date) { 2024, 2, 29 }));
    assert_false(date_is_valid((struct date) { 2023, 2, 29 }));
    assert_false(date_is_valid((struct date) { 2100, 2, 29 }));
    assert_true(date_is_valid((struct date) { 2000, 2, 29 }));
    assert_false(date_is_valid((struct date) { 1849, 12, 31 }));
    assert_false(date_is_valid((struct date) { 2201, 1, 1 }));
    assert_false(date_is_valid((struct date) { 2023, 13, 1 }));
    assert_false(date_is_valid((struct date) { 2023, 4, 31 }));
    assert_false(date_is_valid((struct date) { 0, 0, 0 }));
    assert_int_equal(date_compare((struct date) { 2023, 1, 2 }, (struct date) { 2023, 1, 10 }), -1);
    assert_int_equal(date_compare((struct date) { 2024, 1, 2 }, (struct date) { 2023, 12, 10 }), 1);
}

static void reads_and_writes_days(void **state) {
    (void)state;
    struct date d = { 1, 2, 3 };
    char text[11];
    const struct str bad[] = { STR(""),           STR("1980-1-31"), STR("1980-01-32"), STR("1980-01-31 "),
                               STR("1980/01/31"), STR("80-01-31"),  STR("1980-01-3a"), STR("-980-01-31") };
    for (size_t i = 0; i < COUNT_OF(bad); i++) assert_false(date_parse_iso(bad[i], &d));
    assert_int_equal(d.year, 1);
    assert_true(date_parse_iso(STR("1980-01-31"), &d));
    date_format_iso(d, text);
    assert_string_equal(text, "1980-01-31");
}

static void reads_and_writes_times(void **state) {
    (void)state;
    char text[TIME_ISO_BYTES];
    int64_t t = 0;
    assert_true(time_parse_iso(STR("2026-11-23T08:15:30.123456Z"), &t));
    time_format_iso(t, text);
    assert_string_equal(text, "2026-11-23T08:15:30.123456Z");
    assert_true(t == INT64_C(1795421730123456));

    int64_t other;
    assert_true(time_parse_iso(STR("2026-11-23T10:45:30.1234569+02:30"), &other) && other == t);
    assert_true(time_parse_iso(STR("2026-11-23 03:15:30.123456-0500"), &other) && other == t);
    assert_true(time_parse_iso(STR("2026-11-23T08:15:30Z"), &other) && other == t - 123456);

    time_format_iso(-1, text);
    assert_string_equal(text, "1969-12-31T23:59:59.999999Z");
}

static void refuses_other_times(void **state) {
    (void)state;
    int64_t t = 5;
    const struct str bad[] = { STR(""),
                               STR("2026-11-23"),
                               STR("2026-11-23T08:15Z"),
                               STR("2026-11-23T24:00:00Z"),
                               STR("2026-11-23T08:60:00Z"),
                               STR("2026-11-23T08:15:30"),
                               STR("2026-11-23T08:15:30.Z"),
                               STR("2026-11-23T08:15:30Zx"),
                               STR("2026-11-23T08:15:30+15:00"),
                               STR("2026-11-23T08:15:30+0"),
                               STR("2026-02-30T08:15:30Z"),
                               STR("1850-01-01T00:00:00+02:30"),
                               STR("2200-12-31T23:00:00-02:30") };
    for (size_t i = 0; i < COUNT_OF(bad); i++) assert_false(time_parse_iso(bad[i], &t));
    assert_int_equal(t, 5);
}

static void clocks_tick(void **state) {
    (void)state;
    struct clock c = clock_system();
    assert_true(clock_now_us(&c) > INT64_C(1700000000) * SECOND_US);
    int64_t a = clock_monotonic_us(), b = clock_monotonic_us();
    assert_true(a > 0 && b >= a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_of_350_years_comes_back),
        cmocka_unit_test(knows_real_days),
        cmocka_unit_test(reads_and_writes_days),
        cmocka_unit_test(reads_and_writes_times),
        cmocka_unit_test(refuses_other_times),
        cmocka_unit_test(clocks_tick),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
