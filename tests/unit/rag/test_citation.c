/*
 * At which words of a passage a sentence of a model points.
 */
#include "rag/citation.h"
#include "test.h"

static struct arena *arena;
static struct text_reader *reader;

static int setup(void **state) {
    (void)state;
    arena = arena_new((size_t)8 << 20);
    return arena && text_reader_open(arena, &reader, NULL) == OK ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static const char passage[] = "Compte rendu opératoire\n"
                              "Appui contact (20 kg) jusqu'à J45. Attelle 3 semaines.\n"
                              "Ne pas prendre d'ibuprofène.\n"
                              "Douche permise dès J3, sans bain pendant un mois\n"
                              "et sans piscine.\n"
                              "Contrôle le 12/05/2026 avec radiographie.\n"
                              "Paracétamol 1 g si douleur\n"
                              "1 comprimé toutes les 6 heures, 4 au plus par jour\n";

static void points_at(const char *sentence, const char *quote) {
    struct str out;
    assert_int_equal(citation_find(arena, reader, str_from_c(sentence), str_from_c(passage),
                                   (struct date) { 2026, 4, 1 }, &out, NULL),
                     OK);
    assert_str_equal(out, str_from_c(quote));
}

static void the_sentence_of_the_paper_is_found(void **state) {
    (void)state;
    points_at("Vous pouvez mettre 20 kg d'appui jusqu'au 45e jour.", "");
    points_at("Vous pouvez appuyer avec 20 kg, appui contact.", "Appui contact (20 kg) jusqu'à J45.");
    points_at("Appui contact (20 kg) jusqu'à J45.", "Appui contact (20 kg) jusqu'à J45.");
    points_at("Selon votre compte rendu, l'attelle se porte trois semaines.", "Attelle 3 semaines.");
    points_at("Le contrôle est le 12 mai 2026.", "Contrôle le 12/05/2026 avec radiographie.");
}

/* The paper's negation stands in what is quoted, whatever the model made of it. */
static void what_was_turned_round_is_quoted_right(void **state) {
    (void)state;
    points_at("Vous pouvez prendre de l'ibuprofène.", "Ne pas prendre d'ibuprofène.");
}

static void a_sentence_over_two_lines_is_whole(void **state) {
    (void)state;
    points_at("La douche est permise dès J3.",
              "Douche permise dès J3, sans bain pendant un mois\net sans piscine.");
}

static void what_is_not_there_is_not_found(void **state) {
    (void)state;
    points_at("Portez l'attelle 5 semaines.", "");
    points_at("Buvez beaucoup d'eau chaque matin.", "");
    points_at("Selon votre dossier.", "");
    points_at("", "");
}

/* A figure alone could be of anything: the medicine stands beside it. */
static void a_dose_brings_its_medicine(void **state) {
    (void)state;
    points_at("1 comprimé toutes les 6 heures.",
              "Paracétamol 1 g si douleur\n1 comprimé toutes les 6 heures, 4 au plus par jour");
}

static void the_day_of_the_paper_may_be_named(void **state) {
    (void)state;
    points_at("Le 01/04/2026, une attelle de 3 semaines a été prévue.", "Attelle 3 semaines.");
}

static void how_to_take_a_medicine_is_seen(void **state) {
    (void)state;
    static const struct {
        const char *quote;
        bool tells;
    } cases[] = { { "Paracétamol 1 g : 1 comprimé toutes les 6 heures", true },
                  { "Appui contact (20 kg) jusqu'à J45.", false },
                  { "Ne pas prendre d'ibuprofène.", false } };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        bool tells;
        assert_int_equal(citation_tells_to_take(arena, reader, str_from_c(cases[i].quote), &tells, NULL), OK);
        assert_int_equal(tells, cases[i].tells);
    }
}

static void words_stand_wherever_lines_end(void **state) {
    (void)state;
    assert_true(citation_stands(str_from_c(passage), STR("pendant un mois et sans piscine")));
    assert_true(citation_stands(STR("a"), STR("a")));
    assert_false(citation_stands(STR("a"), STR("ab")));
    assert_false(citation_stands(str_from_c(passage), STR("pendant deux mois")));
}

#define TEST(name) cmocka_unit_test(name)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_sentence_of_the_paper_is_found), TEST(what_was_turned_round_is_quoted_right),
        TEST(a_sentence_over_two_lines_is_whole), TEST(what_is_not_there_is_not_found),
        TEST(a_dose_brings_its_medicine),         TEST(the_day_of_the_paper_may_be_named),
        TEST(how_to_take_a_medicine_is_seen),     TEST(words_stand_wherever_lines_end),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
