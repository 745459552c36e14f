#include "test.h"

#include "documents/fixture.h"
#include "documents/sheet.h"

static void open_page(struct arena *a, const char *text, struct page *page, struct page_lines *lines,
                      struct sheet *s) {
    fixture_page(a, str_from_c(text), 1, page);
    assert_int_equal(layout_lines(a, page, lines, NULL), OK);
    assert_true(sheet_open(a, lines, s));
}

static struct str part(struct arena *a, const struct sheet *s, const struct table *t, size_t line,
                       enum column_role role) {
    struct table_part *parts = table_split_line(a, t, &s->page->lines[line]);
    size_t c = table_column_of(t, role);
    assert_non_null(parts);
    assert_true(c < t->column_count);
    return parts[c].text;
}

static void columns_get_their_headings(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 22);
    struct page page;
    struct page_lines lines;
    struct sheet s;
    open_page(a,
              "Médicament              Posologie                  Durée\n"
              "CIPROFLOXACINE 500 mg   1 comprimé 2 fois par jour 7 jours\n"
              "SPASFON                 2 comprimés si douleur     5 jours\n\n\n\n"
              "Signature\n",
              &page, &lines, &s);
    assert_int_equal(s.table_count, 1);
    assert_int_equal(s.tables[0].first, 1);
    assert_int_equal(s.tables[0].end, 3);
    assert_str_equal(part(a, &s, &s.tables[0], 1, COLUMN_DRUG), STR("CIPROFLOXACINE 500 mg"));
    assert_str_equal(part(a, &s, &s.tables[0], 2, COLUMN_POSOLOGY), STR("2 comprimés si douleur"));
    assert_str_equal(part(a, &s, &s.tables[0], 2, COLUMN_DURATION), STR("5 jours"));
    assert_null(sheet_table_at(&s, 3));
    arena_free(a);
}

static void centred_headings_and_empty_columns(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 22);
    struct page page;
    struct page_lines lines;
    struct sheet s;
    open_page(
        a,
        "                 04/01/2023 11:30    Valeurs de référence   Interprétation    12/09/2020 08:15\n"
        "Leucocytes       8.2              5 à 10                                   5.8\n"
        "Plaquettes       12                                                        13\n"
        "Lymphocytes      72               45 à 70                Haut              70\n",
        &page, &lines, &s);
    assert_int_equal(s.table_count, 1);
    const struct table *t = &s.tables[0];
    assert_str_equal(part(a, &s, t, 2, COLUMN_RESULT), STR("12"));
    assert_str_equal(part(a, &s, t, 2, COLUMN_REFERENCE), STR(""));
    assert_str_equal(part(a, &s, t, 2, COLUMN_PREVIOUS), STR("13"));
    assert_str_equal(part(a, &s, t, 3, COLUMN_FLAG), STR("Haut"));
    assert_int_equal(t->columns[0].role, COLUMN_UNNAMED);
    arena_free(a);
}

static void right_aligned_numbers_stay_in_their_column(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 22);
    struct page page;
    struct page_lines lines;
    struct sheet s;
    open_page(a,
              "Examens                 Résultats   Unités     Normes\n"
              "Globules rouges         4 310 000   /mm3       4 000 000 - 5 500 000\n"
              "Hématocrite                    38   %          37 - 47\n"
              "Hémoglobine                  12,6   g/dl       12 - 16\n",
              &page, &lines, &s);
    const struct table *t = &s.tables[0];
    assert_int_equal(s.table_count, 1);
    assert_str_equal(part(a, &s, t, 1, COLUMN_RESULT), STR("4 310 000"));
    assert_str_equal(part(a, &s, t, 2, COLUMN_RESULT), STR("38"));
    assert_str_equal(part(a, &s, t, 3, COLUMN_UNIT), STR("g/dl"));
    arena_free(a);
}

/* The title of the second half goes on in the text of the line, where the word itself is not. */
static void headings_that_run_together_are_two(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 22);
    struct page page;
    struct page_lines lines;
    struct sheet s;
    open_page(a,
              "MédicamentPosologie conseillée   Durée     Voie\n"
              "SPASFON   2 comprimés            5 jours   orale\n"
              "DAFALGAN  1 comprimé             3 jours   orale\n",
              &page, &lines, &s);
    assert_int_equal(s.table_count, 1);
    const struct table *t = &s.tables[0];
    assert_str_equal(part(a, &s, t, t->first, COLUMN_DRUG), STR("SPASFON"));
    size_t posology = table_column_of(t, COLUMN_POSOLOGY);
    assert_true(posology < t->column_count);
    assert_str_equal(t->columns[posology].title, STR("Posologie conseillée"));
    arena_free(a);
}

static void sentences_are_no_headings(void **state) {
    (void)state;
    static const char *const texts[] = {
        "Les résultats et les valeurs de référence sont dans le compte rendu",
        "1) AMOXICILLINE 1 g : 1 cp matin et soir pendant 7 jours",
        "Résultats d'analyses      Prélèvement : 30/07/2023",
        "Prescriptions relatives au traitement de l'affection de longue durée",
        "Examens et résultats :",
    };
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct arena *a = arena_new(1 << 20);
        struct page page;
        struct page_lines lines;
        struct sheet s;
        open_page(a, texts[i], &page, &lines, &s);
        if (s.table_count) fail_msg("%s", texts[i]);
        arena_free(a);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_get_their_headings),
        cmocka_unit_test(centred_headings_and_empty_columns),
        cmocka_unit_test(right_aligned_numbers_stay_in_their_column),
        cmocka_unit_test(headings_that_run_together_are_two),
        cmocka_unit_test(sentences_are_no_headings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
