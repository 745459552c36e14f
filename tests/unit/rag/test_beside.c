#include "support/paper.h"

#include "test.h"

/* Lines that share words with a question and speak of something else; asked on 2024-12-01. */
static const char *const letter[] = { "Dr Martin",
                                      "Dakar, le 15/11/2024",
                                      "Mme Fatou NDIAYE",
                                      "COMPTE RENDU DE CONSULTATION",
                                      "Oeil droit : cataracte opérée.",
                                      "Incapacité temporaire : 120 jours.",
                                      "Echographie de 21 semaines : normale.",
                                      "Paludisme grave en 2024.",
                                      "Vitamine A : 03/07/2024.",
                                      "Scanner cérébral : pas de saignement.",
                                      "Arrêt de travail de 12 jours, du 15/11/2024 au",
                                      "26/11/2024.",
                                      "Dialyse depuis le 17/10/2023.",
                                      "Diagnostic : hypertension artérielle",
                                      "Plongée : pas avant 6 semaines.",
                                      "Hammam : 4 jours avant la plongée.",
                                      NULL };
static const char *const prescription[] = { "Dr S. M. DIENG",
                                            "Dakar, le 15/11/2024",
                                            "Mme Fatou NDIAYE",
                                            "ORDONNANCE",
                                            "- Sertraline 50 mg, 1 comprimé le matin",
                                            "- Ramipril 5 mg, 1 comprimé le soir pendant 3 mois",
                                            NULL };
static const char *const blood[] = { "Laboratoire BIO24",
                                     "Compte rendu d'examens biologiques",
                                     "Prélevé le 04/11/2024",
                                     "                          Résultats         Valeurs de référence",
                                     "Glycémie à jeun           1,02 g/L          (0,70 - 1,10)",
                                     NULL };
static const char *const card[] = { "CARNET DE VACCINATION",
                                    "Mme Fatou NDIAYE",
                                    "Vaccin                     1re dose      2e dose       3e dose",
                                    "Hépatite B (Engerix 20)    12/10/2024    12/12/2024*   12/05/2025*",
                                    "Méningite ACYW             -",
                                    "Typhoïde                   08/02/2022    -",
                                    "* date de rendez-vous, dose non encore reçue",
                                    NULL };
static const struct paper papers[] = {
    { 1, NULL, letter }, { 2, NULL, prescription }, { 3, NULL, blood }, { 4, NULL, card }
};
static const struct person fatou = { 7, "Fatou", "Ndiaye", "", "", "" };

static struct arena *arena;
static struct answer_books books;
static struct record *record;

static int setup(void **state) {
    (void)state;
    arena = arena_new((size_t)64 << 20);
    if (!arena || answer_books_new(arena, &books, NULL) != OK) return -1;
    record = paper_record(&fatou, papers, COUNT_OF(papers));
    return 0;
}

static int teardown(void **state) {
    (void)state;
    record_free(record);
    arena_free(arena);
    return 0;
}

static const char *ask(const char *text, struct rag_answer *out) {
    const struct asked asked = { .text = str_from_c(text),
                                 .today = { 2024, 12, 1 },
                                 .emergency_number = STR("1515") };
    assert_int_equal(answer_make(&books, arena, record, &asked, out, NULL), OK);
    return arena_cstr(arena, out->text);
}

static void has(const char *question, const char *words) {
    struct rag_answer out;
    const char *answer = ask(question, &out);
    if (!strstr(answer, words)) fail_msg("%s: no \"%s\" in: %s", question, words, answer);
}

static void lacks(const char *question, const char *words) {
    struct rag_answer out;
    const char *answer = ask(question, &out);
    if (strstr(answer, words)) fail_msg("%s: \"%s\" in: %s", question, words, answer);
}

static void refused(const char *question) {
    struct rag_answer out;
    const char *answer = ask(question, &out);
    if (out.grounded) fail_msg("not refused: %s: %s", question, answer);
}

static void the_other_side_is_no_answer(void **state) {
    (void)state;
    has("La cataracte de l'oeil droit est opérée ?", "cataracte opérée");
    lacks("La cataracte de l'oeil gauche est opérée ?", "cataracte opérée");
    has("Combien de jours d'incapacité temporaire ?", "120 jours");
    refused("Combien de jours d'incapacité permanente ?");
}

static void another_week_is_no_answer(void **state) {
    (void)state;
    has("Résultat de l'échographie de 21 semaines ?", "normale");
    lacks("Résultat de l'échographie de 32 semaines ?", "normale");
}

static void what_will_be_stands_on_no_paper(void **state) {
    (void)state;
    refused("Est-ce qu'on va m'opérer la cataracte de l'oeil droit ?");
    refused("Le paludisme peut revenir ?");
}

static void what_another_examination_found_is_no_answer(void **state) {
    (void)state;
    has("Le scanner cérébral a montré quoi ?", "pas de saignement");
    refused("L'IRM cérébrale a montré quoi ?");
}

static void a_value_that_was_measured_once_was_not_measured_again(void **state) {
    (void)state;
    has("Ma glycémie ?", "1,02 g/L");
    refused("Ma glycémie de contrôle ?");
}

static void doses_without_a_duration_do_not_say_how_long(void **state) {
    (void)state;
    has("Pendant combien de temps je prends le ramipril ?", "3 mois");
    lacks("Pendant combien de temps je prends la sertraline ?", "le matin");
    has("Comment prendre la sertraline ?", "1 comprimé");
}

static void a_class_that_is_not_prescribed_is_not_answered_with_others(void **state) {
    (void)state;
    refused("Quel antibiotique on m'a donné ?");
}

static void since_when_is_not_the_day_of_a_paper(void **state) {
    (void)state;
    lacks("Depuis quand je prends du ramipril ?", "15/11/2024");
    has("Depuis quand je suis en dialyse ?", "17/10/2023");
}

static void a_sentence_goes_on_below(void **state) {
    (void)state;
    has("Mon arrêt de travail dure combien de jours ?", "26/11/2024");
}

/* What is only to be given was not given, and a dash is no day of the row below. */
static void doses_to_come_are_not_told_as_given(void **state) {
    (void)state;
    lacks("Mes vaccins contre l'hépatite B ?", "(2e dose)");
    has("Mes vaccins contre l'hépatite B ?", "12/10/2024");
    has("Mon prochain vaccin hépatite B est quel jour ?", "12/12/2024");
    lacks("Mon vaccin contre la méningite date de quand ?", "08/02/2022");
    has("Mon vaccin contre la typhoïde date de quand ?", "08/02/2022");
}

static void what_is_noted_of_the_patient_is_not_her_sisters(void **state) {
    (void)state;
    has("Elle a quoi comme maladie ?", "hypertension");
    refused("Sa grande sœur a quoi comme maladie ?");
}

/* An appointment is no answer to how something is washed. */
static void neither_a_visit_nor_a_time_is_asked_for(void **state) {
    (void)state;
    lacks("Comment je dois laver mes culottes ?", "rendez-vous");
}

static void not_before_says_after(void **state) {
    (void)state;
    has("La plongée c'est après combien de semaines ?", "pas avant 6 semaines");
    refused("Le hammam c'est combien de jours après ?");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_other_side_is_no_answer),
        TEST(another_week_is_no_answer),
        TEST(what_will_be_stands_on_no_paper),
        TEST(what_another_examination_found_is_no_answer),
        TEST(a_value_that_was_measured_once_was_not_measured_again),
        TEST(doses_without_a_duration_do_not_say_how_long),
        TEST(a_class_that_is_not_prescribed_is_not_answered_with_others),
        TEST(since_when_is_not_the_day_of_a_paper),
        TEST(a_sentence_goes_on_below),
        TEST(doses_to_come_are_not_told_as_given),
        TEST(what_is_noted_of_the_patient_is_not_her_sisters),
        TEST(neither_a_visit_nor_a_time_is_asked_for),
        TEST(not_before_says_after),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
