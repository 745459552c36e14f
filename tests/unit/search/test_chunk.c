#include "support/paper.h"

#include "test.h"

struct fixture {
    struct arena *arena;
    struct chunk *chunks;
    size_t count;
};

static int setup(void **state) {
    static struct fixture f;
    f = (struct fixture) { .arena = arena_new((size_t)64 << 20) };
    *state = &f;
    return f.arena ? 0 : -1;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    arena_free(f->arena);
    return 0;
}

static void cut(struct fixture *f, const struct page *pages, size_t count) {
    assert_int_equal(chunk_pages(f->arena, pages, count, &f->chunks, &f->count, NULL), OK);
}

static bool holds(struct str text, const char *words) {
    return str_find(text, str_from_c(words)) < text.n;
}

static void a_heading_is_carried_with_its_text(void **state) {
    static const char *const lines[] = { "BIOCHIMIE",
                                         "Glycémie à jeun   0,88 g/L   (0,70 - 1,08)",
                                         "",
                                         "Conclusion :",
                                         "Bilan normal pour cet âge.",
                                         NULL };
    struct fixture *f = *state;
    struct page page = paper_page(f->arena, 3, lines, 100);
    cut(f, &page, 1);
    assert_int_equal(f->count, 2);
    assert_str_equal(f->chunks[0].heading, STR("BIOCHIMIE"));
    assert_str_equal(f->chunks[0].text, STR("Glycémie à jeun 0,88 g/L (0,70 - 1,08)"));
    assert_str_equal(f->chunks[1].heading, STR("Conclusion"));
    assert_str_equal(f->chunks[1].text, STR("Bilan normal pour cet âge."));
    assert_int_equal(f->chunks[1].page, 3);
    assert_int_equal(f->chunks[1].position, 1);
    assert_true(f->chunks[0].box.w > 0 && f->chunks[0].box.h > 0);
}

static void a_heading_without_text_is_kept_as_text(void **state) {
    static const char *const lines[] = { "Une phrase qui ouvre la page.", "FIN DU DOCUMENT", NULL };
    struct fixture *f = *state;
    struct page page = paper_page(f->arena, 1, lines, 100);
    cut(f, &page, 1);
    assert_int_equal(f->count, 2);
    assert_str_equal(f->chunks[1].text, STR("FIN DU DOCUMENT"));
}

static void typed_headings_are_marked(void **state) {
    struct fixture *f = *state;
    struct page page = {
        .number = 1,
        .confidence = 100,
        .legible = true,
        .text = STR("# Prévenir\nDormez sous une moustiquaire.\n#\n#hashtag\n## En cas de fièvre\nVenez "
                    "le jour même.")
    };
    cut(f, &page, 1);
    assert_int_equal(f->count, 2);
    assert_str_equal(f->chunks[0].heading, STR("Prévenir"));
    assert_str_equal(f->chunks[0].text, STR("Dormez sous une moustiquaire.\n#\n#hashtag"));
    assert_str_equal(f->chunks[1].heading, STR("En cas de fièvre"));
    assert_str_equal(f->chunks[1].text, STR("Venez le jour même."));
}

static void capitals_throughout_are_text(void **state) {
    static const char *const lines[] = { "LE PATIENT EST VENU CE MATIN", "IL SE PLAINT DE FATIGUE",
                                         "IL DORT MAL LA NUIT", "REPOS CONSEILLE", NULL };
    struct fixture *f = *state;
    struct page page = paper_page(f->arena, 1, lines, 100);
    cut(f, &page, 1);
    assert_int_equal(f->count, 1);
    assert_true(holds(f->chunks[0].text, "FATIGUE\nIL DORT"));
}

/* A long table: chunks end between rows, and every row is whole in exactly one of them. */
static void rows_are_never_cut(void **state) {
    enum { ROWS = 60 };
    struct fixture *f = *state;
    const char *lines[ROWS + 1];
    for (size_t i = 0; i < ROWS; i++) {
        struct str row;
        assert_true(arena_printf(f->arena, &row, "Analyte numero %02zu      %zu,5 mmol/L      (1,0 - %zu,0)",
                                 i, i, i + 9));
        lines[i] = row.p;
    }
    lines[ROWS] = NULL;
    struct page page = paper_page(f->arena, 1, lines, 100);
    cut(f, &page, 1);
    assert_true(f->count > 2);
    for (size_t i = 0; i < ROWS; i++) {
        struct str row;
        size_t found = 0;
        assert_true(
            arena_printf(f->arena, &row, "Analyte numero %02zu %zu,5 mmol/L (1,0 - %zu,0)", i, i, i + 9));
        for (size_t k = 0; k < f->count; k++) found += holds(f->chunks[k].text, row.p);
        assert_int_equal(found, 1);
    }
    for (size_t k = 0; k < f->count; k++) assert_true(f->chunks[k].text.n <= CHUNK_MAX_BYTES);
}

static void paragraphs_are_cut_at_gaps(void **state) {
    struct fixture *f = *state;
    const char *lines[32];
    size_t n = 0;
    for (size_t paragraph = 0; paragraph < 4; paragraph++) {
        for (size_t i = 0; i < 6; i++)
            lines[n++] = "Le traitement est bien supporté et la tension reste stable au repos.";
        lines[n++] = "";
    }
    lines[n] = NULL;
    struct page page = paper_page(f->arena, 1, lines, 100);
    cut(f, &page, 1);
    assert_int_equal(f->count, 2);
    assert_int_equal(f->chunks[0].text.n, f->chunks[1].text.n);
}

static void what_stands_on_every_page_is_left_out(void **state) {
    static const char *const first[] = {
        "Laboratoire des Almadies  Tel 33 800 00 00", "", "Hémoglobine  13,2 g/dL", "", "Page 1/2", NULL
    };
    static const char *const second[] = {
        "Laboratoire des Almadies  Tel 33 800 00 00", "", "Plaquettes  250 G/L", "", "Page 2/2", NULL
    };
    struct fixture *f = *state;
    struct page pages[] = { paper_page(f->arena, 1, first, 100), paper_page(f->arena, 2, second, 100) };
    cut(f, pages, 2);
    for (size_t i = 0; i < f->count; i++) assert_false(holds(f->chunks[i].text, "Almadies"));
    assert_int_equal(f->count, 2);
    assert_int_equal(f->chunks[1].page, 2);
}

static void pages_that_cannot_be_read_give_nothing(void **state) {
    static const char *const lines[] = { "Amoxicilline 500 mg", NULL };
    struct fixture *f = *state;
    struct page page = paper_page(f->arena, 1, lines, PAGE_LEGIBLE_CONFIDENCE - 1);
    cut(f, &page, 1);
    assert_int_equal(f->count, 0);
    cut(f, NULL, 0);
    assert_int_equal(f->count, 0);
}

static void confidence_is_that_of_the_worst_figure(void **state) {
    static const char *const lines[] = { "Prendre 5 comprimes par jour", NULL };
    struct fixture *f = *state;
    struct page page = paper_page(f->arena, 1, lines, 95);
    page.words[1].confidence = 60;
    cut(f, &page, 1);
    assert_int_equal(f->chunks[0].confidence, 60);
    page.words[1].confidence = 95;
    cut(f, &page, 1);
    assert_int_equal(f->chunks[0].confidence, 95);
}

static void pages_without_words_are_read_from_their_text(void **state) {
    struct fixture *f = *state;
    struct page page = { .number = 1,
                         .confidence = 100,
                         .legible = true,
                         .text = STR("COMPTE RENDU\n\nTout va bien.\r\nMerci.\n") };
    cut(f, &page, 1);
    assert_int_equal(f->count, 1);
    assert_str_equal(f->chunks[0].heading, STR("COMPTE RENDU"));
    assert_str_equal(f->chunks[0].text, STR("Tout va bien.\nMerci."));
}

static void a_line_without_end_is_cut_behind_a_sentence(void **state) {
    struct fixture *f = *state;
    struct str text = STR("");
    while (text.n < 3 * CHUNK_MAX_BYTES)
        assert_true(arena_printf(f->arena, &text, "%.*sLa phrase numéro un est ici. ", STR_ARG(text)));
    struct page page = { .number = 1, .confidence = 100, .legible = true, .text = text };
    cut(f, &page, 1);
    assert_true(f->count >= 3);
    for (size_t i = 0; i < f->count; i++) {
        assert_true(f->chunks[i].text.n <= CHUNK_MAX_BYTES);
        assert_true(str_starts(f->chunks[i].text, STR("La phrase")));
        assert_true(str_ends(f->chunks[i].text, STR("ici.")));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_heading_is_carried_with_its_text, setup, teardown),
        cmocka_unit_test_setup_teardown(a_heading_without_text_is_kept_as_text, setup, teardown),
        cmocka_unit_test_setup_teardown(typed_headings_are_marked, setup, teardown),
        cmocka_unit_test_setup_teardown(capitals_throughout_are_text, setup, teardown),
        cmocka_unit_test_setup_teardown(rows_are_never_cut, setup, teardown),
        cmocka_unit_test_setup_teardown(paragraphs_are_cut_at_gaps, setup, teardown),
        cmocka_unit_test_setup_teardown(what_stands_on_every_page_is_left_out, setup, teardown),
        cmocka_unit_test_setup_teardown(pages_that_cannot_be_read_give_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(confidence_is_that_of_the_worst_figure, setup, teardown),
        cmocka_unit_test_setup_teardown(pages_without_words_are_read_from_their_text, setup, teardown),
        cmocka_unit_test_setup_teardown(a_line_without_end_is_cut_behind_a_sentence, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
