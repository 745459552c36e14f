/* Facts of the record that are told although they are not what was asked; and their neighbours, which still must be told. */
#include "asker.h"
#include "test.h"

static const struct person awa = { 9, "Awa", "Gueye", "", "", "" };

static const char *const lab[] = { "Laboratoire BIOMEDIS",
                                   "Compte rendu d'examens biologiques",
                                   "Prélevé le 14/05/2026",
                                   "Mme Awa GUEYE",
                                   "                          Résultats         Valeurs de référence",
                                   "Glycémie à jeun           0,91 g/L          (0,70 - 1,10)",
                                   "Cortisol 8 h              310 nmol/L        (140 - 690)",
                                   "Ferritine                 12 ng/mL          (20 - 200)",
                                   NULL };
static const char *const birth[] = { "Maternité",
                                     "COMPTE RENDU D'ACCOUCHEMENT",
                                     "Dakar, le 02/05/2026",
                                     "Mme Awa GUEYE",
                                     "Suites simples. Hémoglobine J3 : 9,4 g/dL.",
                                     NULL };
static const char *const prescription[] = {
    "Dr S. M. DIENG",
    "Dakar, le 15/05/2026",
    "Mme Awa GUEYE",
    "ORDONNANCE",
    "- Fer saccharose 100 mg, 1 perfusion par semaine",
    "- Dapsone 100 mg, 1 comprimé par jour",
    "- Amoxicilline 1 g, 1 comprimé matin et soir du 15/05/2026 au 22/05/2026",
    NULL
};
static const char *const card[] = { "CARNET DE VACCINATION",
                                    "Mme Awa GUEYE",
                                    "VACCIN         DATE         LOT",
                                    "Hépatite B 1   03/02/2026   A-12",
                                    "Hépatite B 2   10/03/2026   B-77",
                                    NULL };

static const char *const visit[] = {
    "Dr Ibra SALL, médecin généraliste",
    "Consultation du 20/05/2026",
    "Mme Awa GUEYE",
    "Tension stable, poids stable. Examen sans particularité, traitement inchangé.",
    "Baisse de la vue de loin : adressée en ophtalmologie.",
    "Transfusion de deux poches : don de son oncle.",
    "-> époux : test VIH négatif.",
    "Revient le 30/06/2026 avec le carnet.",
    NULL
};
static const char *const biopsy[] = {
    "Laboratoire d'anatomie pathologique", "Dakar, le 18/05/2026",      "Mme Awa GUEYE",
    "Biopsie cutanée au punch : 4 mm",     "Conclusion : lichen plan.", NULL
};
static const char *const columns[] = { "Laboratoire du CENTRE",
                                       "Compte rendu d'examens biologiques",
                                       "Prélevé le 13/05/2026",
                                       "Mme Awa GUEYE",
                                       "Paramètre          Mars      Avril      Mai       cible",
                                       "Albumine           33        35         36        > 38",
                                       "PTH                412       -          -         130 - 585",
                                       NULL };

static const char *const letter[] = { "Dr Ibra SALL", "Dakar, le 21/05/2026", "Cher confrère,",
                                      "Goutte : objectif uricémie < 60 mg/L, pas encore atteint.", NULL };
static const char *const second[] = {
    "Dr S. M. DIENG",
    "Dakar, le 21/05/2026",
    "Mme Awa GUEYE",
    "ORDONNANCE",
    "- Clarithromycine 500 mg 1 cp le matin (à jeun) - pendant tout le traitement à la",
    "  rifampicine et encore 2 semaines",
    NULL
};

static int setup(void **state) {
    (void)state;
    const struct paper papers[] = { { .id = 1, .lines = lab },          { .id = 2, .lines = birth },
                                    { .id = 3, .lines = prescription }, { .id = 4, .lines = card },
                                    { .id = 5, .lines = visit },        { .id = 6, .lines = biopsy },
                                    { .id = 7, .lines = columns },      { .id = 8, .lines = letter },
                                    { .id = 9, .lines = second } };
    if (asker_open(&awa, papers, COUNT_OF(papers)) != 0) return -1;
    asker()->today = (struct date) { 2026, 5, 25 };
    return 0;
}

static void another_test_is_not_answered_with_its_neighbour(void **state) {
    (void)state;
    lacks(ask("La glycémie HGPO était à combien ?"), "0,91");
    has(ask("La glycémie à jeun était à combien ?"), "0,91 g/L");
    lacks(ask("Le test au Synacthène a donné quel résultat ?"), "310");
    has(ask("Mon cortisol est à combien ?"), "310 nmol/L");
    lacks(ask("What was my blood sugar test with the sweet drink?"), "0,91");
    has(ask("What was my blood sugar?"), "0,91");
}

static void a_value_is_not_answered_with_a_medicine(void **state) {
    (void)state;
    lacks(ask("La ferritine après le fer elle est à combien ?"), "perfusion");
    has(ask("Ma ferritine est à combien ?"), "12 ng/mL");
    has(ask("Le fer, je le prends comment ?"), "1 perfusion par semaine");
}

static void a_value_of_another_time_is_not_told(void **state) {
    (void)state;
    ask("Mon taux d'hémoglobine à deux mois ?");
    assert_false(asker()->out.grounded);
    has(ask("Mon taux d'hémoglobine à trois jours ?"), "9,4");
    has(ask("Mon taux d'hémoglobine ?"), "9,4");
}

static void one_value_is_half_of_two(void **state) {
    (void)state;
    lacks(ask("Mon hémoglobine est passée de combien à combien ?"), "9,4");
    lacks(ask("Mon hémoglobine à l'entrée et à la sortie ?"), "9,4");
}

static void an_end_must_be_told(void **state) {
    (void)state;
    lacks(ask("La dapsone, jusqu'en quelle année je la prends ?"), "1 comprimé");
    lacks(ask("la dapsone jla pren jusk kan"), "DIENG");
    has(ask("La dapsone, je la prends comment ?"), "1 comprimé par jour");
    lacks(ask("La dapsone, du combien au combien ?"), "1 comprimé");
    has(ask("L'amoxicilline, du combien au combien ?"), "22/05/2026");
}

static void a_dose_that_was_not_given_is_not_told(void **state) {
    (void)state;
    lacks(ask("Quel jour j'ai eu l'hépatite B 3 ?"), "10/03/2026");
    has(ask("Quel jour j'ai eu le vaccin hépatite B 2 ?"), "10/03/2026");
}

static void whom_one_is_sent_to_is_not_whom_one_sees(void **state) {
    (void)state;
    lacks(ask("Mon rendez-vous chez l'ophtalmo, c'est quel jour ?"), "30/06/2026");
    has(ask("Mon prochain rendez-vous, c'est quel jour ?"), "30/06/2026");
}

static void who_signs_gave_no_blood(void **state) {
    (void)state;
    lacks(ask("Qui a donné le sang pour la transfusion ?"), "SALL");
    has(ask("Qui a prescrit la dapsone ?"), "DIENG");
}

static void what_is_no_result_is_not_told_as_one(void **state) {
    (void)state;
    lacks(ask("La biopsie a montré quoi ?"), "- Biopsie");
    lacks(ask("Le prochain cortisol, je le fais quel jour ?"), "- Cortisol");
    lacks(ask("Which blood tests do I need next month?"), "310");
    has(ask("Mon cortisol ?"), "310 nmol/L");
}

static void a_spouse_of_whom_the_papers_speak_is_not_the_patient(void **state) {
    (void)state;
    const char *answer = ask("mon mari son test il a donné quoi");
    lacks(answer, "310");
    lacks(answer, "0,91");
}

static void a_value_beside_empty_cells_is_shown_with_the_heads_of_its_columns(void **state) {
    (void)state;
    const char *answer = ask("Ma PTH est à combien ?");
    has(answer, "Mars Avril Mai");
    lacks(answer, "PTH : 412");
    has(ask("Mon albumine de mars ?"), "33");
}

static void a_goal_is_no_value(void **state) {
    (void)state;
    lacks(ask("Mon uricémie est à combien ?"), "uricémie : <");
}

static void a_line_is_told_to_its_end(void **state) {
    (void)state;
    const char *answer = ask("La clarithromycine, je la prends jusqu'à quand ?");
    has(answer, "encore 2 semaines");
}

static void who_prescribed_it_is_not_when_it_begins(void **state) {
    (void)state;
    lacks(ask("Le fer je le commence à quel moment ?"), "prescrit par");
    has(ask("Qui m'a prescrit le fer ?"), "prescrit par");
    lacks(ask("J'ai été hospitalisée de quelle date à quelle date ?"), "dernière ordonnance");
}

static void a_list_of_all_is_no_answer_about_one(void **state) {
    (void)state;
    lacks(ask("Ma lotion, c'est combien de fois par semaine ?"), "Dapsone");
    lacks(ask("Jeudi soir j'étais à combien ?"), "Dapsone");
    lacks(ask("Mon calcium, je le prends combien de fois par jour ?"), "Dapsone");
    has(ask("Quels médicaments je prends en ce moment ?"), "Clarithromycine");
}

static void how_long_is_not_how_much(void **state) {
    (void)state;
    static const char *const lines[] = { "Dr Ibra SALL",
                                         "Dakar, le 20/05/2026",
                                         "Mme Awa GUEYE",
                                         "ORDONNANCE",
                                         "- Calcium 3 mois",
                                         "- Zinc 20 mg, 1 comprimé par jour pendant 2 semaines",
                                         NULL };
    const struct paper papers[] = { { .id = 1, .lines = lines } };
    take_record(&awa, papers, COUNT_OF(papers));
    lacks(ask("Je prends combien de calcium par jour ?"), "indique");
    has(ask("Je prends combien de zinc par jour ?"), "1 comprimé par jour");
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, asker_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(another_test_is_not_answered_with_its_neighbour),
        TEST(a_value_is_not_answered_with_a_medicine),
        TEST(a_value_of_another_time_is_not_told),
        TEST(one_value_is_half_of_two),
        TEST(an_end_must_be_told),
        TEST(a_dose_that_was_not_given_is_not_told),
        TEST(a_goal_is_no_value),
        TEST(a_line_is_told_to_its_end),
        TEST(who_prescribed_it_is_not_when_it_begins),
        TEST(a_list_of_all_is_no_answer_about_one),
        TEST(how_long_is_not_how_much),
        TEST(whom_one_is_sent_to_is_not_whom_one_sees),
        TEST(who_signs_gave_no_blood),
        TEST(what_is_no_result_is_not_told_as_one),
        TEST(a_spouse_of_whom_the_papers_speak_is_not_the_patient),
        TEST(a_value_beside_empty_cells_is_shown_with_the_heads_of_its_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
