#include "test.h"

static void trims_ascii_space(void **state) {
    (void)state;
    assert_str_equal(str_trim(STR(" \t\r\n a b \v\f")), STR("a b"));
    assert_str_equal(str_trim(STR("   ")), STR(""));
    assert_str_equal(str_trim(STR("")), STR(""));
}

static void finds_text(void **state) {
    (void)state;
    struct str s = STR("paracetamol");
    assert_int_equal(str_find(s, STR("ceta")), 4);
    assert_int_equal(str_find(s, STR("")), 0);
    assert_int_equal(str_find(s, STR("mol.")), s.n);
    assert_int_equal(str_find(STR(""), STR("a")), 0);
    assert_int_equal(str_find_char(s, 'm'), 8);
    assert_int_equal(str_find_char(s, 'z'), s.n);
}

static void compares_and_cuts(void **state) {
    (void)state;
    assert_true(str_eq((struct str) { NULL, 0 }, STR("")));
    assert_false(str_eq(STR("a"), STR("b")));
    assert_true(str_starts(STR("abc"), STR("ab")));
    assert_false(str_starts(STR("a"), STR("ab")));
    assert_true(str_ends(STR("abc"), STR("bc")));
    assert_str_equal(str_sub(STR("abc"), 1, 100), STR("bc"));
    assert_str_equal(str_sub(STR("abc"), 9, 1), STR(""));
}

static void reads_whole_numbers(void **state) {
    (void)state;
    int64_t v = 7;
    assert_true(str_to_i64(STR("0"), &v) && v == 0);
    assert_true(str_to_i64(STR("+12"), &v) && v == 12);
    assert_true(str_to_i64(STR("-9223372036854775808"), &v) && v == INT64_MIN);
    assert_true(str_to_i64(STR("9223372036854775807"), &v) && v == INT64_MAX);
    const struct str bad[] = { STR(""),
                               STR("-"),
                               STR("+"),
                               STR("1 "),
                               STR(" 1"),
                               STR("1.0"),
                               STR("0x1"),
                               STR("--1"),
                               STR("9223372036854775808"),
                               STR("-9223372036854775809"),
                               STR("99999999999999999999") };
    v = 7;
    for (size_t i = 0; i < COUNT_OF(bad); i++) assert_false(str_to_i64(bad[i], &v));
    assert_int_equal(v, 7);
}

static void words_are_taken_one_by_one(void **state) {
    (void)state;
    struct str rest = STR("  un, deux;trois ");
    assert_str_equal(str_next_word(&rest, " ,;"), STR("un"));
    assert_str_equal(str_next_word(&rest, " ,;"), STR("deux"));
    assert_str_equal(str_next_word(&rest, " ,;"), STR("trois"));
    assert_str_equal(str_next_word(&rest, " ,;"), STR(""));
    assert_int_equal(rest.n, 0);
    rest = (struct str) { "a\0b", 3 };
    assert_int_equal(str_next_word(&rest, " ").n, 3); /* NUL ends nothing */
}

static void letters_are_told_from_other_bytes(void **state) {
    (void)state;
    assert_true(is_letter_byte('a') && is_letter_byte('Z') && is_letter_byte('\xC3'));
    assert_false(is_letter_byte('5') || is_letter_byte(' ') || is_letter_byte('-') || is_letter_byte('\0'));
    assert_int_equal(ascii_lower('Z'), 'z');
    assert_int_equal(ascii_lower('['), '[');
    assert_int_equal(ascii_lower('\xC9'), '\xC9');
    assert_true(str_eq_nocase(STR("Content-Type"), STR("content-type")) && str_eq_nocase(STR(""), STR("")));
    assert_false(str_eq_nocase(STR("a"), STR("ab")) || str_eq_nocase(STR("@"), STR("`")));
}

static void lines_are_taken_one_by_one(void **state) {
    (void)state;
    struct str rest = STR("un\n\n deux");
    assert_str_equal(str_next_line(&rest), STR("un"));
    assert_str_equal(str_next_line(&rest), STR(""));
    assert_str_equal(str_next_line(&rest), STR(" deux"));
    assert_int_equal(rest.n, 0);
    rest = STR("un\n");
    assert_str_equal(str_next_line(&rest), STR("un"));
    assert_int_equal(rest.n, 0); /* a line end begins no further line */
}

static void words_of_a_list_are_known(void **state) {
    (void)state;
    assert_true(str_in_words(STR("mal"), "mal maux"));
    assert_true(str_in_words(STR("maux"), "mal maux"));
    assert_false(str_in_words(STR("ma"), "mal maux"));
    assert_false(str_in_words(STR("mal maux"), "mal maux"));
    assert_false(str_in_words(((struct str) { "mal\0x", 5 }), "mal"));
    assert_false(str_in_words(STR(""), "mal maux"));
    assert_false(str_in_words(STR("mal"), ""));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_a_list_are_known),  cmocka_unit_test(words_are_taken_one_by_one),
        cmocka_unit_test(trims_ascii_space),          cmocka_unit_test(finds_text),
        cmocka_unit_test(compares_and_cuts),          cmocka_unit_test(reads_whole_numbers),
        cmocka_unit_test(lines_are_taken_one_by_one), cmocka_unit_test(letters_are_told_from_other_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
