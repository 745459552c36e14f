#include "rag/asker.h"

#include "test.h"

/* Values of other days that a laboratory's paper prints beside the one of its own day. */
static const char *const monthly[] = { "Laboratoire BIO24",
                                       "Compte rendu d'examens biologiques",
                                       "Prélevé le 12/11/2024",
                                       "                         novembre    octobre    objectif",
                                       "Potassium (mmol/L)       6,1         5,3        3,5 - 5,5",
                                       "PTH (pg/mL)              612         -          150 - 600",
                                       "TSH                      6,9 mUI/L   (0,40 - 4,00)",
                                       "  antériorité 05/2024    3,1",
                                       NULL };
static const char *const letter[] = { "Dr Awa SARR", "Dakar, le 25/11/2024", "Cher confrère,",
                                      "L'hémoglobine est remontée à 11,6 g/dL.", NULL };
static const char *const values[] = { "Laboratoire BIO24",
                                      "Compte rendu d'examens biologiques",
                                      "Prélevé le 04/03/2024",
                                      "                          Résultats         Valeurs de référence",
                                      "Hémoglobine               8,4 g/dL          (12,0 - 16,0)",
                                      NULL };
static const char *const booklet[] = { "CARNET DE SUIVI",
                                       "INR cible 2,5 - 3,5",
                                       "Date          INR     Dose",
                                       "06/09/2024    2,9     3/4 cp",
                                       "03/10/2024    5,2 !   sauter 1 prise, puis",
                                       "                      1/2 cp (a pris du",
                                       "                      cotrimoxazole)",
                                       "22/11/2024    2,6     1/2 cp",
                                       NULL };
static const char *const followed[] = { "Unité de suivi", "              10/02/24     14/05/24     19/11/24",
                                        "VGM fL        84           97           103",
                                        "Ferritine     40           35           61", NULL };

static int setup(void **state) {
    (void)state;
    static const struct paper papers[] = { { 1, NULL, monthly },
                                           { 2, NULL, letter },
                                           { 3, NULL, values },
                                           { 4, NULL, booklet },
                                           { 5, NULL, followed } };
    return asker_open(&asker_fatou, papers, COUNT_OF(papers));
}

static void the_value_of_another_month_is_shown_with_the_heads_of_its_columns(void **state) {
    (void)state;
    const char *a = ask("Mon potassium d'octobre, il était à combien ?");
    has(a, "novembre octobre objectif");
    has(a, "6,1 5,3");
    a = ask("Mon potassium a monté ou baissé ?");
    has(a, "6,1");
    has(a, "5,3");
    a = ask("Mon potassium de novembre, c'est bon ou pas ?");
    has(a, "3,5 - 5,5");
    refused("Ma PTH d'août était à combien ?");
}

static void the_value_before_is_shown_where_it_is_printed_below(void **state) {
    (void)state;
    const char *a = ask("Ma TSH de mai était à combien ?");
    has(a, "antériorité 05/2024 3,1");
    refused("Ma TSH de juin était à combien ?");
}

static void a_value_told_in_a_letter_is_later_than_the_laboratory_s(void **state) {
    (void)state;
    has(ask("Mon hémoglobine est à combien ?"), "11,6 g/dL");
    const char *a = ask("Mon hémoglobine est passée de combien à combien ?");
    has(a, "11,6 g/dL");
    has(a, "8,4 g/dL");
}

static void a_row_behind_a_cell_of_several_lines_is_read(void **state) {
    (void)state;
    const char *a = ask("Mon dernier INR ?");
    has(a, "2,6");
    lacks(a, "5,2");
    has(ask("L'INR du 3 octobre était à combien ?"), "5,2");
    refused("L'INR du 10 octobre était à combien ?");
}

static void a_goal_is_not_what_was_measured(void **state) {
    (void)state;
    const char *a = ask("Mon INR doit être entre combien et combien ?");
    has(a, "2,5 - 3,5");
    lacks(a, "5,2");
}

static void columns_of_days_need_no_word_before_them(void **state) {
    (void)state;
    const char *a = ask("Ma ferritine en mai ?");
    has(a, "35");
    lacks(a, "61");
    a = ask("Ma ferritine en mai et en novembre ?");
    has(a, "35");
    has(a, "61");
    lacks(a, "40");
    has(ask("Mon VGM de février ?"), "84");
    a = ask("Ma ferritine ?");
    has(a, "19/11/2024");
    has(a, "61");
    lacks(a, "35");
    a = ask("Ma ferritine en février et en mai, elle a monté ?");
    has(a, "10/02/2024, Ferritine : 40");
    has(a, "14/05/2024, Ferritine : 35");
}

static const char *const newborn[] = { "FICHE DU NOUVEAU-NE", "Groupe sanguin enfant : B Rh positif", NULL };

/* Two questions of one message cite one row: what bears their days stays with it. */
static void days_of_two_answers_are_borne_by_one_row(void **state) {
    (void)state;
    const char *a = ask("Ma ferritine en mai ? Et comment a évolué ma ferritine ?");
    const struct rag_answer *out = &asker()->out;
    size_t days = 0;
    has(a, "14/05/2024");
    has(a, "10/02/2024");
    assert_int_equal(out->questions, 2);
    for (size_t i = 0; i < out->source_count; i++)
        if (out->sources[i].day_count > days) days = out->sources[i].day_count;
    assert_in_range(days, 2, 3);
}

static void what_is_not_the_patient_s_or_of_the_time_is_refused(void **state) {
    (void)state;
    static const struct paper papers[] = { { 1, NULL, values }, { 2, NULL, newborn } };
    take_record(&asker_fatou, papers, COUNT_OF(papers));
    refused("Mon hémoglobine avant 2024 ?");
    has(ask("C'est quoi le groupe sanguin de mon bébé ?"), "B Rh positif");
    if (asker()->record->birth.year) refused("C'est quoi mon groupe sanguin à moi ?");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, asker_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_value_of_another_month_is_shown_with_the_heads_of_its_columns),
        TEST(the_value_before_is_shown_where_it_is_printed_below),
        TEST(a_value_told_in_a_letter_is_later_than_the_laboratory_s),
        TEST(a_row_behind_a_cell_of_several_lines_is_read),
        TEST(a_goal_is_not_what_was_measured),
        TEST(columns_of_days_need_no_word_before_them),
        TEST(days_of_two_answers_are_borne_by_one_row),
        TEST(what_is_not_the_patient_s_or_of_the_time_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
