/*
 * Where a sentence of a paper ends.
 */
#include "rag/sentence.h"
#include "test.h"

static void begins_with(const char *text, const char *sentence) {
    size_t at = 0;
    assert_str_equal(sentence_next(str_from_c(text), &at), str_from_c(sentence));
}

static void a_sentence_ends_with_its_stop(void **state) {
    (void)state;
    begins_with("Repos. Attelle.", "Repos.");
    begins_with("Vu avec le Dr. Sarr. Repos.", "Vu avec le Dr. Sarr.");
    begins_with("J'ai prévenu M. Dramé ce jour. Repos.", "J'ai prévenu M. Dramé ce jour.");
    begins_with("J'ai prévenu M. [PERSONNE_1] ce jour. Repos.", "J'ai prévenu M. [PERSONNE_1] ce jour.");
    begins_with("Groupe sanguin A. Repos.", "Groupe sanguin A. Repos.");
    begins_with("  \n ", "");
    begins_with("", "");
}

static void a_wrapped_line_goes_on(void **state) {
    (void)state;
    begins_with("Douche permise dès J3, sans bain\net sans piscine\nRepos",
                "Douche permise dès J3, sans bain\net sans piscine");
    begins_with("Revenir le\n12/05/2026 avec la radiographie\nRepos",
                "Revenir le\n12/05/2026 avec la radiographie");
    begins_with("Nous avons prescrit du paracétamol à la dose de\n1 g trois fois par jour\nRepos",
                "Nous avons prescrit du paracétamol à la dose de\n1 g trois fois par jour");
    begins_with("Le patient a reçu une perfusion puis de la morphine\n10 mg par voie orale\nRepos",
                "Le patient a reçu une perfusion puis de la morphine\n10 mg par voie orale");
}

/* What would be quoted with the item before it. */
static void an_item_and_a_day_begin_anew(void **state) {
    (void)state;
    begins_with("1 cp à 8 h et 1 cp à 20 h\n2/ Paracétamol 1 g", "1 cp à 8 h et 1 cp à 20 h");
    begins_with("1 cp à 8 h et 1 cp à 20 h, jusqu'à la visite du neuf mars\n2) Paracétamol 1 g",
                "1 cp à 8 h et 1 cp à 20 h, jusqu'à la visite du neuf mars");
    begins_with("Fluticasone : rincer la bouche et cracher après chaque prise\n2. Montelukast",
                "Fluticasone : rincer la bouche et cracher après chaque prise");
    begins_with("11/05 taille 2,3 x 1,6 cm\n13/05 bords secs", "11/05 taille 2,3 x 1,6 cm");
    begins_with("Poids 2 600 g\n47 cm", "Poids 2 600 g");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sentence_ends_with_its_stop),
        cmocka_unit_test(a_wrapped_line_goes_on),
        cmocka_unit_test(an_item_and_a_day_begin_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
