#include "test.h"

#include <stdlib.h>

#include "documents/fixture.h"
#include "documents/layout.h"

static struct page_lines lines_of(struct arena *a, struct page *page) {
    struct page_lines out;
    assert_int_equal(layout_lines(a, page, &out, NULL), OK);
    return out;
}

static void rows_come_back_from_columns(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct page page;
    fixture_page(a, STR("Urée        0,35    g/L\nSodium      138     mmol/L\n"), 1, &page);
    /* a text layer that tells column by column */
    const size_t order[] = { 0, 3, 1, 4, 2, 5 };
    struct word *mixed = arena_array(a, 6, sizeof *mixed);
    for (size_t i = 0; i < 6; i++) mixed[i] = page.words[order[i]];
    page.words = mixed;
    struct page_lines l = lines_of(a, &page);
    assert_int_equal(l.count, 2);
    assert_str_equal(l.lines[0].text, STR("Urée 0,35 g/L"));
    assert_int_equal(l.lines[1].cell_count, 3);
    assert_str_equal(l.lines[1].cells[0].text, STR("Sodium"));
    assert_str_equal(l.lines[1].cells[2].text, STR("mmol/L"));
    arena_free(a);
}

static void a_slope_is_followed(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct word words[40];
    for (int i = 0; i < 40; i++) /* two lines that sink by more than their distance from left to right */
        words[i] = (struct word) { .text = i % 2 ? STR("b") : STR("a"),
                                   .confidence = 90,
                                   .box = { (i / 2) * 250, 1000 + (i / 2) * 12 + (i % 2) * 130, 200, 95 } };
    struct page page = { .number = 1, .width = 6000, .height = 8000, .words = words, .word_count = 40 };
    struct page_lines l = lines_of(a, &page);
    assert_int_equal(l.count, 2);
    assert_int_equal(l.lines[0].word_count, 20);
    for (size_t i = 0; i < 20; i++) assert_str_equal(l.lines[0].words[i].text, STR("a"));
    arena_free(a);
}

static void words_of_a_sentence_stay_in_a_cell(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct page page;
    fixture_page(a, STR("un comprimé le matin et le soir     pendant sept jours"), 1, &page);
    struct page_lines l = lines_of(a, &page);
    assert_int_equal(l.lines[0].cell_count, 2);
    assert_str_equal(l.lines[0].cells[1].text, STR("pendant sept jours"));
    assert_int_equal(l.lines[0].cells[1].first, 7);
    arena_free(a);
}

static void overlapping_words_are_cells_of_their_own(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct word words[] = { { STR("PARACETAMOL"), { 641, 4650, 604, 75 }, 100, 0 },
                            { STR("3"), { 1074, 4650, 44, 75 }, 100, 0 },
                            { STR("fois/j"), { 1141, 4650, 164, 75 }, 100, 0 } };
    struct page page = { .number = 1, .width = 6000, .height = 8000, .words = words, .word_count = 3 };
    struct page_lines l = lines_of(a, &page);
    assert_int_equal(l.count, 1);
    assert_int_equal(l.lines[0].cell_count, 2);
    assert_str_equal(l.lines[0].cells[1].text, STR("3 fois/j"));
    arena_free(a);
}

static void headers_and_page_numbers_repeat(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 22);
    struct page pages[3];
    struct page_lines *l;
    for (int i = 0; i < 3; i++) {
        struct str text;
        char body[1200] = { 0 };
        for (int k = 0; k < 50; k++) body[k] = '\n';
        assert_true(arena_printf(a, &text, "Clinique du Cap, dossier 77%d\n\nligne %c%s%d / 3", i, 'a' + i,
                                 body, i + 1));
        fixture_page(a, text, i + 1, &pages[i]);
    }
    assert_int_equal(layout_pages(a, pages, 3, &l, NULL), OK);
    for (size_t i = 0; i < 3; i++) {
        assert_true(l[i].lines[0].repeated);
        assert_false(l[i].lines[1].repeated);
        assert_true(l[i].lines[2].repeated);
    }
    arena_free(a);
}

static void an_empty_page_has_no_lines(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 16);
    struct word nothing = { .text = STR("") };
    struct page page = { .number = 1, .words = &nothing, .word_count = 1 };
    assert_int_equal(lines_of(a, &page).count, 0);
    arena_free(a);
}

static void absurd_boxes_do_no_harm(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 24);
    enum { N = 3000 };
    struct word *words = arena_array(a, N, sizeof *words);
    for (int i = 0; i < N; i++)
        words[i] = (struct word) {
            STR("mot"), { i % 2 ? INT32_MIN : INT32_MAX, i % 3 ? INT32_MAX : INT32_MIN, -i, INT32_MAX }, 1, 0
        };
    struct page page = { .number = 1, .width = -5, .height = INT32_MIN, .words = words, .word_count = N };
    struct page_lines l = lines_of(a, &page);
    size_t seen = 0;
    for (size_t i = 0; i < l.count; i++) seen += l.lines[i].word_count;
    assert_int_equal(seen, N);
    arena_free(a);
}

static void a_full_arena_is_said(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 20), *small = arena_new(200);
    struct page page;
    struct page_lines out;
    fixture_page(a, STR("un deux trois quatre cinq six sept huit neuf dix onze douze treize"), 1, &page);
    assert_int_equal(layout_lines(small, &page, &out, NULL), E_LIMIT);
    arena_free(small);
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_back_from_columns),
        cmocka_unit_test(a_slope_is_followed),
        cmocka_unit_test(words_of_a_sentence_stay_in_a_cell),
        cmocka_unit_test(overlapping_words_are_cells_of_their_own),
        cmocka_unit_test(headers_and_page_numbers_repeat),
        cmocka_unit_test(an_empty_page_has_no_lines),
        cmocka_unit_test(absurd_boxes_do_no_harm),
        cmocka_unit_test(a_full_arena_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
