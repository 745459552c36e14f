#include "rag/apart.h"
#include "rag/asker.h"

#include "test.h"

/* A neighbour of what is asked for, on papers of a child, of his mother, and of a man who was operated on. */
static const char *const letter[] = { "Dr Martin",
                                      "Dakar, le 15/11/2024",
                                      "Mme Fatou NDIAYE",
                                      "COMPTE RENDU DE CONSULTATION",
                                      "Rhume depuis 3 jours chez le grand frère puis chez elle. Poids 31 kg.",
                                      "Oncle paternel : épilepsie, carbamazépine 200 mg.",
                                      "Cotrimoxazole arrêté le 02/10/2024 (CD4 > 350 à deux reprises).",
                                      "Dent 46 : absente (extraite 2015).",
                                      "Oeil gauche : revoir dans 6 mois.",
                                      "Cure de la cataracte droite prévue le 12/01/2025.",
                                      "Fils : ablation le 20/12/2024.",
                                      "Crachats du 2e mois : négatifs le 03/10/2024.",
                                      "Perfusion de morphine 4 mg aux urgences.",
                                      "Hernie inguinale droite opérée.",
                                      NULL };
static const char *const prescription[] = { "Dr S. M. DIENG",
                                            "Dakar, le 15/11/2024",
                                            "Mme Fatou NDIAYE",
                                            "ORDONNANCE",
                                            "- Paracétamol 500 mg, 1 comprimé toutes les 6 heures",
                                            "- Amoxicilline 1 g, 1 comprimé matin et soir pendant 7 jours",
                                            NULL };
static const char *const diet[] = { "Dr Sow",
                                    "Dakar, le 15/11/2024",
                                    "CONSEILS ALIMENTAIRES",
                                    "Eviter : banane, datte, jus de bouye.",
                                    "Permis : une pomme par jour.",
                                    NULL };
static const char *const newborn[] = { "Maternité", "FICHE DU NOUVEAU-NE", "Le 15/11/2024",
                                       "Groupe sanguin enfant : B Rh positif", NULL };
static const struct paper papers[] = {
    { 1, NULL, letter }, { 2, NULL, prescription }, { 3, NULL, diet }, { 4, NULL, newborn }
};
static const struct person fatou = { 7, "Fatou", "Ndiaye", "Latex, poussière", "", "" };

static struct arena *arena;
static struct text_reader *reader;

static int setup(void **state) {
    (void)state;
    arena = arena_new((size_t)1 << 20);
    if (!arena || text_reader_open(arena, &reader, NULL) != OK) return -1;
    return asker_open(&fatou, papers, COUNT_OF(papers));
}

static int teardown(void **state) {
    arena_free(arena);
    return asker_close(state);
}

static struct tokens read(const char *text, enum text_kind kind) {
    struct tokens t;
    assert_int_equal(text_tokens(reader, arena, str_from_c(text), kind, &t, NULL), OK);
    return t;
}

static bool of_series(const char *question, const char *quote) {
    struct tokens q = read(question, TEXT_QUESTION), t = read(quote, TEXT_DOCUMENT);
    return apart_is_of_series(&q, str_from_c(quote), &t);
}

static bool lacks_unit(const char *question, const char *quote) {
    struct tokens q = read(question, TEXT_QUESTION), t = read(quote, TEXT_DOCUMENT);
    return apart_lacks_unit(&q, &t);
}

static bool lacks_deed(const char *question, const char *quote) {
    struct tokens q = read(question, TEXT_QUESTION), t = read(quote, TEXT_DOCUMENT);
    return apart_lacks_deed(&q, &t);
}

static bool lacks_end(const char *question, const char *quote) {
    struct tokens q = read(question, TEXT_QUESTION), t = read(quote, TEXT_DOCUMENT);
    return apart_lacks_end(&q, str_from_c(quote), &t);
}

static void another_member_of_a_series_is_seen(void **state) {
    (void)state;
    assert_true(
        of_series("la troisième dose du vaccin c'est quel jour ?", "doses du 05/01/2026 et 05/02/2026"));
    assert_false(
        of_series("la deuxième dose du vaccin c'est quel jour ?", "doses du 05/01/2026 et 05/02/2026"));
    assert_true(of_series("le crachat du 5e mois", "BK crachat M2 : négatif"));
    assert_true(of_series("quel jour le Rota 3 ?", "Rota 2 : 05/06/2024"));
    assert_false(of_series("Quelle est ma dernière ordonnance ? 4", "ORDONNANCE\n1. Amlodipine 10 mg"));
    assert_false(of_series("ordonnance 4", "ORDONNANCE\n1. Amlodipine 10 mg"));
    assert_false(of_series("le crachat du 5e mois", "BK crachat M5 : négatif"));
    assert_false(of_series("le crachat du cinquième mois", "fin du 5e mois : négatif"));
    assert_true(of_series("quel jour il a eu le Rota 3 ?", "Rota 2 05/06/2024 Penta 3 10/07/2024"));
    assert_false(of_series("quel jour il a eu le Rota 2 ?", "Rota 2 05/06/2024 Penta 3 10/07/2024"));
    assert_false(of_series("when is my second shot due?", "Hepatitis A - dose 2 due 15 July 2026"));
    assert_false(of_series("le paracétamol 3 fois par jour ?", "paracétamol 2 comprimés"));
}

static void figures_of_another_unit_are_seen(void **state) {
    (void)state;
    assert_true(lacks_unit("Combien de millilitres de morphine ?", "morphine orale 4 mg"));
    assert_false(lacks_unit("Combien de millilitres de sirop ?", "sirop : 5 mL matin et soir"));
    assert_true(lacks_unit("Cb de gouttes par jour", "Vitamine D 1 ampoule par trimestre"));
    assert_false(lacks_unit("Cb de cachets par jour", "Oméprazole 1 gélule le matin"));
    assert_false(lacks_unit("Combien de temps ?", "pendant 3 mois"));
}

static void what_is_to_be_done_must_be_spoken_of(void **state) {
    (void)state;
    assert_true(lacks_deed("Quand est-ce qu'on m'opère l'œil gauche ?", "OG : revoir dans 6 mois"));
    assert_false(lacks_deed("Quand est-ce qu'on m'opère ?", "Intervention prévue le 12/03/2026"));
    assert_true(lacks_deed("L'implant, il faut le changer quand ?", "implant, posé le 18 octobre au bras"));
    assert_false(lacks_deed("Le pansement, on le change quand ?", "pansement tous les 2 jours"));
    assert_false(lacks_deed("On m'enlève les fils quand ?", "Ablation des fils à J15"));
    assert_false(lacks_deed("C'est quand mon rendez-vous ?", "Revoir le 12/03/2026"));
}

static void an_end_must_be_said(void **state) {
    (void)state;
    assert_true(lacks_end("Quand je peux arrêter l'hydrocortisone ?", "Hydrocortisone 1 cp à 8h"));
    assert_false(lacks_end("Quand je peux arrêter le fer ?", "Fer 1 cp par jour pendant 3 mois"));
    assert_true(lacks_end("La dapsone jusqu'à quelle date ?", "cotrimoxazole -> arrêt, dapsone 100 mg/j"));
    assert_false(lacks_end("La dapsone jusqu'à quand ?", "dapsone jusqu'au 12/03/2026"));
}

static void two_days_are_asked_for(void **state) {
    (void)state;
    assert_true(lacks_end("L'amoxicilline du combien au combien ?", "Amoxicilline 1 g pendant 7 jours"));
    assert_false(
        lacks_end("L'amoxicilline du combien au combien ?", "Amoxicilline du 12/03/2026 au 19/03/2026"));
    assert_true(lacks_end("Hospitalisée de quelle date à quelle date ?", "entrée le 12/03/2026"));
    assert_false(lacks_end("Mon poids est passé de combien à combien ?", "62 kg puis 58 kg"));
}

static bool lacks_age(const char *question, const char *quote) {
    struct tokens q = read(question, TEXT_QUESTION), t = read(quote, TEXT_DOCUMENT);
    return apart_lacks_age(&q, &t);
}

static void an_age_must_be_named(void **state) {
    (void)state;
    assert_true(lacks_age("L'hémoglobine à deux mois ?", "Hb J2 : 8,9 g/dL"));
    assert_false(lacks_age("L'hémoglobine à deux mois ?", "Hb M2 : 8,9 g/dL"));
    assert_false(lacks_age("L'hémoglobine à 2 jours ?", "Hb J2 : 8,9 g/dL"));
    assert_false(lacks_age("L'hémoglobine il y a deux mois ?", "Hb 8,9 g/dL"));
    assert_false(lacks_age("Le fer pendant 2 mois ?", "Fer 1 cp"));
}

static void what_is_of_the_patient_is_not_a_relatives(void **state) {
    (void)state;
    refused("Et son petit frère, quelle dose de paracétamol je lui donne ?");
    refused("Son petit frère de 4 ans tousse, je lui donne combien de comprimés de paracétamol ?");
    has(ask("Quelle dose de paracétamol je lui donne ?"), "toutes les 6 heures");
    lacks(ask("Combien pesait son grand frère ?"), "31 kg");
    has(ask("Elle pesait combien ?"), "31 kg");
}

static void a_childs_value_is_not_the_mothers(void **state) {
    (void)state;
    lacks(ask("C'est quoi mon groupe sanguin à moi ?"), "B Rh");
    has(ask("Quel est le groupe sanguin de l'enfant ?"), "B Rh");
}

static void what_a_list_does_not_name_is_neither_allowed_nor_forbidden(void **state) {
    (void)state;
    lacks(ask("Est-ce que je peux manger de la mangue ?"), "banane");
    has(ask("Est-ce que je peux manger de la banane ?"), "Eviter");
}

static void an_allergy_that_is_not_listed_is_not_answered_with_others(void **state) {
    (void)state;
    ask("Est-ce que je suis allergique aux crevettes ?");
    assert_false(asker()->out.grounded);
    has(ask("Est-ce que je suis allergique au latex ?"), "Latex");
    has(ask("Je suis allergique à quoi ?"), "Latex");
}

static void a_day_in_brackets_is_no_reason(void **state) {
    (void)state;
    lacks(ask("Pourquoi on m'a enlevé la dent 46 ?"), "2015");
    has(ask("Pourquoi on a arrêté le cotrimoxazole ?"), "CD4");
}

static void whether_it_comes_back_stands_on_no_paper(void **state) {
    (void)state;
    lacks(ask("Est-ce que la hernie peut revenir ?"), "opérée");
    lacks(ask("Quels sont les risques de la cure de la cataracte ?"), "12/01/2025");
}

static void doses_of_a_medicine_that_was_never_given_are_not_those_of_others(void **state) {
    (void)state;
    lacks(ask("Quelle dose de sulfate de magnésium on m'a donnée ?"), "Amoxicilline");
    has(ask("Quelle dose d'amoxicilline on m'a donnée ?"), "1 comprimé matin et soir");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(another_member_of_a_series_is_seen),
        TEST(figures_of_another_unit_are_seen),
        TEST(what_is_to_be_done_must_be_spoken_of),
        TEST(an_end_must_be_said),
        TEST(two_days_are_asked_for),
        TEST(an_age_must_be_named),
        TEST(what_is_of_the_patient_is_not_a_relatives),
        TEST(a_childs_value_is_not_the_mothers),
        TEST(what_a_list_does_not_name_is_neither_allowed_nor_forbidden),
        TEST(an_allergy_that_is_not_listed_is_not_answered_with_others),
        TEST(a_day_in_brackets_is_no_reason),
        TEST(whether_it_comes_back_stands_on_no_paper),
        TEST(doses_of_a_medicine_that_was_never_given_are_not_those_of_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
