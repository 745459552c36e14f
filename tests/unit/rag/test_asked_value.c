/* A price, an hour, a length of time, a name: what is asked for must stand in the line that speaks of the same thing. */
#include "asker.h"
#include "test.h"

static const struct person moussa = { 5, "Moussa", "Faye", "", "", "" };

static const char *const bill[] = { "CABINET DENTAIRE TEFESS",
                                    "Mbour, le 12/06/2026",
                                    "M. Moussa FAYE",
                                    "FICHE DE SOINS",
                                    "12/06/2026  27   Extraction simple      12 000 F",
                                    "12/06/2026  -    Radio panoramique      18 000 F",
                                    "A prévoir   35   Carie profonde",
                                    NULL };
static const char *const kine[] = { "CABINET DE KINESITHERAPIE KEUR YARAM",
                                    "Mbour, le 20/06/2026",
                                    "M. Moussa FAYE",
                                    "Séance à 15h30 chaque mardi",
                                    "Ne pas porter de charge lourde pendant 3 semaines.",
                                    "Ceinture lombaire : 6 h par jour",
                                    "Poids 68 kg, tension 12/8",
                                    "Ablation des fils le 02/07/2026",
                                    "La durée prévue de la rééducation : 4 mois",
                                    NULL };

static const char *const scan[] = { "SCANNER ABDOMINAL",
                                    "Mbour, le 02/06/2026",
                                    "M. Moussa FAYE",
                                    "Foie de taille normale.",
                                    "Vésicule : calcul de 9 mm, paroi fine.",
                                    "Rate de 11 cm.",
                                    "Conclusion : lithiase vésiculaire simple.",
                                    NULL };

static const char *const drops[] = { "ORDONNANCE",
                                     "Mbour, le 10/06/2026",
                                     "M. Moussa FAYE",
                                     "Timolol 0,5 % : 1 goutte matin et soir pendant 3 mois",
                                     "Attendre 5 minutes entre deux gouttes.",
                                     NULL };

static const char *const card[] = { "CARNET DE VACCINATION",
                                    "M. Moussa FAYE",
                                    "VACCIN            DATE         LOT      VALIDITE",
                                    "Fièvre jaune      03/02/2020   A-12     à vie",
                                    "Tétanos           03/02/2026   B-77     10 ans",
                                    "Hépatite B 1      10/05/2026   C-31",
                                    "Typhoïde          non fait, rupture de stock",
                                    "Rougeole rappel   RV : 14/09/2026",
                                    NULL };

static int setup(void **state) {
    (void)state;
    const struct paper papers[] = { { .id = 1, .lines = bill },
                                    { .id = 2, .lines = kine },
                                    { .id = 3, .lines = scan },
                                    { .id = 4, .lines = drops },
                                    { .id = 5, .lines = card } };
    if (asker_open(&moussa, papers, COUNT_OF(papers)) != 0) return -1;
    asker()->today = (struct date) { 2026, 6, 25 };
    return 0;
}

static void a_price_is_of_what_its_line_names(void **state) {
    (void)state;
    has(ask("Combien a coûté l'extraction ?"), "12 000 F");
    has(ask("la radio panoramique a coute cb"), "18 000 F");
    lacks(ask("Combien va coûter le soin de la dent 35 ?"), "12 000");
    lacks(ask("La couronne va coûter combien ?"), "12 000");
    lacks(ask("lappendicite a coute cb"), "000 F");
}

static void a_length_of_time_is_asked_in_many_ways(void **state) {
    (void)state;
    has(ask("How long must I avoid lifting heavy things?"), "3 semaines");
    has(ask("la ceinture je la porte combien d'heures par jour"), "6 h par jour");
    has(ask("La rééducation doit durer combien de temps ?"), "4 mois");
    lacks(ask("Combien de temps dure la grossesse ?"), "4 mois");
}

static void an_hour_is_written_with_its_minutes(void **state) {
    (void)state;
    has(ask("à quelle heure est la séance de kiné ?"), "15h30");
}

static void a_report_is_quoted_with_what_it_says_of_the_part(void **state) {
    (void)state;
    const char *answer = ask("Le scanner a trouvé quoi dans la vésicule ?");
    has(answer, "lithiase vésiculaire simple");
    has(answer, "calcul de 9 mm");
    lacks(answer, "Rate");
    ask("Le scanner a trouvé quoi à la prostate ?");
    assert_true(asker()->out.refused);
}

static void an_interval_is_no_length_of_treatment(void **state) {
    (void)state;
    const char *answer = ask("Combien de temps entre deux collyres ?");
    has(answer, "5 minutes");
    lacks(answer, "3 mois");
    lacks(ask("Combien de temps entre deux séances de kiné ?"), "5 minutes");
    lacks(ask("Le timolol une fois ouvert, je le garde combien de temps ?"), "3 mois");
    has(ask("Le timolol, pendant combien de temps ?"), "3 mois");
}

static void a_vaccination_card_says_more_than_days(void **state) {
    (void)state;
    has(ask("Le vaccin de la fièvre jaune est bon jusqu'à quand ?"), "à vie");
    lacks(ask("Le vaccin de l'hépatite B est valable jusqu'à quand ?"), "10 ans");
    const char *missing = ask("Quel vaccin me manque ?");
    has(missing, "Typhoïde");
    lacks(missing, "Tétanos");
    has(ask("C'est quand le rappel rougeole ?"), "14/09/2026");
    lacks(ask("C'est quand le rappel du tétanos ?"), "14/09/2026");
}

static void what_one_weighs_is_not_what_one_lost(void **state) {
    (void)state;
    has(ask("Je pèse combien de kilos ?"), "68 kg");
    lacks(ask("J'ai perdu combien de kilos ?"), "68 kg");
}

/* "The" is no tea, "did" no diabetes; "ablation" is of "fils" and of "enlever". */
static void words_of_the_question_are_what_they_are_in_its_language(void **state) {
    (void)state;
    has(ask("When are the stitches taken out?"), "02/07/2026");
    has(ask("Les fils, on les enlève quand ?"), "02/07/2026");
    ask("What are the side effects of timolol?");
    assert_true(asker()->out.refused);
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, asker_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_price_is_of_what_its_line_names),
        TEST(a_length_of_time_is_asked_in_many_ways),
        TEST(a_report_is_quoted_with_what_it_says_of_the_part),
        TEST(an_interval_is_no_length_of_treatment),
        TEST(a_vaccination_card_says_more_than_days),
        TEST(words_of_the_question_are_what_they_are_in_its_language),
        TEST(what_one_weighs_is_not_what_one_lost),
        TEST(an_hour_is_written_with_its_minutes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
