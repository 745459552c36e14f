/* What the papers tell one to do, to leave, and why; and medicines that are asked for by what they are for. */
#include "rag/asker.h"
#include "test.h"

static const char *const prescription[] = { "Dr Martin",
                                            "Dakar, le 15/11/2024",
                                            "Mme Fatou NDIAYE",
                                            "ORDONNANCE",
                                            "- Rivaroxaban 20 mg, 1 comprimé le soir au repas",
                                            "- Escitalopram 10 mg, 1 comprimé le matin pendant 6 mois",
                                            "- Zopiclone 7,5 mg, 1/2 comprimé au coucher pendant 10 jours",
                                            "- Acide tranexamique 500 mg, 2 comprimés x 3/j pendant 4 jours",
                                            "- Amlodipine 5 mg, 1 comprimé à midi",
                                            NULL };
static const char *const leaving[] = { "Dr Awa SARR - Gastro-entérologue",
                                       "Dakar, le 18/11/2024",
                                       "Mme Fatou NDIAYE",
                                       "CONSEILS DE SORTIE",
                                       "Effets possibles de l'escitalopram : nausées, sommeil agité.",
                                       "Le rivaroxaban peut faire saigner du nez.",
                                       "Avec le rivaroxaban ne pas prendre : ibuprofène, aspirine.",
                                       "Estomac : éviter piment, café à jeun, boissons gazeuses.",
                                       "Fièvre ou plaie qui coule = urgences sans attendre.",
                                       NULL };
static const char *const sheet[] = {
    "Centre de santé de Ndoffane",
    "Dakar, le 20/11/2024",
    "Mme Fatou NDIAYE",
    "FICHE DE CONSEILS",
    "PIEDS",
    "* Limer les ongles droit, jamais aux ciseaux",
    "* Ne jamais marcher sans chaussures",
    "En cas de vertige avec palpitations : s'allonger, jambes levées, boire un verre d'eau.",
    "Crise de goutte : glace et repos, appeler avant de prendre un comprimé.",
    "Hydroxyzine : stop.",
    "Pas de bain de mer ni de hammam pendant 3 semaines. Natation possible ensuite.",
    "Pas de poisson séché.",
    "A apporter au bloc : carte de groupe sanguin.",
    NULL
};
static const char *const operation[] = { "Dr Moussa BA - Chirurgien",
                                         "Dakar, le 10/11/2024",
                                         "Mme Fatou NDIAYE",
                                         "COMPTE RENDU DE CHOLECYSTECTOMIE",
                                         "Indication : coliques répétées.",
                                         "Drain retiré à J2.",
                                         "Pas de corticoïde : diabète mal équilibré.",
                                         "Ne pas frotter la cicatrice",
                                         "(saignement)",
                                         "Furosémide 20 mg : 1 comprimé le matin (oedèmes)",
                                         NULL };
static const struct paper papers[] = {
    { 1, NULL, prescription }, { 2, NULL, leaving }, { 3, NULL, sheet }, { 4, NULL, operation }
};

static int setup(void **state) {
    (void)state;
    return asker_open(&asker_fatou, papers, COUNT_OF(papers));
}

/* At most what comes closest is shown, as no answer. */
static void unanswered(const char *question) {
    const char *answer = ask(question);
    if (asker()->out.grounded) fail_msg("answered: %s: %s", question, answer);
}

static void medicines_are_found_by_what_they_are_for(void **state) {
    (void)state;
    has(ask("Le médicament pour garder le sang fluide, je le prends quand ?"), "1 comprimé le soir");
    lacks(ask("Le médicament pour garder le sang fluide, je le prends quand ?"), "Amlodipine");
    has(ask("la pilule pour le moral c'est pendant combien de temps ?"), "6 mois");
    has(ask("le cachet pour dormir j'en prends combien ?"), "Zopiclone 7,5 mg, 1/2 comprimé");
    has(ask("combien de comprimés du médicament pour moins saigner ?"), "2 comprimés");
    /* What it does is not what it is for. */
    lacks(ask("Le comprimé qui m'empêche de dormir, c'est lequel ?"), "Zopiclone");
}

static void effects_are_told_of_the_medicine_that_is_named(void **state) {
    (void)state;
    has(ask("l'escitalopram c'est quoi les effets secondaires ?"), "nausées, sommeil agité");
    lacks(ask("l'escitalopram c'est quoi les effets secondaires ?"), "saigner");
    has(ask("le rivaroxaban peut me faire quoi ?"), "saigner du nez");
    has(ask("What side effects did they list?"), "sommeil agité");
    has(ask("Which painkillers must I avoid with rivaroxaban?"), "ibuprofène");
    lacks(ask("quels sont les effets secondaires de l'amlodipine ?"), "nausées");
    lacks(ask("effets secondaires du zopiclone ?"), "saigner");
}

static void food_to_leave_is_found_by_its_kind(void **state) {
    (void)state;
    has(ask("Qu'est-ce que je ne dois pas manger ?"), "piment, café à jeun");
    has(ask("kel aliment jdoi eviter ac mon estomac"), "piment");
    has(ask("What foods should I avoid?"), "piment");
    lacks(ask("Qu'est-ce que je ne dois pas manger comme mangue ?"), "piment");
}

static void signs_are_found_by_where_one_is_to_go(void **state) {
    (void)state;
    has(ask("dans quels cas je dois filer aux urgences ?"), "plaie qui coule");
    has(ask("c koi les signe ki doive me fer revenir o urgence"), "plaie qui coule");
}

static void how_it_is_done_stands_in_a_line_that_speaks_of_all_of_it(void **state) {
    (void)state;
    has(ask("Comment je dois limer les ongles de mes pieds ?"), "droit, jamais aux ciseaux");
    has(ask("Qu'est-ce que je dois apporter au bloc ?"), "carte de groupe sanguin");
    unanswered("Comment je dois limer les ongles de mes mains ?");
    unanswered("Comment je dois soigner les pieds de mon frère ?");
    unanswered("Comment je lave mes pieds ?");
}

static void what_to_do_stands_behind_the_condition(void **state) {
    (void)state;
    has(ask("Si j'ai un vertige avec des palpitations je fais quoi ?"), "s'allonger, jambes levées");
    has(ask("What should be done in a gout attack?"), "glace et repos");
    unanswered("Si j'ai des vomissements je fais quoi ?");
    unanswered("Si j'ai un vertige avec de la fièvre je fais quoi ?");
    unanswered("Si je prends un comprimé de trop je fais quoi ?");
}

static void whether_it_may_be_done_stands_where_a_line_allows_or_forbids(void **state) {
    (void)state;
    has(ask("Est-ce que je peux aller au hammam ?"), "Pas de bain de mer ni de hammam");
    has(ask("Can I eat dried fish?"), "Pas de poisson séché");
    unanswered("Est-ce que je peux manger du poisson fumé ?");
    lacks(ask("Est-ce que je peux arrêter d'un coup ?"), "Hydroxyzine");
    unanswered("Est-ce que mon frère peut aller au hammam ?");
}

static void why_stands_beside_all_that_is_asked(void **state) {
    (void)state;
    has(ask("Pourquoi on m'a fait une cholécystectomie ?"), "Indication : coliques répétées");
    has(ask("pk fo pa frotter la cicatrice"), "(saignement)");
    has(ask("C'est pour quoi le furosémide, moi je n'ai pas la tension ?"), "(oedèmes)");
    unanswered("Pourquoi on m'a retiré le drain ?");
    unanswered("Pourquoi on m'a arrêté le furosémide ?");
    unanswered("Pourquoi on m'a fait une appendicectomie ?");
}

/* Whatever more one of the lines says of it, the others are to be taken too. */
static void how_to_take_all_names_each(void **state) {
    static const char *const names[] = { "Rivaroxaban", "Escitalopram", "Amlodipine" };
    (void)state;
    const char *a = ask("Comment prendre mes médicaments ?");
    for (size_t i = 0; i < COUNT_OF(names); i++) has(a, names[i]);
    lacks(a, "Zopiclone"); /* its ten days have passed */
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, asker_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(medicines_are_found_by_what_they_are_for),
        TEST(effects_are_told_of_the_medicine_that_is_named),
        TEST(food_to_leave_is_found_by_its_kind),
        TEST(how_it_is_done_stands_in_a_line_that_speaks_of_all_of_it),
        TEST(what_to_do_stands_behind_the_condition),
        TEST(whether_it_may_be_done_stands_where_a_line_allows_or_forbids),
        TEST(why_stands_beside_all_that_is_asked),
        TEST(how_to_take_all_names_each),
        TEST(signs_are_found_by_where_one_is_to_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
