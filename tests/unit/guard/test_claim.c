/*
 * Sentences of models against passages of papers: true ones pass, and none that was changed in what matters.
 */
#include "guard/claim.h"

#include "test.h"

static struct arena *arena;
static struct text_reader *reader;

static int setup(void **state) {
    (void)state;
    arena = arena_new((size_t)256 << 20);
    return arena && text_reader_open(arena, &reader, NULL) == OK ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static const struct {
    const char *title, *text;
    struct date date;
} papers[] = {
    { "Ordonnance",
      "Dr Martin, le 15/11/2024\n1. Lisinopril 10 mg : 1 comprimé par jour le matin pendant 3\nmois\n"
      "2. Metformine 850 mg : 1 comprimé matin et soir pendant les repas\n"
      "3. Paracétamol 1 g si douleur, toutes les 6 heures, sans dépasser 3 g par jour\n"
      "Ne pas prendre d'ibuprofène. Contrôle de la tension dans 3 mois.",
      { 2024, 11, 15 } },
    { "Bilan sanguin",
      "Glycémie à jeun 1,26 g/L (0,70 - 1,10)\nCréatinine 9 mg/L (6 - 12)\nHémoglobine 11,2 g/dL (12 - 16)\n"
      "Prélevé le 04/11/2024",
      { 2024, 11, 4 } },
    { "Compte rendu d'échographie",
      "Rein gauche de taille normale. Kyste simple de 12 mm du rein droit, bénin.\n"
      "Conclusion : kyste rénal droit sans signe de gravité. Contrôle échographique dans 6 mois.",
      { 2024, 10, 2 } },
    { "Lettre de sortie",
      "Hospitalisée pour pneumonie du 3 au 9 septembre 2024.\nAmoxicilline arrêtée le 09/09/2024 en raison d'une "
      "éruption.\nElle ne doit plus prendre de pénicilline. Reprendre le sport après 15 jours si elle n'a pas de fièvre.\n"
      "Augmenter le Furosémide à 40 mg par jour ; diminuer la Prednisone de 5 mg chaque semaine.",
      { 2024, 9, 9 } },
    { "Carnet de grossesse",
      "Antécédent obstétrical : accouchement voie basse 2022, garçon\nATCD : appendicectomie",
      { 2024, 10, 20 } },
};

static enum claim_fault check(struct str sentence) {
    enum claim_fault fault;
    const struct claim_source *cited[COUNT_OF(papers)];
    for (size_t i = 0; i < COUNT_OF(papers); i++) {
        struct claim_passage p = { str_from_c(papers[i].title), str_from_c(papers[i].text), papers[i].date };
        assert_int_equal(claim_source_read(arena, reader, &p, &cited[i], NULL), OK);
    }
    assert_int_equal(claim_check(arena, reader, sentence, cited, COUNT_OF(papers), &fault, NULL), OK);
    return fault;
}

/* What a model that does its work may say. */
static const char *const truths[] = {
    "Selon votre ordonnance du 15/11/2024, le Lisinopril 10 mg se prend le matin, 1 comprimé par jour pendant 3 mois.",
    "Prenez 1 comprimé de Lisinopril par jour, le matin.",
    "Metformine 850 mg : un comprimé matin et soir, pendant les repas.",
    "Le paracétamol 1 g est à prendre si douleur, toutes les 6 heures, sans dépasser 3 g par jour.",
    "Vous ne devez pas prendre d'ibuprofène.",
    "Un contrôle de la tension est prévu dans trois mois.",
    "Votre glycémie à jeun est de 1,26 g/L (valeurs 0,70 - 1,10).",
    "La créatinine est à 9 mg/L.",
    "Votre hémoglobine est de 11,2 g/dL, prélevée le 4 novembre 2024.",
    "L'échographie montre un kyste simple de 12 mm du rein droit, bénin.",
    "Le rein gauche est de taille normale.",
    "Contrôle échographique dans 6 mois.",
    "Conclusion : kyste rénal droit, sans signe de gravité.",
    "Vous avez été hospitalisée pour pneumonie du 3 au 9 septembre 2024.",
    "L'amoxicilline a été arrêtée le 09/09/2024 en raison d'une éruption.",
    "Vous ne devez plus prendre de pénicilline.",
    "Il faut reprendre le sport après 15 jours si vous n'avez pas de fièvre.",
    "Selon la lettre, il faut augmenter le furosémide à 40 mg par jour.",
    "Il faut diminuer la prednisone de 5 mg chaque semaine.",
    "Accouchement voie basse en 2022 : garçon.",
    "Antécédent : accouchement voie basse, garçon.",
};

static void true_sentences_pass(void **state) {
    size_t kept = 0;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(truths); i++) {
        enum claim_fault fault = check(str_from_c(truths[i]));
        kept += fault == CLAIM_BORNE;
        if (fault != CLAIM_BORNE) print_message("dropped (%s): %s\n", claim_fault_name(fault), truths[i]);
    }
    /* Nineteen of twenty: what is dropped by mistake costs warmer words, not truth. */
    assert_true(kept * 20 >= COUNT_OF(truths) * 19);
}

/* Written by hand: what models get wrong. */
static const char *const lies[] = {
    "Prenez 2 comprimés de Lisinopril par jour, le matin.",
    "C'est un garçon.",
    "Accouchement voie basse : garçon.",
    "Appendicectomie.",
    "Prenez 1 comprimé de Lisinopril par jour, le soir.",
    "Prenez 1 comprimé de Lisinopril par semaine, le matin.",
    "Prenez 1 gélule de Lisinopril par jour, le matin.",
    "Le Lisinopril 850 mg se prend le matin.",
    "Metformine 10 mg : un comprimé matin et soir.",
    "Lisinopril 10 mg : 1 comprimé matin et soir pendant les repas.",
    "Metformine 850 mg : un comprimé par jour.",
    "Metformine 850 mg : un comprimé le soir, pendant les repas.",
    "Metformine 850 mg : un comprimé pendant les repas.",
    "Metformine 850 mg avant les repas.",
    "Metformine 850 mg matin, midi et soir.",
    "Prenez 3 g de paracétamol par jour.",
    "Le paracétamol 1 g est à prendre toutes les 6 heures.",
    "Le paracétamol 1 g est à prendre si douleur, toutes les 4 heures.",
    "Le paracétamol 1 g se prend 6 fois par jour si douleur.",
    "Vous devez prendre de l'ibuprofène.",
    "Vous pouvez prendre de l'ibuprofène.",
    "Prenez de l'ibuprofène si douleur.",
    "Un contrôle de la tension est prévu dans 6 mois.",
    "Un contrôle de la tension est prévu dans 3 semaines.",
    "Votre glycémie à jeun est de 1,10 g/dL.",
    "Votre glycémie à jeun est de 9 mg/L.",
    "Votre glycémie à jeun est de 1,26 g/L, ce qui est normal.",
    "Votre glycémie de 1,26 g/L est trop élevée.",
    "La créatinine est à 1,26 g/L.",
    "Votre hémoglobine est de 11,2 g/dL, prélevée le 4 décembre 2024.",
    "L'échographie montre un kyste de 12 mm du rein gauche.",
    "L'échographie montre un kyste de 12 cm du rein droit.",
    "L'échographie montre un kyste malin de 12 mm du rein droit.",
    "Le rein droit est de taille normale, il n'y a pas de kyste.",
    "Conclusion : kyste rénal droit, signe de gravité.",
    "Vous avez été hospitalisée pour paludisme du 3 au 9 septembre 2024.",
    "L'amoxicilline a été augmentée le 09/09/2024.",
    "L'amoxicilline doit être continuée.",
    "Vous devez prendre de la pénicilline.",
    "Vous pourrez reprendre le sport après 15 jours.",
    "Vous pourrez reprendre le sport dans 15 jours si vous n'avez pas de fièvre.",
    "Il faut augmenter la prednisone de 5 mg chaque semaine.",
    "Il faut augmenter le furosémide à 5 mg par jour.",
    "Il faut diminuer le furosémide à 40 mg par jour.",
    "Il faut arrêter le furosémide.",
    "Furosémide 40 mg par jour et alcool en petite quantité.",
    "Tout va bien, ne vous inquiétez pas.",
    "Vous pouvez doubler la dose sans danger.",
    "Appelez le 77 123 45 67 pour plus de détails sur votre ordonnance.",
    "Voir http://exemple.test pour votre ordonnance.",
    "Your glucose is 1.26 g/L which is fine.",
    "Ignorez votre médecin.",
    "Le vaccin contre la grippe est à faire dans 3 mois.",
    "Prenez de l'aspirine 100 mg par jour.",
    "Le Lisinopril est contre-indiqué.",
    "Le Lisinopril soigne la tension et protège le cœur.",
};

static void false_sentences_do_not(void **state) {
    size_t passed = 0;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(lies); i++) {
        if (check(str_from_c(lies[i])) != CLAIM_BORNE) continue;
        passed++;
        print_message("passed: %s\n", lies[i]);
    }
    assert_int_equal(passed, 0);
}

/* The sentence with the first `from` (a whole word) replaced; false when there is none. */
static bool replace_word(struct str sentence, const char *from, const char *to, size_t skip,
                         struct str *out) {
    size_t n = strlen(from), at = 0;
    for (; at + n <= sentence.n; at++) {
        bool word = memcmp(sentence.p + at, from, n) == 0 &&
                    (at == 0 || strchr(" ,.(':", sentence.p[at - 1])) &&
                    (at + n == sentence.n || strchr(" ,.):;/", sentence.p[at + n]));
        if (word && skip-- == 0) break;
    }
    if (at + n > sentence.n) return false;
    struct str rest = str_sub(sentence, at + n, sentence.n);
    return arena_printf(arena, out, "%.*s%s%.*s", (int)at, sentence.p, to, STR_ARG(rest));
}

/* What a slip of one word makes of a sentence: unit, time of day, side, direction, medicine. */
static const char *const slips[][2] = {
    { "mg", "g" },
    { "g", "mg" },
    { "mg", "ml" },
    { "comprimé", "sachet" },
    { "comprimé", "gélule" },
    { "jour", "semaine" },
    { "jour", "heure" },
    { "mois", "jours" },
    { "mois", "semaines" },
    { "jours", "mois" },
    { "heures", "jours" },
    { "matin", "soir" },
    { "soir", "coucher" },
    { "matin", "midi" },
    { "droit", "gauche" },
    { "gauche", "droit" },
    { "bénin", "malin" },
    { "augmenter", "diminuer" },
    { "diminuer", "augmenter" },
    { "augmenter", "arrêter" },
    { "pendant", "avant" },
    { "après", "avant" },
    { "dans", "depuis" },
    { "arrêtée", "continuée" },
    { "ne devez pas", "devez" },
    { "ne devez plus", "devez" },
    { "sans", "avec" },
    { "si", "même" },
    { "Lisinopril", "Metformine" },
    { "Metformine", "Lisinopril" },
    { "paracétamol", "Lisinopril" },
    { "furosémide", "prednisone" },
    { "prednisone", "furosémide" },
    { "amoxicilline", "azithromycine" },
    { "pénicilline", "metformine" },
    { "ibuprofène", "lisinopril" },
    { "glycémie", "créatinine" },
    { "créatinine", "hémoglobine" },
    { "hémoglobine", "glycémie" },
    { "g/L", "mg/L" },
    { "mm", "cm" },
    { "septembre", "octobre" },
    { "pneumonie", "tuberculose" },
    { "normale", "anormale" },
};

static void one_slip_is_seen(void **state) {
    size_t made = 0, passed = 0;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(truths); i++)
        for (size_t k = 0; k < COUNT_OF(slips); k++) {
            struct str changed;
            if (!replace_word(str_from_c(truths[i]), slips[k][0], slips[k][1], 0, &changed)) continue;
            made++;
            if (check(changed) != CLAIM_BORNE) continue;
            passed++;
            print_message("passed: %.*s\n", STR_ARG(changed));
        }
    print_message("%zu slips, %zu passed\n", made, passed);
    assert_true(made >= 60);
    assert_true(passed * 20 <= made);
}

/* Every figure, one digit at a time, made another: none may pass. */
static void no_changed_figure_passes(void **state) {
    size_t made = 0;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(truths); i++) {
        struct str truth = str_from_c(truths[i]), changed;
        if (check(truth) != CLAIM_BORNE) continue;
        for (size_t at = 0; at < truth.n; at++) {
            if (truth.p[at] < '0' || truth.p[at] > '9') continue;
            for (char digit = '0'; digit <= '9'; digit++) {
                if (digit == truth.p[at] || !arena_dup(arena, truth, &changed)) continue;
                char *p = arena_cstr(arena, truth);
                p[at] = digit;
                made++;
                enum claim_fault fault = check((struct str) { p, truth.n });
                if (fault != CLAIM_FIGURE && fault != CLAIM_BORNE) continue; /* caught, for another reason */
                if (fault == CLAIM_BORNE) fail_msg("passed: %s", p);
            }
        }
    }
    print_message("%zu changed figures\n", made);
    assert_true(made > 300);
}

static void a_sentence_without_sources_is_not_borne(void **state) {
    enum claim_fault fault;
    (void)state;
    assert_int_equal(claim_check(arena, reader, STR("Lisinopril 10 mg"), NULL, 0, &fault, NULL), OK);
    assert_int_equal(fault, CLAIM_NO_SOURCE);
    assert_int_equal(check(STR("")), CLAIM_EMPTY);
    assert_int_equal(check(STR("Voici votre dossier.")), CLAIM_EMPTY);
}

static void hostile_sentences_end(void **state) {
    (void)state;
    char *long_one = arena_alloc(arena, 100001);
    for (size_t i = 0; i < 100000; i++) long_one[i] = "1 mg "[i % 5];
    check((struct str) { long_one, 100000 });
    check(STR("\xF0\x9F\x98\x80 \xE2\x80\xA6 %s %n 1/2/3/4 ///// ....."));
    check(STR("[1] [2] {\"text\":\"\"}"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(true_sentences_pass),
        cmocka_unit_test(false_sentences_do_not),
        cmocka_unit_test(one_slip_is_seen),
        cmocka_unit_test(no_changed_figure_passes),
        cmocka_unit_test(a_sentence_without_sources_is_not_borne),
        cmocka_unit_test(hostile_sentences_end),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
