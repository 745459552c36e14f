/*
 * Words that print set too close for the OCR.
 */
#include "test.h"

#include "parted.h"

static void assert_parted(const char *word, const char *want) {
    char out[100];
    assert_true(strlen(word) + PARTED_ROOM <= sizeof out);
    assert_str_equal(parted_word(str_from_c(word), out), str_from_c(want));
}

static void a_range_is_three_words(void **state) {
    (void)state;
    assert_parted("6à12", "6 à 12");
    assert_parted("6a12", "6 à 12");
    assert_parted("0,80à3,20", "0,80 à 3,20");
    assert_parted("8à", "8 à");
    assert_parted("à2", "à 2");
}

static void a_number_leaves_its_word(void **state) {
    (void)state;
    assert_parted("3fois", "3 fois");
    assert_parted("2comprimés", "2 comprimés");
    assert_parted("15jours", "15 jours");
}

static void other_words_stay_whole(void **state) {
    static const char *const words[] = { "",       "à",    "a",      "a2",       "8a",  "à2b",
                                         "500mg",  "2ème", "20ième", "12h30",    "12",  "3,5",
                                         "6à12à8", "B12",  "1ab",    "2021abcd", "12,", "3Fois" };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(words); i++) assert_parted(words[i], words[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_range_is_three_words),
        cmocka_unit_test(a_number_leaves_its_word),
        cmocka_unit_test(other_words_stay_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
