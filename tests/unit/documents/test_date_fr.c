#include "test.h"

#include "documents/date_fr.h"

static void dates_are_read(void **state) {
    (void)state;
    static const struct {
        const char *text;
        struct date date;
        bool short_year;
    } cases[] = {
        { "le 15/11/2024", { 2024, 11, 15 }, false },
        { "15-11-2024", { 2024, 11, 15 }, false },
        { "15.11.2024", { 2024, 11, 15 }, false },
        { "2024-11-15", { 2024, 11, 15 }, false },
        { "15 / 11 / 2024", { 2024, 11, 15 }, false },
        { "Dakar, le 15 novembre 2024", { 2024, 11, 15 }, false },
        { "le 15 nov. 24", { 2024, 11, 15 }, true },
        { "1er mars 2024", { 2024, 3, 1 }, false },
        { "28 Mars 1979", { 1979, 3, 28 }, false },
        { "3 août 2023", { 2023, 8, 3 }, false },
        { "21/09/01", { 2001, 9, 21 }, true },
        { "12/05/61", { 1961, 5, 12 }, true },
        { "29/02/2024", { 2024, 2, 29 }, false },
        { "1 FÉVRIER 2022", { 2022, 2, 1 }, false },
    };
    struct arena *a = arena_new(1 << 20);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct tokens t;
        struct date_found d;
        assert_true(tokens_split(a, str_from_c(cases[i].text), &t));
        if (!date_fr_next(&t, 0, &d)) fail_msg("no date in %s", cases[i].text);
        assert_int_equal(date_compare(d.date, cases[i].date), 0);
        assert_int_equal(d.short_year, cases[i].short_year);
        assert_int_equal(d.to, t.count);
    }
    arena_free(a);
}

static void other_numbers_are_no_dates(void **state) {
    (void)state;
    static const char *const texts[] = { "30/02/2024",  "15/13/2024",      "145/90",     "1-0-1",
                                         "1/80",        "4 700 000",       "24-11-0045", "01 40 40 40 40",
                                         "mars 2024",   "1.250.1.213",     "29/02/2023", "14h05",
                                         "0,70 - 1,10", "279035121518989", "12/2024",    "00/01/2024",
                                         "B12/12/2024x" };
    struct arena *a = arena_new(1 << 20);
    for (size_t i = 0; i < COUNT_OF(texts) - 1; i++) {
        struct tokens t;
        struct date_found d;
        assert_true(tokens_split(a, str_from_c(texts[i]), &t));
        if (date_fr_next(&t, 0, &d)) fail_msg("a date in %s", texts[i]);
    }
    arena_free(a);
}

static void times_are_skipped(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t end;
    } cases[] = { { "14:05", 3 }, { "09:30:27 x", 5 }, { "14h05 x", 3 }, { "9 h", 2 },
                  { "14 mg", 0 }, { "32 h", 0 },       { "x", 0 } };
    struct arena *a = arena_new(1 << 20);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct tokens t;
        assert_true(tokens_split(a, str_from_c(cases[i].text), &t));
        assert_int_equal(date_fr_skip_time(&t, 0), cases[i].end);
    }
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_read),
        cmocka_unit_test(other_numbers_are_no_dates),
        cmocka_unit_test(times_are_skipped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
