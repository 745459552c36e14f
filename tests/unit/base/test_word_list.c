#include "base/word_list.h"
#include "test.h"

static const char *const words[] = { "an", "ans", "\xC3\xA9t\xC3\xA9" };
static const char *const beginnings[] = { "oper", "rachi" };
static const char *const endings[] = { "pril", "sartan" };
static const struct word_list mixed = { .first = { "ans", 3 },
                                        .words = { words, COUNT_OF(words) },
                                        .beginnings = { beginnings, COUNT_OF(beginnings) },
                                        .endings = { endings, COUNT_OF(endings) } };
static const struct word_list rows[] = { { .words = { words, 1 } },
                                         { .words = { words, 2 } },
                                         { .endings = { endings, 1 } } };

static void a_word_is_in_a_list_as_a_whole(void **state) {
    (void)state;
    assert_true(word_in(STR("an"), &mixed));
    assert_true(word_in(STR("ans"), &mixed));
    assert_true(word_in(STR("\xC3\xA9t\xC3\xA9"), &mixed));
    assert_false(word_in(STR("a"), &mixed));
    assert_false(word_in(STR("annee"), &mixed));
    assert_false(word_in(STR(""), &mixed));
    assert_false(word_in(STR("an"), &(struct word_list) { .first = { "an", 2 } }));
}

static void beginnings_and_endings_stand_for_more(void **state) {
    (void)state;
    assert_true(word_in(STR("oper"), &mixed));
    assert_true(word_in(STR("operation"), &mixed));
    assert_true(word_in(STR("ramipril"), &mixed));
    assert_false(word_in(STR("cooperer"), &mixed));
    assert_false(word_in(STR("avrils"), &mixed));
}

static void the_first_row_counts(void **state) {
    (void)state;
    assert_int_equal(word_row(STR("an"), rows, COUNT_OF(rows)), 0);
    assert_int_equal(word_row(STR("ans"), rows, COUNT_OF(rows)), 1);
    assert_int_equal(word_row(STR("ramipril"), rows, COUNT_OF(rows)), 2);
    assert_int_equal(word_row(STR("mois"), rows, COUNT_OF(rows)), -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_is_in_a_list_as_a_whole),
        cmocka_unit_test(beginnings_and_endings_stand_for_more),
        cmocka_unit_test(the_first_row_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
