#include "test.h"

#include "documents/dosage.h"

struct want {
    const char *text;
    enum dosage_part part;
    const char *strength, *form, *dose, *route, *frequency, *duration, *renewals, *instruction;
};

static void expect(const char *text, const char *field, struct str got, const char *want) {
    if (!str_eq(got, str_from_c(want)))
        fail_msg("%s: %s is \"%.*s\", not \"%s\"", text, field, STR_ARG(got), want ? want : "");
}

static void check(const struct want *w) {
    struct arena *a = arena_new(1 << 20);
    struct tokens t;
    struct dosage d;
    assert_true(tokens_split(a, str_from_c(w->text), &t));
    assert_true(dosage_read(a, &t, 0, t.count, w->part, &d));
    expect(w->text, "strength", d.strength, w->strength);
    expect(w->text, "form", d.form, w->form);
    expect(w->text, "dose", d.dose, w->dose);
    expect(w->text, "route", d.route, w->route);
    expect(w->text, "frequency", d.frequency, w->frequency);
    expect(w->text, "duration", d.duration, w->duration);
    expect(w->text, "renewals", d.renewals, w->renewals);
    expect(w->text, "instruction", d.instruction, w->instruction);
    arena_free(a);
}

static const struct want posologies[] = {
    { .text = "1 cp matin et soir", DOSAGE_TAKING, .dose = "1 cp", .frequency = "matin et soir" },
    { .text = "1 à 2 comprimés 3 fois par jour pendant 5 jours",
      DOSAGE_TAKING,
      .dose = "1 à 2 comprimés",
      .frequency = "3 fois par jour",
      .duration = "5 jours" },
    { .text = "1cp/j", DOSAGE_TAKING, .dose = "1cp", .frequency = "/j" },
    { .text = "½ cp au coucher", DOSAGE_TAKING, .dose = "½ cp", .frequency = "au coucher" },
    { .text = "1/2 comprimé un jour sur deux",
      DOSAGE_TAKING,
      .dose = "1/2 comprimé",
      .frequency = "un jour sur deux" },
    { .text = "10 ml toutes les 6 heures si fièvre",
      DOSAGE_TAKING,
      .dose = "10 ml",
      .frequency = "toutes les 6 heures",
      .instruction = "si fièvre" },
    { .text = "1-0-1", DOSAGE_TAKING, .frequency = "1-0-1" },
    { .text = "1 cuillère à café 3 x / jour, 8 à 10 jours",
      DOSAGE_TAKING,
      .dose = "1 cuillère à café",
      .frequency = "3 x / jour",
      .duration = "8 à 10 jours" },
    { .text = "une ampoule par mois QSP 3 mois AR 2 fois",
      DOSAGE_TAKING,
      .dose = "une ampoule",
      .frequency = "par mois",
      .duration = "3 mois",
      .renewals = "2 fois" },
    { .text = "2 bouffées en inhalation matin et soir, non renouvelable",
      DOSAGE_TAKING,
      .dose = "2 bouffées",
      .route = "inhalation",
      .frequency = "matin et soir",
      .renewals = "non renouvelable" },
    { .text = "1 injection SC tous les 15 jours",
      DOSAGE_TAKING,
      .dose = "1 injection",
      .route = "SC",
      .frequency = "tous les 15 jours" },
    { .text = "500 mg, comprimé : 1 cp le matin",
      DOSAGE_PRODUCT,
      .strength = "500 mg",
      .form = "comprimé",
      .dose = "1 cp",
      .frequency = "le matin" },
    { .text = "1 g/125 mg poudre pour suspension buvable en sachet",
      DOSAGE_PRODUCT,
      .strength = "1 g/125 mg",
      .form = "poudre pour suspension buvable en sachet" },
    { .text = "0,05 % crème 1 application le soir",
      DOSAGE_PRODUCT,
      .strength = "0,05 %",
      .form = "crème",
      .dose = "1 application",
      .frequency = "le soir" },
    { .text = "200/6 turbuhaler : 2 inhalations matin et soir",
      DOSAGE_PRODUCT,
      .strength = "200/6",
      .dose = "2 inhalations",
      .frequency = "matin et soir",
      .instruction = "turbuhaler" },
    { .text = ": 18 UI le soir", DOSAGE_PRODUCT, .dose = "18 UI", .frequency = "le soir" },
    { .text = "18 UI le soir", DOSAGE_PRODUCT, .dose = "18 UI", .frequency = "le soir" },
    { .text = "100 000 UI par mois", DOSAGE_PRODUCT, .strength = "100 000 UI", .frequency = "par mois" },
    { .text = "du 01/12/2021 au 06/12/2021", DOSAGE_TAKING, .duration = "du 01/12/2021 au 06/12/2021" },
};

static void posologies_are_read(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT_OF(posologies); i++) check(&posologies[i]);
}

static void doubts_stay_empty(void **state) {
    (void)state;
    static const struct want cases[] = {
        /* different doses: the frequency tells both, no single dose is named */
        { .text = "2 cp le matin et 1 cp le soir",
          DOSAGE_TAKING,
          .frequency = "2 cp le matin et 1 cp le soir" },
        /* a later regime never takes the place of the first */
        { .text = "2 cp/j pendant 3 jours puis 1 cp/j pendant 7 jours",
          DOSAGE_TAKING,
          .dose = "2 cp",
          .frequency = "/j",
          .duration = "3 jours",
          .instruction = "puis 1 cp/j pendant 7 jours" },
        /* a limit is no dose */
        { .text = "1 cp si douleur, maximum 4 cp par jour",
          DOSAGE_TAKING,
          .dose = "1 cp",
          .instruction = "si douleur, maximum 4 cp par jour" },
        { .text = "ne pas dépasser 3 g par jour",
          DOSAGE_TAKING,
          .instruction = "ne pas dépasser 3 g par jour" },
        /* how long something is watched before the dose is changed */
        { .text = "2 cp le soir si glycémie > 1,30 pendant 3 jours : appeler",
          DOSAGE_TAKING,
          .dose = "2 cp",
          .frequency = "le soir",
          .instruction = "si glycémie > 1,30 pendant 3 jours : appeler" },
        { .text = "1 cp si douleur pendant 5 jours",
          DOSAGE_TAKING,
          .dose = "1 cp",
          .duration = "5 jours",
          .instruction = "si douleur" },
        /* since when, or when again, is not how long */
        { .text = "depuis 3 mois", DOSAGE_TAKING, .instruction = "depuis 3 mois" },
        { .text = "dans 3 mois", DOSAGE_TAKING, .instruction = "dans 3 mois" },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) check(&cases[i]);
}

static void stopping_is_seen(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool stopped;
    } cases[] = {
        { "75 mg : STOP", true },       { "à arrêter", true },      { "500 mg cp arrêt", true },
        { "1 cp/j puis arrêt", false }, { "1 cp le matin", false }, { "arrêter si diarrhée", false }
    };
    struct arena *a = arena_new(1 << 20);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct tokens t;
        struct dosage d;
        assert_true(tokens_split(a, str_from_c(cases[i].text), &t));
        assert_true(dosage_read(a, &t, 0, t.count, DOSAGE_PRODUCT, &d));
        if (d.stopped != cases[i].stopped) fail_msg("%s", cases[i].text);
        if (d.stopped) assert_true(d.dose.n == 0 && d.frequency.n == 0 && d.duration.n == 0);
    }
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(posologies_are_read),
        cmocka_unit_test(doubts_stay_empty),
        cmocka_unit_test(stopping_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
