#include "rag/advice_text.h"

#include <string.h>

#include "support/paper.h"
#include "rag/advice.h"
#include "test.h"

static struct arena *arena;

static int setup(void **state) {
    (void)state;
    arena = arena_new((size_t)64 << 20);
    return arena ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static struct str text_of(const struct page *pages, size_t count) {
    struct str text;
    bool fits = false;
    assert_int_equal(advice_text_of_pages(arena, pages, count, &text, &fits, NULL), OK);
    assert_true(fits);
    return text;
}

static void broken_lines_are_joined_and_others_are_not(void **state) {
    static const char *const lines[] = { "En cas de fièvre, donnez à boire souvent et découvrez",
                                         "l'enfant, sans le laisser prendre froid pendant la",
                                         "nuit.",
                                         "Apportez :",
                                         "- le carnet de santé de l'enfant et les ordonnances",
                                         "- ses médicaments",
                                         "",
                                         "Clinique de Fann",
                                         "Dakar",
                                         NULL };
    (void)state;
    struct page page = paper_page(arena, 1, lines, 100);
    assert_str_equal(
        text_of(&page, 1),
        STR("En cas de fièvre, donnez à boire souvent et découvrez l'enfant, sans le laisser prendre froid "
            "pendant la nuit.\nApportez :\n- le carnet de santé de l'enfant et les ordonnances\n- ses "
            "médicaments\n\nClinique de Fann\nDakar"));
}

static void larger_letters_make_a_heading(void **state) {
    static const char *const lines[] = { "Quand consulter", "Venez le jour même en cas de fièvre.", NULL };
    (void)state;
    struct page page = paper_page(arena, 1, lines, 100);
    for (size_t i = 0; i < 2; i++) page.words[i].box.h = page.words[i].box.h * 3 / 2;
    assert_str_equal(text_of(&page, 1), STR("# Quand consulter\nVenez le jour même en cas de fièvre."));
}

static void what_repeats_or_is_not_legible_is_left_out(void **state) {
    static const char *const one[] = { "Clinique Teranga", "", "Lavez vos mains.", NULL },
                             *const two[] = { "Clinique Teranga", "", "Buvez de l'eau.", NULL },
                             *const three[] = { "Clinique Teranga", "", "Dormez assez.", NULL };
    (void)state;
    struct page pages[] = { paper_page(arena, 1, one, 100), paper_page(arena, 2, two, 20),
                            paper_page(arena, 3, three, 100) };
    struct str text = text_of(pages, 3);
    assert_true(str_find(text, STR("Lavez")) < text.n && str_find(text, STR("Dormez")) < text.n);
    assert_int_equal(str_find(text, STR("Buvez")), text.n);
    assert_int_equal(str_find(text, STR("Teranga")), text.n);
}

static void no_page_is_no_text(void **state) {
    (void)state;
    assert_int_equal(text_of(NULL, 0).n, 0);
}

static void too_much_does_not_fit(void **state) {
    enum { LINES = 60, LINE_BYTES = 2000 };
    const char *lines[LINES + 1] = { NULL };
    struct str text = STR("left alone");
    bool fits = true;
    (void)state;
    for (size_t i = 0; i < LINES; i++) {
        char *line = arena_alloc(arena, LINE_BYTES + 1);
        assert_non_null(line);
        for (size_t k = 0; k < LINE_BYTES; k++) line[k] = k % 8 == 7 ? ' ' : (char)('a' + (i + k / 8) % 26);
        lines[i] = line;
    }
    struct page page = paper_page(arena, 1, lines, 100);
    assert_int_equal(advice_text_of_pages(arena, &page, 1, &text, &fits, NULL), OK);
    assert_false(fits);
    assert_int_equal(text.n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(broken_lines_are_joined_and_others_are_not, setup, teardown),
        cmocka_unit_test_setup_teardown(larger_letters_make_a_heading, setup, teardown),
        cmocka_unit_test_setup_teardown(what_repeats_or_is_not_legible_is_left_out, setup, teardown),
        cmocka_unit_test_setup_teardown(no_page_is_no_text, setup, teardown),
        cmocka_unit_test_setup_teardown(too_much_does_not_fit, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
