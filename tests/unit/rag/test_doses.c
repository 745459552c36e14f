#include "rag/asker.h"

#include "test.h"

/* Doses that a paper says in its own way, and what to do with one that was forgotten. */
static const char *const prescription[] = {
    "Dr Awa SARR",
    "Dakar, le 15/11/2024",
    "ORDONNANCE",
    "HYDROXYUREE 500 mg : 2 gél. le soir",
    "   arrêter et consulter si fièvre",
    "CARBIMAZOLE 20 mg : 1 cp + 1/2 le matin",
    "INSULINE GLARGINE 100 UI/mL, stylo",
    "   20 UI à 22 h, tous les jours",
    "   Si glycémie du matin > 1,30 pendant 3 jours : augmenter de 2 UI",
    "INSULINE ASPARTE 100 UI/mL, stylo",
    "   6 UI avant déjeuner",
    NULL
};
static const char *const card[] = { "Carnet de suivi", "Acénocoumarol 4 mg", "13/11 : deux prises oubliées",
                                    "Oubli : prendre la dose avant minuit, sinon sauter, ne jamais doubler.",
                                    NULL };

static int setup(void **state) {
    (void)state;
    static const struct paper papers[] = { { 1, NULL, prescription }, { 2, NULL, card } };
    return asker_open(&asker_fatou, papers, COUNT_OF(papers));
}

static void a_dose_with_a_reason_to_stop_is_a_dose(void **state) {
    (void)state;
    has(ask("L'hydroxyurée, combien de gélules et à quel moment ?"), "2 gél. le soir");
}

static void a_tablet_and_a_half_is_not_said_as_one(void **state) {
    (void)state;
    has(ask("Combien de carbimazole je prends ?"), "1 cp + 1/2 le matin");
}

static void the_kind_of_insulin_is_part_of_its_name(void **state) {
    (void)state;
    const char *a = ask("L'insuline lente c'est combien d'unités et à quelle heure ?");
    has(a, "20 UI à 22 h");
    lacks(a, "6 UI");
    lacks(a, "La durée indiquée est passée");
    a = ask("Et l'insuline rapide, combien d'unités ?");
    has(a, "6 UI avant déjeuner");
    lacks(a, "20 UI");
}

static void a_forgotten_dose_is_answered_by_what_is_told_of_it(void **state) {
    (void)state;
    const char *a = ask("J'ai oublié mon comprimé du soir, je fais quoi ?");
    has(a, "avant minuit, sinon sauter, ne jamais doubler");
    lacks(a, "deux prises oubliées");
    has(ask("J'ai oublié l'acénocoumarol hier, je prends deux comprimés ?"), "ne jamais doubler");
    refused("si joubli l'hydroxyurée jfé koi"); /* what is told is of another medicine */
    refused("J'ai oublié mon carbimazole ce matin, je fais quoi ?");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, asker_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_dose_with_a_reason_to_stop_is_a_dose),
        TEST(a_tablet_and_a_half_is_not_said_as_one),
        TEST(the_kind_of_insulin_is_part_of_its_name),
        TEST(a_forgotten_dose_is_answered_by_what_is_told_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
