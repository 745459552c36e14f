#include "rag/asker.h"

#include "test.h"

/* Who asks how to take what a doctor prescribed is warned of an allergy that his record notes. */
static const char *const prescription[] = {
    "Dr Awa SARR",
    "Dakar, le 28/11/2024",
    "ORDONNANCE",
    "- AMOXICILLINE 500 mg : 1 gélule 3 fois par jour pendant 7 jours",
    "- PARACETAMOL 500 mg : 1 comprimé 3 fois par jour pendant 5 jours",
    NULL
};
static const struct paper papers[] = { { 1, NULL, prescription } };

static const char warning[] = "⚠️ Votre dossier note une allergie qui peut concerner « AMOXICILLINE »";

static struct person fatou_with(const char *allergies) {
    return (struct person) { 7, "Fatou", "Ndiaye", allergies, "", "" };
}

static int setup(void **state) {
    (void)state;
    const struct person p = fatou_with("Pénicilline");
    return asker_open(&p, papers, COUNT_OF(papers));
}

static bool cites(const char *quote) {
    const struct rag_answer *a = &asker()->out;
    for (size_t i = 0; i < a->source_count; i++)
        if (str_eq(a->sources[i].quote, str_from_c(quote))) return true;
    return false;
}

static void a_dose_of_what_may_harm_is_told_with_a_warning(void **state) {
    (void)state;
    static const char *const questions[] = { "Comment je dois prendre l'amoxicilline ?",
                                             "Quelle est la dose d'amoxicilline ?",
                                             "Quelle est ma dernière ordonnance ?",
                                             "Quels médicaments je prends en ce moment ?",
                                             "L'amoxicilline, c'est pendant combien de jours ?" };
    for (size_t i = 0; i < COUNT_OF(questions); i++) {
        const char *a = ask(questions[i]);
        has(a, warning);
        has(a, "500 mg");
        assert_null(strstr(strstr(a, warning) + 1, "⚠️")); /* once */
        assert_true(cites("Pénicilline"));
        assert_int_equal(asker()->out.tell, TELL_STOPPED);
    }
}

static void another_medicine_is_told_without(void **state) {
    (void)state;
    const char *a = ask("Comment je dois prendre le paracétamol ?");
    has(a, "1 comprimé 3 fois par jour");
    lacks(a, "⚠️");
    assert_int_equal(asker()->out.tell, TELL_NOTHING);
}

static void no_allergy_is_no_warning(void **state) {
    (void)state;
    static const char *const none[] = { "", "Aucune", "Aucune allergie connue",
                                        "Pas d'allergie à la pénicilline", "Arachides" };
    for (size_t i = 0; i < COUNT_OF(none); i++) {
        const struct person p = fatou_with(none[i]);
        take_record(&p, papers, COUNT_OF(papers));
        lacks(ask("Quelle est la dose d'amoxicilline ?"), "⚠️");
    }
}

/* Noted on a paper, not in the file. */
static void a_paper_notes_it_as_well(void **state) {
    (void)state;
    static const char *const letter[] = { "Dr Awa SARR", "Dakar, le 01/02/2023",
                                          "COMPTE RENDU DE CONSULTATION", "Allergie : pénicilline", NULL };
    static const struct paper both[] = { { 1, NULL, prescription }, { 2, NULL, letter } };
    const struct person p = fatou_with("");
    take_record(&p, both, COUNT_OF(both));
    has(ask("Quelle est la dose d'amoxicilline ?"), warning);
    has(ask("Quelle est la dose d'amoxicilline ?"), "01/02/2023");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, asker_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_dose_of_what_may_harm_is_told_with_a_warning),
        TEST(another_medicine_is_told_without),
        TEST(no_allergy_is_no_warning),
        TEST(a_paper_notes_it_as_well),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
