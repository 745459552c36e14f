#include "rag/asker.h"

#include "test.h"

/* Examinations asked for by another name than their report has: when, by whom, and what was found. */
static const char *const ecg[] = { "CENTRE CARDIOLOGIQUE",
                                   "Dr Lamine TOURE, cardiologue",
                                   "Dakar, le 18/10/2024",
                                   "ELECTROCARDIOGRAMME",
                                   "Rythme sinusal régulier à 72/min. Axe normal.",
                                   "Conclusion : tracé normal.",
                                   NULL };
static const char *const endoscopy[] = { "ENDOSCOPIE DIGESTIVE HAUTE",
                                         "Dr Racine KANE",
                                         "Dakar, le 03/08/2024",
                                         "Bulbe : ulcère de 9 mm.",
                                         "Conclusion : ulcère du bulbe duodénal.",
                                         NULL };
static const char *const prescription[] = { "Dr Awa SARR", "Dakar, le 20/11/2024", "ORDONNANCE",
                                            "- Oméprazole 20 mg, 1 gélule le matin", NULL };
static const struct paper papers[] = { { 1, NULL, ecg }, { 2, NULL, endoscopy }, { 3, NULL, prescription } };

static int setup(void **state) {
    (void)state;
    return asker_open(&asker_fatou, papers, COUNT_OF(papers));
}

static void the_day_of_its_report_is_told(void **state) {
    (void)state;
    static const char *const questions[] = { "c kan g fait lecg", "Quand est-ce que j'ai fait l'ECG ?",
                                             "A quelle date a été fait mon électrocardiogramme ?" };
    for (size_t i = 0; i < COUNT_OF(questions); i++) {
        const char *a = ask(questions[i]);
        has(a, "18/10/2024");
        lacks(a, "20/11/2024");
    }
    has(ask("La fibroscopie c'était quel jour ?"), "03/08/2024");
}

static void who_signed_made_it(void **state) {
    (void)state;
    has(ask("Qui m'a fait la fibro ?"), "Racine KANE");
    has(ask("Qui a fait mon ECG ?"), "Lamine TOURE");
}

static void what_was_found_is_told_by_any_name(void **state) {
    (void)state;
    has(ask("Qu'est-ce que la fibroscopie a trouvé ?"), "ulcère du bulbe");
}

/* No other paper's day stands for an examination of which there is none. */
static void of_another_examination_nothing_is_told(void **state) {
    (void)state;
    refused("Quand est-ce que j'ai fait le scanner ?");
    refused("Qui m'a fait l'IRM ?");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, asker_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_day_of_its_report_is_told),
        TEST(who_signed_made_it),
        TEST(what_was_found_is_told_by_any_name),
        TEST(of_another_examination_nothing_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
