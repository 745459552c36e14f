#include "wanted.h"

#include "unit/test.h"

static struct arena *arena;

static int setup(void **state) {
    (void)state;
    arena = arena_new((size_t)1 << 20);
    return arena ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static bool stand(const char *text, const char *words) {
    return wanted_stand(arena, str_from_c(text), str_from_c(words));
}

static void how_it_is_laid_out_is_nothing(void **state) {
    (void)state;
    assert_true(stand("- Bisoprolol, 1/2 cp, les jours impairs", "1/2 cp les jours impairs"));
    assert_true(stand("- Clomifène, 2 cp/j, de J3 à J7 (1 boîte)", "2 CP/J de J3 a J7"));
    assert_true(stand("« Fer (comprimé), 1 par jour »", "fer comprimé 1 par jour"));
    assert_true(stand("CRP | 12,5 mg/L", "12,5|mg/l"));
}

static void other_words_are_other_words(void **state) {
    (void)state;
    assert_false(stand("CRP : 1,25 mg/L", "12,5"));
    assert_false(stand("CRP : 12, 5 en mai", "12,5"));
    assert_false(stand("- Fer, 1 cp le matin", "1 cp le soir"));
    assert_false(stand("- Fer, 1 cp le matin", "1 cp le matin|2 mois"));
    assert_false(stand("- le matin, 1 cp", "1 cp le matin"));
}

static void a_line_of_facts_may_say_more_in_between(void **state) {
    (void)state;
    assert_true(
        stand("- Zinc, 1 sachet, pendant 3 jours, dans 1 litre d'eau", "1 sachet dans 1 litre d'eau"));
    assert_true(stand("- Resine, 1 mesure 2 fois par jour, rase", "1 mesure rase"));
    /* Another amount, a denial, the next line, and what a paper says by itself. */
    assert_false(stand("- Fer, 1 cp matin, 2 cp soir", "1 cp soir"));
    assert_false(stand("- Fer, 1 cp matin, jamais le soir", "1 cp le soir"));
    assert_false(stand("- Fer, 1 cp\n- Zinc, le soir", "1 cp le soir"));
    assert_false(stand("« 1 cp de fer le soir »", "1 cp le soir"));
    assert_false(stand("- Fer, 1 cp chaque matin et parfois même le soir", "1 cp le soir"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(how_it_is_laid_out_is_nothing),
        TEST(other_words_are_other_words),
        TEST(a_line_of_facts_may_say_more_in_between),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
