#include "rag/answer_words.h"
#include "rag/asker.h"
#include "rag/treatment.h"

#include "test.h"

/* What is said of medicines beside their lines: stops, other doses, times that have passed, look-alikes. */
static const char *const stop_letter[] = { "Dr Martin",
                                           "Dakar, le 20/11/2024",
                                           "COMPTE RENDU DE CONSULTATION",
                                           "La patiente va bien, tension à contrôler.",
                                           "Arrêt de l'aspirine ce jour.",
                                           NULL };

static int setup(void **state) {
    (void)state;
    return asker_open(&asker_fatou, NULL, 0);
}

static bool is_none(const char *name, const char *dose, const char *quote) {
    const struct fact f = { .type = FACT_MEDICATION,
                            .name_folded = str_from_c(name),
                            .dose = str_from_c(dose),
                            .quote = str_from_c(quote) };
    return treatment_is_none(&f);
}

static void what_one_may_eat_and_tables_are_no_medicines(void **state) {
    (void)state;
    assert_true(is_none("potassium", "",
                        "POTASSIUM (risque : coeur) non : mangue, papaye, oui : riz blanc, le soir"));
    assert_false(is_none("chlorure de potassium", "1 cp",
                         "Chlorure de potassium : 1 cp matin et soir, après le repas"));
    assert_false(is_none("potassium", "", "Potassium : le matin"));
    assert_true(is_none("malaise", "",
                        "01/05 1,10 1,34 1,61 02/05 1,95 1,20 1,48 03/05 1,88 1,05 1,30 04/05 1,92 1,99 1,41 "
                        "05/05 1,70 1,81 1,12 06/05 1,52 1,66 1,02"));
    assert_false(is_none("prednisone", "",
                         "Prednisone : 60 mg 7 j, 50 mg 7 j, 40 mg 7 j, 30 mg 7 j, 20 mg 7 j, 10 mg 7 j"));
}

/* Six months of a prescription are over, and a later letter goes on with it. */
static void what_a_later_paper_renews_is_not_over(void **state) {
    (void)state;
    static const char *const lines[] = { "Dr Martin",
                                         "Dakar, le 15/02/2024",
                                         "ORDONNANCE",
                                         "- Lisinopril 10 mg, 1 comprimé le soir, pendant 6 mois",
                                         "- Metformine 500 mg, 1 comprimé matin et soir, pendant 6 mois",
                                         NULL };
    static const char *const letter[] = { "Dr Martin",
                                          "Dakar, le 20/09/2024",
                                          "COMPTE RENDU DE CONSULTATION",
                                          "La tension est bonne.",
                                          "Lisinopril renouvelé pour 6 mois, même dose.",
                                          NULL };
    const struct paper papers[] = { { 1, NULL, lines }, { 2, NULL, letter } };
    take_record(&asker_fatou, papers, 2);
    const char *a = ask("Comment je prends le lisinopril ?");
    has(a, "1 comprimé le soir");
    has(a, "Lisinopril renouvelé pour 6 mois, même dose.");
    lacks(a, "demandez à votre médecin s'il faut continuer");
    has(ask("Comment je prends la metformine ?"), "demandez à votre médecin s'il faut continuer");
    a = ask("Quels sont mes médicaments actuels ?");
    has(a, "Lisinopril");
    lacks(a, "Metformine");
}

/* All insulins are one substance, and none is taken for another. */
static void one_insulin_is_never_answered_with_another(void **state) {
    (void)state;
    static const char *const lines[] = { "Dr Martin",
                                         "Dakar, le 15/11/2024",
                                         "ORDONNANCE",
                                         "- Insuline glargine 100 UI/mL, 12 UI le soir",
                                         "- Metformine 1000 mg, 1 comprimé matin et soir",
                                         NULL };
    const struct paper papers[] = { { 1, NULL, lines } };
    take_record(&asker_fatou, papers, 1);
    refused("quelle dose d'insuline rapide avant le repas de midi");
    refused("combien d'unités de novorapid");
    refused("la dose de mixtard");
    has(ask("combien d'insuline le soir"), "12 UI");
    has(ask("ma dose d'insuline lente"), "12 UI");
    refused("combien de lantus"); /* glargine, but which? */
}

static void a_stopped_medicine_is_not_current(void **state) {
    (void)state;
    const struct paper papers[] = { { 5, NULL, asker_prescription }, { 6, NULL, stop_letter } };
    take_record(&asker_fatou, papers, 2);
    const char *a = ask("Quels sont mes médicaments ?");
    lacks(a, "- Aspirine");
    has(a, "Lisinopril 10mg");
    has(a, "Arrêt de l'aspirine");
    assert_int_equal(asker()->out.tell, TELL_STOPPED);
    a = ask("combien d'aspirine je prends ?");
    has(a, "arrêt de ce médicament");
}

/* What is said of one medicine is not said of its neighbour on the line, and what is to be done one day stops nothing today. */
static void a_stop_is_of_the_medicine_that_it_names(void **state) {
    (void)state;
    static const char *const prescription[] = { "Dr Martin",
                                                "Dakar, le 15/11/2024",
                                                "ORDONNANCE",
                                                "- Sertraline 50 mg, 1 comprimé par jour",
                                                "- Hydroxyzine 25 mg, 1 comprimé le soir",
                                                "- Méthotrexate 2,5 mg, 6 comprimés le lundi",
                                                NULL };
    static const char *const visit[] = { "Dr Martin",
                                         "Dakar, le 20/11/2024",
                                         "COMPTE RENDU DE CONSULTATION",
                                         "Sertraline : poursuivre. Hydroxyzine : stop.",
                                         "Stop méthotrexate et appeler en cas de fièvre.",
                                         NULL };
    const struct paper papers[] = { { 1, NULL, prescription }, { 2, NULL, visit } };
    take_record(&asker_fatou, papers, COUNT_OF(papers));
    lacks(ask("quelle dose de sertraline"), "arrêt de ce médicament");
    const char *a = ask("quelle dose de méthotrexate");
    lacks(a, "arrêt de ce médicament");
    has(a, "dit aussi quand l'arrêter");
    has(a, "en cas de fièvre");
    has(ask("quelle dose d'hydroxyzine"), "arrêt de ce médicament");
}

/* What must not be stopped is not said to be; a "pas" of the next sentence takes no stop away. */
static void what_must_never_be_stopped_is_not_stopped(void **state) {
    (void)state;
    static const char *const prescription[] = { "Dr Martin",
                                                "Dakar, le 15/11/2024",
                                                "ORDONNANCE",
                                                "- Sertraline 50 mg, 1 comprimé par jour",
                                                "- Prednisone 5 mg, 2 comprimés le matin",
                                                "- Bisoprolol 5 mg, 1 comprimé le matin",
                                                "- Aspirine 75 mg, 1 comprimé le midi",
                                                NULL };
    static const char *const letter[] = { "Dr Martin",
                                          "Dakar, le 20/11/2024",
                                          "COMPTE RENDU DE CONSULTATION",
                                          "Sertraline jamais arrêtée, même en voyage.",
                                          "Prednisone : n'arrêtez surtout pas.",
                                          "Bisoprolol : ne s'arrête jamais d'un coup.",
                                          "Aspirine : arrêt. Pas de saignement.",
                                          NULL };
    const struct paper papers[] = { { 1, NULL, prescription }, { 2, NULL, letter } };
    take_record(&asker_fatou, papers, COUNT_OF(papers));
    lacks(ask("quelle dose de sertraline"), "arrêt de ce médicament");
    lacks(ask("quelle dose de prednisone"), "arrêt de ce médicament");
    lacks(ask("quelle dose de bisoprolol"), "arrêt de ce médicament");
    has(ask("quelle dose d'aspirine"), "arrêt de ce médicament");
}

/* The dose that a later letter gives is never kept back; one that says the same again is no news. */
static void another_dose_in_a_later_letter_is_said(void **state) {
    (void)state;
    static const char *const prescription[] = { "Dr Martin",
                                                "Dakar, le 15/11/2024",
                                                "ORDONNANCE",
                                                "- Sertraline 50 mg, 1 comprimé par jour",
                                                "- Méthotrexate 2,5 mg, 8 comprimés le lundi",
                                                NULL };
    static const char *const mail[] = { "De : Dr Martin", "Le 12/12/2024",
                                        "Passez à 6 comprimés de méthotrexate lundi prochain.",
                                        "Pas de changement pour la sertraline 50 mg.", NULL };
    static const char *const before[] = { "Dr Martin", "Le 12/10/2024", "COMPTE RENDU DE CONSULTATION",
                                          "Passez à 10 comprimés de méthotrexate lundi.", NULL };
    const struct paper papers[] = { { 1, NULL, before }, { 2, NULL, prescription }, { 3, NULL, mail } };
    take_record(&asker_fatou, papers, COUNT_OF(papers));
    const char *a = ask("quelle dose de méthotrexate");
    has(a, "document plus récent");
    has(a, "Passez à 6 comprimés");
    lacks(a, "10 comprimés");
    lacks(ask("quelle dose de sertraline"), "document plus récent");
}

/* A paper typed without line ends: what it says of the stop is shortened, and the answer still fits into a message. */
static void a_stop_in_a_long_paragraph_is_shortened(void **state) {
    (void)state;
    static char line[3200];
    static const char *const letter[] = { "Dr Martin", "Dakar, le 20/11/2024", line, NULL };
    const struct paper papers[] = { { 5, NULL, asker_prescription }, { 6, NULL, letter } };
    struct str words = STR("Arrêt de l'aspirine ce jour, ");
    memcpy(line, words.p, words.n);
    for (size_t n = words.n; n + 6 < sizeof line; n += 6) memcpy(line + n, "suite ", 7);
    take_record(&asker_fatou, papers, COUNT_OF(papers));
    const char *a = ask("ma dose d'aspirine");
    has(a, "arrêt de ce médicament");
    has(a, "Arrêt de l'aspirine ce jour, suite");
    has(a, "…");
    assert_true(strlen(a) <= ANSWER_BYTES_MAX);
}

static void a_duration_that_has_passed_is_said(void **state) {
    (void)state;
    static const char *const lines[] = { "Dr Martin",
                                         "Dakar, le 15/11/2024",
                                         "ORDONNANCE",
                                         "- Amoxicilline 500 mg, 1 gélule 3 fois par jour pendant 7 jours",
                                         "- Lisinopril 10 mg, 1 comprimé par jour pendant 3 mois",
                                         NULL };
    const struct paper papers[] = { { 1, NULL, lines } };
    take_record(&asker_fatou, papers, 1);
    const char *a = ask("mon traitement actuel");
    has(a, "Lisinopril");
    lacks(a, "Amoxicilline");
    asker()->today = (struct date) { 2024, 11, 20 };
    has(ask("mon traitement actuel"), "Amoxicilline");
    asker()->today = (struct date) { 2026, 1, 1 };
    has(ask("mon traitement actuel"), "La durée indiquée est passée");
}

static void a_unit_that_no_medicine_has_is_said_with_doubt(void **state) {
    (void)state;
    static const char *const lines[] = { "Dr Martin",
                                         "Dakar, le 15/11/2024",
                                         "ORDONNANCE",
                                         "- Salbutamol 100 pg, 2 bouffées 4 fois par jour",
                                         "- Lévothyroxine 75 µg, 1 comprimé le matin",
                                         NULL };
    const struct paper papers[] = { { 1, NULL, lines } };
    take_record(&asker_fatou, papers, 1);
    const char *a = ask("comment prendre le salbutamol");
    has(a, "« - Salbutamol 100 pg");
    has(a, say(SAY_UNSURE, LANG_FR));
    lacks(ask("ma dose de lévothyroxine"), say(SAY_UNSURE, LANG_FR));
}

/* Words of other papers around a medicine's name are a dose, or nothing; what was once given is no prescription. */
static void figures_around_a_name_are_no_dose(void **state) {
    (void)state;
    static const char *const visit[] = { "Dr Martin",
                                         "Dakar, le 20/11/2024",
                                         "COMPTE RENDU DE CONSULTATION",
                                         "ATCD : diabète (glibenclamide), suivi depuis 2020.",
                                         "oméprazole + calcium 3 mois ; stop tramadol",
                                         "Douleur EVA 8/10 : morphine orale 4 mg aux urgences.",
                                         NULL };
    const struct paper papers[] = { { 5, NULL, asker_prescription }, { 6, NULL, visit } };
    take_record(&asker_fatou, papers, COUNT_OF(papers));
    refused("À quelle dose je prends le glibenclamide ?");
    lacks(ask("Combien d'oméprazole je dois prendre ?"), "arrêt de ce médicament");
    has(ask("Quelle dose de tramadol je prends ?"), "stop tramadol");
    const char *a = ask("Quelle dose de morphine je prends ?");
    has(a, "morphine orale 4 mg");
    has(a, "pas une ordonnance");
    lacks(ask("Quelle dose de lisinopril je prends ?"), "pas une ordonnance");
}

/* Two papers name the medicine; there is room for the words of one, which is no prescription. */
static void what_is_shown_is_told_to_be_no_prescription(void **state) {
    (void)state;
    static const char *const visit[] = { "Dr Martin",
                                         "Dakar, le 20/11/2024",
                                         "COMPTE RENDU DE CONSULTATION",
                                         "Douleur : morphine orale, une dose de 4 mg aux urgences à midi,",
                                         "une dose de 4 mg de morphine le soir, puis une observation de six",
                                         "heures sans incident noté, et un retour à domicile le lendemain",
                                         "avec une personne de la famille, qui a compris les consignes, les",
                                         "signes qui doivent faire revenir et le numéro à appeler la nuit,",
                                         "et un rendez-vous de contrôle à prendre dans la semaine.",
                                         NULL };
    static const char *const prescription[] = {
        "Dr Martin",
        "Dakar, le 22/11/2024",
        "ORDONNANCE",
        "- Amoxicilline 500 mg, 1 gélule 3 fois par jour pendant 7 jours, au milieu des repas",
        "- Lisinopril 10 mg, 1 comprimé le matin pendant 3 mois, avec un grand verre d'eau",
        "- Metformine 500 mg, 1 comprimé matin et soir pendant 3 mois, à la fin des repas",
        "- Atorvastatine 20 mg, 1 comprimé le soir pendant 3 mois, au moment du coucher",
        "- Bisoprolol 5 mg, 1 comprimé le matin pendant 3 mois, toujours à la même heure",
        "- Furosémide 40 mg, 1 comprimé le matin pendant 1 mois, avant le petit déjeuner",
        "- Allopurinol 100 mg, 1 comprimé le soir pendant 3 mois, après le repas du soir",
        "- Oméprazole 20 mg, 1 gélule le matin pendant 1 mois, une demi-heure avant de manger",
        "- Lévothyroxine 75 µg, 1 comprimé le matin pendant 3 mois, toujours à jeun",
        "- Simvastatine 20 mg, 1 comprimé le soir pendant 3 mois, au moment du coucher",
        "- Amlodipine 5 mg, 1 comprimé le matin pendant 3 mois, toujours à la même heure",
        NULL
    };
    static const char *const other[] = { "Dr Martin",
                                         "Dakar, le 21/11/2024",
                                         "ORDONNANCE",
                                         "Douleur : morphine orale, une dose de 4 mg comme aux urgences,",
                                         "avec une surveillance de la conscience et de la respiration par un",
                                         "proche toutes les heures, et un appel si la douleur ne cède pas.",
                                         NULL };
    const struct paper papers[] = { { 5, NULL, prescription }, { 6, NULL, visit }, { 7, NULL, other } };
    take_record(&asker_fatou, papers, COUNT_OF(papers));
    const char *a = ask("Quelle dose de morphine je prends ?");
    has(a, "une dose de 4 mg de morphine le soir");
    has(a, "comme aux urgences");
    lacks(a, "pas une ordonnance"); /* one of the two is */
    a = ask("Que contient ma dernière ordonnance ? Quelle dose de morphine je prends ?");
    has(a, "une dose de 4 mg de morphine le soir");
    lacks(a, "comme aux urgences");
    has(a, "pas une ordonnance");
}

static void what_was_stopped_is_not_what_is_taken(void **state) {
    (void)state;
    const struct paper papers[] = { { 5, NULL, asker_prescription }, { 6, NULL, stop_letter } };
    take_record(&asker_fatou, papers, COUNT_OF(papers));
    has(ask("Quel médicament le docteur a arrêté ?"), "Arrêt de l'aspirine");
    has(ask("Which medicine did the doctor stop?"), "Arrêt de l'aspirine");
    lacks(ask("Which medicine did the doctor stop?"), "Lisinopril");
    take_record(&asker_fatou, papers, 1);
    refused("Which medicine did the doctor stop?");
    refused("Quel médicament on m'a enlevé ?");
}

/* "Coartem" is artéméther with luméfantrine, and neither alone. */
static void a_combination_is_found_by_its_brand(void **state) {
    (void)state;
    static const char *const lines[] = {
        "Dr Martin",
        "Dakar, le 28/11/2024",
        "ORDONNANCE",
        "- Artéméther-luméfantrine 20/120 mg, 4 comprimés 2 fois par jour pendant 3 jours",
        "- Amoxicilline + acide clavulanique 1 g, 1 comprimé matin et soir",
        NULL
    };
    static const char *const alone[] = { "Dr Martin",
                                         "Dakar, le 28/11/2024",
                                         "ORDONNANCE",
                                         "- Artéméther 80 mg, 1 injection par jour",
                                         "- Amoxicilline 1 g, 1 comprimé matin et soir",
                                         NULL };
    const struct paper both[] = { { 1, NULL, lines } }, one[] = { { 1, NULL, alone } };
    take_record(&asker_fatou, both, 1);
    const char *a = ask("coartem cb de comprime");
    has(a, "4 comprimés 2 fois par jour");
    has(a, "n'est pas écrit dans votre dossier");
    has(ask("Comment prendre l'Augmentin ?"), "1 comprimé matin et soir");
    take_record(&asker_fatou, one, 1);
    refused("coartem cb de comprime");
    refused("Comment prendre l'Augmentin ?");
}

/* The letter says the substance, the patient the name on the box. */
static void a_letter_is_found_by_the_brand_of_its_medicine(void **state) {
    (void)state;
    static const char *const visit[] = { "Dr Martin", "Dakar, le 20/11/2024", "COMPTE RENDU DE CONSULTATION",
                                         "Pas de paracétamol à plus de 2 g par jour.", NULL };
    const struct paper papers[] = { { 5, NULL, asker_prescription }, { 6, NULL, visit } };
    take_record(&asker_fatou, papers, COUNT_OF(papers));
    const char *a = ask("Combien de doliprane par jour ?");
    has(a, "2 g par jour");
    has(a, "n'est pas écrit dans votre dossier");
    refused("Combien d'ibuprofène par jour ?");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, asker_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_a_later_paper_renews_is_not_over),
        TEST(one_insulin_is_never_answered_with_another),
        TEST(a_stopped_medicine_is_not_current),
        TEST(a_stop_is_of_the_medicine_that_it_names),
        TEST(what_must_never_be_stopped_is_not_stopped),
        TEST(another_dose_in_a_later_letter_is_said),
        TEST(a_stop_in_a_long_paragraph_is_shortened),
        TEST(a_duration_that_has_passed_is_said),
        TEST(a_unit_that_no_medicine_has_is_said_with_doubt),
        TEST(what_one_may_eat_and_tables_are_no_medicines),
        TEST(figures_around_a_name_are_no_dose),
        TEST(what_is_shown_is_told_to_be_no_prescription),
        TEST(what_was_stopped_is_not_what_is_taken),
        TEST(a_combination_is_found_by_its_brand),
        TEST(a_letter_is_found_by_the_brand_of_its_medicine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
