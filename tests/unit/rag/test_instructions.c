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
static const struct paper papers[] = { { 1, NULL, prescription } };

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

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, asker_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(medicines_are_found_by_what_they_are_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
