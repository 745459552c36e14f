#include "rag/asker.h"

#include "test.h"

/* May I take it? Only what a paper forbids is told, and of no other medicine. */
static const char *const report[] = { "Dr Awa SARR",
                                      "Dakar, le 17/08/2024",
                                      "COMPTE RENDU DE CONSULTATION",
                                      "Ulcère du duodénum.",
                                      "Ne plus prendre d'ibuprofène ni de kétoprofène.",
                                      "Prednisone : contre-indiquée.",
                                      NULL };
static const char *const prescription[] = { "Dr Awa SARR",
                                            "Dakar, le 20/11/2024",
                                            "ORDONNANCE",
                                            "- Colchicine 1 mg, 1 comprimé le soir",
                                            "Pas de clarithromycine avec la colchicine.",
                                            "Pas d'anti-inflammatoires à cause des reins.",
                                            "Pas plus de 3 g de paracétamol par jour.",
                                            NULL };
static const struct paper papers[] = { { 1, NULL, report }, { 2, NULL, prescription } };

static int setup(void **state) {
    (void)state;
    return asker_open(&asker_fatou, papers, COUNT_OF(papers));
}

static void what_a_paper_forbids_is_told(void **state) {
    (void)state;
    static const char *const questions[] = { "Est-ce que je peux prendre de l'ibuprofène ?",
                                             "jpeu prendre de libuprofene", "Je peux prendre du Nurofen ?",
                                             "Can I take ibuprofen?" };
    for (size_t i = 0; i < COUNT_OF(questions); i++)
        has(ask(questions[i]), "Ne plus prendre d'ibuprofène ni de kétoprofène.");
    has(ask("Je peux prendre du kétoprofène ?"), "ni de kétoprofène");
    has(ask("Je peux prendre de la prednisone ?"), "contre-indiquée");
}

/* The class that the paper names forbids what is of it. */
static void a_class_forbids_its_medicines(void **state) {
    (void)state;
    has(ask("Je peux prendre du diclofénac ?"), "Pas d'anti-inflammatoires");
}

static void what_is_not_forbidden_is_not_allowed_either(void **state) {
    (void)state;
    refused("Je peux prendre du paracétamol ?");
    refused("Je peux prendre de la metformine ?");
    const char *a = ask("Je peux prendre deux comprimés de colchicine ?");
    lacks(a, "clarithromycine");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, asker_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_a_paper_forbids_is_told),
        TEST(a_class_forbids_its_medicines),
        TEST(what_is_not_forbidden_is_not_allowed_either),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
