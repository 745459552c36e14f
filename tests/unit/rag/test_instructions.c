/* What the papers tell one to do, to leave, and why; and medicines that are asked for by what they are for. */
#include "rag/asker.h"
#include "test.h"

static const char *const prescription[] = { "Dr Martin",
                                            "Dakar, le 15/11/2024",
                                            "Mme Fatou NDIAYE",
                                            "ORDONNANCE",
                                            "- Rivaroxaban 20 mg, 1 comprimé le soir au repas",
                                            "- Escitalopram 10 mg, 1 comprimé le matin pendant 6 mois",
                                            "- Zopiclone 7,5 mg, 1/2 comprimé au coucher pendant 10 jours",
                                            "- Acide tranexamique 500 mg, 2 comprimés x 3/j pendant 4 jours",
                                            "- Amlodipine 5 mg, 1 comprimé à midi",
                                            NULL };
static const char *const leaving[] = { "Dr Awa SARR - Gastro-entérologue",
                                       "Dakar, le 18/11/2024",
                                       "Mme Fatou NDIAYE",
                                       "CONSEILS DE SORTIE",
                                       "Effets possibles de l'escitalopram : nausées, sommeil agité.",
                                       "Le rivaroxaban peut faire saigner du nez.",
                                       "Estomac : éviter piment, café à jeun, boissons gazeuses.",
                                       "Fièvre ou plaie qui coule = urgences sans attendre.",
                                       NULL };
static const struct paper papers[] = { { 1, NULL, prescription }, { 2, NULL, leaving } };

static int setup(void **state) {
    (void)state;
    return asker_open(&asker_fatou, papers, COUNT_OF(papers));
}

static void medicines_are_found_by_what_they_are_for(void **state) {
    (void)state;
    has(ask("Le médicament pour garder le sang fluide, je le prends quand ?"), "1 comprimé le soir");
    lacks(ask("Le médicament pour garder le sang fluide, je le prends quand ?"), "Amlodipine");
    has(ask("la pilule pour le moral c'est pendant combien de temps ?"), "6 mois");
    has(ask("le cachet pour dormir j'en prends combien ?"), "Zopiclone 7,5 mg, 1/2 comprimé");
    has(ask("combien de comprimés du médicament pour moins saigner ?"), "2 comprimés");
    /* What it does is not what it is for. */
    lacks(ask("Le comprimé qui m'empêche de dormir, c'est lequel ?"), "Zopiclone");
}

static void effects_are_told_of_the_medicine_that_is_named(void **state) {
    (void)state;
    has(ask("l'escitalopram c'est quoi les effets secondaires ?"), "nausées, sommeil agité");
    lacks(ask("l'escitalopram c'est quoi les effets secondaires ?"), "saigner");
    has(ask("le rivaroxaban peut me faire quoi ?"), "saigner du nez");
    has(ask("What side effects did they list?"), "sommeil agité");
    lacks(ask("quels sont les effets secondaires de l'amlodipine ?"), "nausées");
    lacks(ask("effets secondaires du zopiclone ?"), "saigner");
}

static void food_to_leave_is_found_by_its_kind(void **state) {
    (void)state;
    has(ask("Qu'est-ce que je ne dois pas manger ?"), "piment, café à jeun");
    has(ask("kel aliment jdoi eviter ac mon estomac"), "piment");
    has(ask("What foods should I avoid?"), "piment");
    lacks(ask("Qu'est-ce que je ne dois pas manger comme mangue ?"), "piment");
}

static void signs_are_found_by_where_one_is_to_go(void **state) {
    (void)state;
    has(ask("dans quels cas je dois filer aux urgences ?"), "plaie qui coule");
    has(ask("c koi les signe ki doive me fer revenir o urgence"), "plaie qui coule");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, asker_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(medicines_are_found_by_what_they_are_for),
        TEST(effects_are_told_of_the_medicine_that_is_named),
        TEST(food_to_leave_is_found_by_its_kind),
        TEST(signs_are_found_by_where_one_is_to_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
