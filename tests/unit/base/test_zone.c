/* What the wall shows, with and without summer time: Dakar has none, Paris moves its clocks, Lord Howe by half an hour. */
#include "test.h"

#include "base/zone.h"

static int64_t utc(const char *iso) {
    int64_t us;
    assert_true(time_parse_iso(str_from_c(iso), &us));
    return us;
}

static int64_t on_wall(const char *text) {
    struct wall w;
    assert_true(wall_parse(str_from_c(text), &w));
    return wall_to_us(w);
}

static void use(const char *name) {
    assert_int_equal(zone_use(str_from_c(name), NULL), OK);
}

static void dakar_is_utc_all_year(void **state) {
    (void)state;
    use("Africa/Dakar");
    assert_int_equal(on_wall("2026-07-01T09:00"), utc("2026-07-01T09:00:00Z"));
    assert_int_equal(on_wall("2026-12-01 09:00:30"), utc("2026-12-01T09:00:30Z"));
    struct wall w = wall_of_us(utc("2026-07-01T23:59:59Z") + 999999);
    assert_int_equal(w.day.day, 1);
    assert_int_equal(w.of_day_us, DAY_US - 1);
}

static void summer_time_is_followed(void **state) {
    (void)state;
    use("Europe/Paris");
    assert_int_equal(on_wall("2026-01-15T09:00"), utc("2026-01-15T08:00:00Z"));
    assert_int_equal(on_wall("2026-07-15T09:00"), utc("2026-07-15T07:00:00Z"));
    /* 29 March: two o'clock becomes three. */
    assert_int_equal(on_wall("2026-03-29T02:30"), utc("2026-03-29T01:30:00Z"));
    assert_int_equal(wall_of_us(on_wall("2026-03-29T02:30")).of_day_us, 3 * HOUR_US + 30 * MINUTE_US);
    /* 25 October: half past two comes twice. */
    assert_int_equal(on_wall("2026-10-25T02:30"), utc("2026-10-25T00:30:00Z"));
    assert_int_equal(on_wall("2026-10-25T03:00"), utc("2026-10-25T02:00:00Z"));
    use("Australia/Lord_Howe"); /* half an hour */
    assert_int_equal(on_wall("2026-04-05T01:45"), utc("2026-04-04T14:45:00Z"));
    use("Europe/Dublin"); /* whose winter is what the tables call summer */
    assert_int_equal(on_wall("2026-10-25T01:30"), utc("2026-10-25T00:30:00Z"));
}

/* Every quarter of an hour of three years comes back as what it was, or, where the wall shows it twice, as the first. */
static void every_moment_comes_back(void **state) {
    static const char *const zones[] = { "Africa/Dakar", "Europe/Paris", "Australia/Lord_Howe",
                                         "America/New_York", "Africa/Casablanca" };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(zones); i++) {
        int64_t end = utc("2028-01-01T00:00:00Z"), second = 0;
        use(zones[i]);
        for (int64_t us = utc("2025-01-01T00:00:00Z"); us < end; us += 15 * MINUTE_US) {
            int64_t back = wall_to_us(wall_of_us(us));
            assert_true(back == us || back == us - HOUR_US || back == us - HOUR_US / 2);
            second += back != us;
        }
        assert_true(i == 0 ? second == 0
                           : second >= 6 && second <= 14); /* twice shown: a few quarters a year */
    }
}

static void spans_go_over_midnight(void **state) {
    struct day_span night, lunch, none;
    char text[DAY_SPAN_BYTES];
    (void)state;
    use("Africa/Dakar");
    assert_true(day_span_parse(STR("21:00-08:00"), &night));
    assert_true(day_span_parse(STR("12:30-14:00"), &lunch));
    assert_true(day_span_parse(STR("08:00-08:00"), &none));
    assert_int_equal(day_span_end_us(night, utc("2026-11-26T20:59:59Z")), 0);
    assert_int_equal(day_span_end_us(night, utc("2026-11-26T21:00:00Z")), utc("2026-11-27T08:00:00Z"));
    assert_int_equal(day_span_end_us(night, utc("2026-11-30T23:59:59Z")), utc("2026-12-01T08:00:00Z"));
    assert_int_equal(day_span_end_us(night, utc("2026-11-27T07:59:59Z")), utc("2026-11-27T08:00:00Z"));
    assert_int_equal(day_span_end_us(night, utc("2026-11-27T08:00:00Z")), 0);
    assert_int_equal(day_span_end_us(lunch, utc("2026-11-27T12:30:00Z")), utc("2026-11-27T14:00:00Z"));
    assert_int_equal(day_span_end_us(lunch, utc("2026-11-27T14:00:00Z")), 0);
    assert_int_equal(day_span_next_us(lunch, utc("2026-11-27T12:30:00Z")), utc("2026-11-28T12:30:00Z"));
    assert_int_equal(day_span_next_us(lunch, utc("2026-11-27T12:29:59Z")), utc("2026-11-27T12:30:00Z"));
    assert_int_equal(day_span_end_us(none, utc("2026-11-27T08:00:00Z")), 0);
    assert_int_equal(day_span_next_us(none, utc("2026-11-27T08:00:00Z")), INT64_MAX);
    use("Europe/Paris"); /* the night on which clocks go forward is an hour shorter */
    assert_int_equal(day_span_end_us(night, utc("2026-03-28T20:00:00Z")), utc("2026-03-29T06:00:00Z"));
    day_span_format(night, text);
    assert_string_equal(text, "21:00-08:00");
}

static void what_is_no_time_is_refused(void **state) {
    static const char *const walls[] = { "",
                                         "2026-12-01",
                                         "2026-12-01T9:00",
                                         "2026-12-01T24:00",
                                         "2026-13-01T09:00",
                                         "2026-12-01T09:60",
                                         "2026-12-01T09:00:60",
                                         "2026-12-01T09:00Z",
                                         "2026-12-01T09:00:00Z",
                                         "2026-12-01T09-00" };
    static const char *const spans[] = { "", "21:00", "21-8", "24:00-08:00", "21:00_08:00", "21:00-08:00 " };
    static const char *const names[] = { "",        "Dakar",        "/etc/passwd", "../zoneinfo/UTC",
                                         "Europe/", "Europe/Paris " };
    struct day_span span;
    struct wall w;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(walls); i++) assert_false(wall_parse(str_from_c(walls[i]), &w));
    for (size_t i = 0; i < COUNT_OF(spans); i++) assert_false(day_span_parse(str_from_c(spans[i]), &span));
    for (size_t i = 0; i < COUNT_OF(names); i++) assert_false(zone_is_known(str_from_c(names[i])));
    assert_int_equal(zone_use(STR("Mars/Olympus"), NULL), E_INVALID);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dakar_is_utc_all_year),      cmocka_unit_test(summer_time_is_followed),
        cmocka_unit_test(every_moment_comes_back),    cmocka_unit_test(spans_go_over_midnight),
        cmocka_unit_test(what_is_no_time_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
