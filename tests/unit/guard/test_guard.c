#include "guard/guard.h"

#include "test.h"

static struct arena *arena;

static int setup(void **state) {
    (void)state;
    arena = arena_new((size_t)16 << 20);
    return arena ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static enum status check(const char *answer, const char *asked) {
    const struct rag_source sources[] = {
        { 5,
          STR("Ordonnance 12"),
          1,
          STR("Lisinopril 10mg : 1 comprimé par jour\npendant 3\nmois"),
          { 2024, 11, 15 } },
        { 6, STR("Bilan"), 1, STR("Glycémie 1,26 g/L (0,70 - 1,10) prélevée le 04/11/2024"), { 0 } },
    };
    struct err err = { 0 };
    return guard_check(arena, str_from_c(answer), str_from_c(asked), sources, COUNT_OF(sources), &err);
}

static void what_is_printed_passes(void **state) {
    (void)state;
    assert_int_equal(check("Lisinopril 10 mg, 1 comprimé par jour, pendant 3 mois", ""), OK);
    assert_int_equal(check("votre glycémie est de 1,26 g/L (0,70 - 1,10)", ""), OK);
    assert_int_equal(check("Bonjour, tout va bien.", ""), OK);
    assert_int_equal(check("selon « Ordonnance 12 »", ""), OK);
    assert_int_equal(check("", ""), OK);
}

static void other_figures_do_not_pass(void **state) {
    (void)state;
    assert_int_equal(check("Lisinopril 20 mg", ""), E_CONFLICT);
    assert_int_equal(check("Lisinopril 10 g", ""), E_CONFLICT);
    assert_int_equal(check("2 comprimés par jour", ""), E_CONFLICT);
    assert_int_equal(check("1,2 g/L", ""), E_CONFLICT);
    assert_int_equal(check("1.26 g/L", ""), E_CONFLICT);
    assert_int_equal(check("26 g/L", ""), E_CONFLICT);
    assert_int_equal(check("10 fois par jour", ""), E_CONFLICT);
    assert_int_equal(check("pendant 3 jours", ""), E_CONFLICT);
}

/* Both figures are printed, each on another paper. */
static void one_quote_bears_all_figures_of_a_line(void **state) {
    (void)state;
    assert_int_equal(check("Lisinopril 10 mg, 1,26 g/L", ""), E_CONFLICT);
    assert_int_equal(check("Lisinopril 10 mg\n1,26 g/L", ""), OK);
    assert_int_equal(check("le 15/11/2024 : 1,26 g/L", ""), OK);
}

static void days_are_those_of_sources(void **state) {
    (void)state;
    assert_int_equal(check("le 15/11/2024", ""), OK);
    assert_int_equal(check("le 04/11/2024", ""), OK);
    assert_int_equal(check("le 16/11/2024", ""), E_CONFLICT);
    assert_int_equal(check("le 15/11/2023", ""), E_CONFLICT);
}

static void medicines_are_those_of_sources_or_of_the_question(void **state) {
    (void)state;
    assert_int_equal(check("prenez du paracétamol", ""), E_CONFLICT);
    assert_int_equal(check("« paracétamol » n'y est pas écrit", "suis-je allergique au Paracetamol ?"), OK);
    assert_int_equal(check("paracétamol 500 mg", "paracétamol 500 mg ?"), E_CONFLICT);
}

static void letters_with_digits_are_names(void **state) {
    (void)state;
    assert_int_equal(check("la vitamine B12 et l'HbA1c", ""), OK);
}

static void a_line_stands_on_its_quote_alone(void **state) {
    (void)state;
    assert_true(
        guard_line_stands(arena, STR("Aspirine 75 mg, 1 par jour"), STR("- Aspirine 75mg 1 par jour")));
    assert_false(
        guard_line_stands(arena, STR("Aspirine 75 mg, 1 par jour"), STR("- Aspirine 75mg 2 par jour")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_printed_passes),
        cmocka_unit_test(other_figures_do_not_pass),
        cmocka_unit_test(one_quote_bears_all_figures_of_a_line),
        cmocka_unit_test(days_are_those_of_sources),
        cmocka_unit_test(medicines_are_those_of_sources_or_of_the_question),
        cmocka_unit_test(letters_with_digits_are_names),
        cmocka_unit_test(a_line_stands_on_its_quote_alone),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
