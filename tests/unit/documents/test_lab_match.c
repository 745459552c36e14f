#include "test.h"

#include "documents/lab_match.h"

static struct tokens cut(struct arena *a, const char *text) {
    struct tokens t;
    assert_true(tokens_split(a, str_from_c(text), &t));
    return t;
}

static void values_are_matched_whole(void **state) {
    (void)state;
    static const char *const whole[] = { "1,05", "4 700 000", "< 0,3", ">= 0.512", "-2,3",
                                         "1/80", "12 450,5",  "10^5",  "≤ 5" };
    static const char *const none[] = { "15/11/2024", "14:05", "abc", "- 3", "(" };
    struct arena *a = arena_new(1 << 20);
    for (size_t i = 0; i < COUNT_OF(whole); i++) {
        struct tokens t = cut(a, whole[i]);
        if (match_value(&t, 0) != t.count) fail_msg("%s", whole[i]);
    }
    for (size_t i = 0; i < COUNT_OF(none); i++) {
        struct tokens t = cut(a, none[i]);
        if (match_value(&t, 0) != 0) fail_msg("%s", none[i]);
    }
    arena_free(a);
}

static void units_are_matched_whole(void **state) {
    (void)state;
    static const char *const whole[] = {
        "g/L",   "mmol/l", "10^9/L", "10*12/L", "/mm3", "%",         "mL/min/1,73m2", "UI/L",  "x10E3/µL",
        "mUI/l", "µg/ml",  "(g/dL)", "G/L",     "fL",   "copies/mL", "10⁹/L",         "109/L", "g/ dL"
    };
    static const char *const none[] = { "S", "H", "kg", "comprimé", "-", "12", "(à jeun)" };
    struct arena *a = arena_new(1 << 20);
    for (size_t i = 0; i < COUNT_OF(whole); i++) {
        struct tokens t = cut(a, whole[i]);
        if (match_unit(&t, 0) != t.count) fail_msg("%s", whole[i]);
    }
    for (size_t i = 0; i < COUNT_OF(none); i++) {
        struct tokens t = cut(a, none[i]);
        if (match_unit(&t, 0) != 0) fail_msg("%s", none[i]);
    }
    arena_free(a);
}

static void ranges_are_bared(void **state) {
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = { { "(0,70 - 1,10)", "0,70 - 1,10" },
                  { "N : 50-70%", "50-70%" },
                  { "[4.0 à 10.0 G/L]", "4.0 à 10.0 G/L" },
                  { "< 5", "< 5" },
                  { "inf. à 5,0", "inf. à 5,0" },
                  { "VN: 3,6 -5,0", "3,6 -5,0" },
                  { "H : 30 - 400 F : 15 - 150", "H : 30 - 400 F : 15 - 150" },
                  { "150 000 à 400 000", "150 000 à 400 000" } };
    struct arena *a = arena_new(1 << 20);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct tokens t = cut(a, cases[i].text);
        size_t from = 0, to = 0;
        if (match_reference(&t, 0, &from, &to) != t.count) fail_msg("%s", cases[i].text);
        assert_str_equal(tokens_text(&t, from, to), str_from_c(cases[i].want));
    }
    arena_free(a);
}

static void values_are_compared_with_ranges(void **state) {
    (void)state;
    static const struct {
        const char *value, *unit, *reference;
        int want;
    } cases[] = {
        { "1,26", "g/L", "0,70 - 1,10", 1 },
        { "0,6", "g/L", "0,70 - 1,10", -1 },
        { "0,9", "g/L", "0,70 - 1,10", 0 },
        { "2,31", "g/L", "< 2,00", 1 },
        { "15", "%", "sup. à 25", -1 },
        { "> 100", "", "inférieur à 4,0", 1 },
        { "7 350", "/mm3", "4 000 à 10 000", 0 },
        { "18", "", "H : 30 - 400 F : 15 - 150", 0 },
        { "Négatif", "", "0 - 1", 0 },
        { "4,10", "g/l", "", 0 },
        { "9", "mg/L", "3 - 7 µmol/L", 0 },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int got = lab_compare(str_from_c(cases[i].value), str_from_c(cases[i].unit),
                              str_from_c(cases[i].reference));
        if (got != cases[i].want) fail_msg("%s in %s: %d", cases[i].value, cases[i].reference, got);
    }
}

static void misread_numbers_are_distrusted(void **state) {
    (void)state;
    assert_true(lab_lost_comma(STR("412"), STR("4,00 - 5,30")));
    assert_false(lab_lost_comma(STR("4,12"), STR("4,00 - 5,30")));
    assert_false(lab_lost_comma(STR("48"), STR("< 5,0"))); /* high, but possible */
    assert_false(lab_lost_comma(STR("98"), STR("150 - 400")));
    assert_false(lab_range_is_sane(STR("85.0 - 50.0")));
    assert_true(lab_range_is_sane(STR("35.0 - 50.0")));
    assert_true(lab_range_is_sane(STR("inf. à 5")));
}

static void one_range_in_two_units_is_known(void **state) {
    (void)state;
    assert_true(lab_ranges_agree(STR("3.5 - 8.0"), STR("0.21 - 0.48")));
    assert_true(lab_ranges_agree(STR("12,0 à 16,0"), STR("7,4 - 9,9")));
    assert_false(lab_ranges_agree(STR("80 - 100"), STR("150 000 - 400 000")));
    assert_false(lab_ranges_agree(STR("80 - 100"), STR("< 5")));
    assert_false(lab_ranges_agree(STR("0 - 5"), STR("0 - 50"))); /* cannot be told */
}

static void units_are_mended(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 16);
    assert_str_equal(lab_mend_unit(a, STR("mmol/1")), STR("mmol/l"));
    assert_str_equal(lab_mend_unit(a, STR("UI/|")), STR("UI/l"));
    assert_str_equal(lab_mend_unit(a, STR("109/L")), STR("10^9/L"));
    assert_str_equal(lab_mend_unit(a, STR("mL/min/1,73m2")), STR("mL/min/1,73m2"));
    arena_free(a);
}

static void a_millionth_is_told_from_a_misread_sign(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 16);
    assert_str_equal(lab_mend_micro(a, STR("pmol/L"), STR("creatinine")), STR("µmol/L"));
    assert_str_equal(lab_mend_micro(a, STR("pmol/l"), STR("bilirubine totale")), STR("µmol/l"));
    assert_str_equal(lab_mend_micro(a, STR("pg/ml"), STR("amoxicilline - cmi")), STR("µg/ml"));
    assert_str_equal(lab_mend_micro(a, STR("pg/ml"), STR("ampicilline")), STR("µg/ml"));
    assert_str_equal(lab_mend_micro(a, STR("pg/ml"), STR("gentamicine (gm)")), STR("µg/ml"));
    /* These are measured in so little. */
    assert_str_equal(lab_mend_micro(a, STR("pg/ml"), STR("estradiol")), STR("pg/ml"));
    assert_str_equal(lab_mend_micro(a, STR("pmol/L"), STR("t4 libre")), STR("pmol/L"));
    assert_str_equal(lab_mend_micro(a, STR("pmol/L"), STR("ferritine")), STR("pmol/L"));
    assert_str_equal(lab_mend_micro(a, STR("pg/mL"), STR("pth")), STR("pg/mL"));
    assert_str_equal(lab_mend_micro(a, STR("mg/L"), STR("creatinine")), STR("mg/L"));
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_matched_whole),
        cmocka_unit_test(units_are_matched_whole),
        cmocka_unit_test(ranges_are_bared),
        cmocka_unit_test(values_are_compared_with_ranges),
        cmocka_unit_test(misread_numbers_are_distrusted),
        cmocka_unit_test(one_range_in_two_units_is_known),
        cmocka_unit_test(units_are_mended),
        cmocka_unit_test(a_millionth_is_told_from_a_misread_sign),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
