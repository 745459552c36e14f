/* What was measured beside the laboratory: read from lines and small tables, answered of the latest or the asked day. */
#include "support/paper.h"
#include "rag/measured.h"
#include "rag/measured_glance.h"
#include "test.h"

static struct arena *arena;
static struct answer_books books;
static struct text_reader *reader;
static struct record *record;

static const char *const card[] = { "CARNET DE SANTE DE LA MERE - CPN",
                                    "Nom : KANE Aïssatou          Née le 22/08/1997",
                                    "Profession : coiffeuse       Groupe sanguin : O Rh négatif",
                                    "DDR : 02/11/2025             DPA : 09/08/2026",
                                    "Taille : 1,63 m",
                                    "",
                                    "            CPN1          CPN2          CPN3",
                                    "Date        14/01/2026    11/03/2026    28/04/2026",
                                    "Poids       62 kg         65 kg         68,5 kg",
                                    "TA          110/70        105/65        120/75",
                                    "HU          -             17 cm         24 cm",
                                    "Prise de poids : pas plus de 12 kg",
                                    NULL };
static const char *const booklet[] = { "CARNET AVK",
                                       "Date         INR    Dose",
                                       "04/03/2026   2,4    3/4",
                                       "18/03/2026   2,2    3/4",
                                       "",
                                       "TENSION",
                                       "05/05/2026  138/76",
                                       NULL };
static const char *const eyes[] = { "Examen des yeux",
                                    "Fait le 14/04/2026",
                                    "                    OD (droit)     OG (gauche)",
                                    "Tension oculaire    19 mmHg        17 mmHg",
                                    "Personne de confiance : mon fils, M. Paul Mbaye",
                                    NULL };
static const char *const scan[] = { "IRM du rachis lombaire",
                                    "Date de l'examen : 24/02/2026",
                                    "L4-L5 : hernie discale postéro-latérale gauche",
                                    "de 9 mm, refoulant la racine L5 gauche.",
                                    "Rate de taille normale.",
                                    "Anesthésie : aucune        Opérateur : M. SARR",
                                    "Biopsie : demandée",
                                    NULL };
static const struct person aissatou = { 3, "Aïssatou", "Kane", "", "", "" };
static const struct date today = { 2026, 5, 12 };

static int setup(void **state) {
    (void)state;
    const struct paper papers[] = { { .id = 1, .lines = card },
                                    { .id = 2, .lines = booklet },
                                    { .id = 3, .lines = eyes },
                                    { .id = 4, .lines = scan } };
    arena = arena_new((size_t)64 << 20);
    if (!arena || answer_books_new(arena, &books, NULL) != OK) return -1;
    record = paper_record(&aissatou, papers, COUNT_OF(papers));
    return text_reader_open(arena, &reader, NULL) == OK ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    record_free(record);
    arena_free(arena);
    return 0;
}

static struct str ask(const char *question) {
    const struct asked asked = { .text = str_from_c(question),
                                 .today = today,
                                 .emergency_number = STR("1515") };
    struct rag_answer a;
    assert_int_equal(answer_make(&books, arena, record, &asked, &a, NULL), OK);
    return a.text;
}

static void says(const char *question, const char *words) {
    struct str text = ask(question);
    if (str_find(text, str_from_c(words)) == text.n) print_error("%s: %.*s\n", question, STR_ARG(text));
    assert_true(str_find(text, str_from_c(words)) < text.n);
}

static void does_not_say(const char *question, const char *words) {
    struct str text = ask(question);
    if (str_find(text, str_from_c(words)) < text.n) print_error("%s: %.*s\n", question, STR_ARG(text));
    assert_true(str_find(text, str_from_c(words)) == text.n);
}

static void a_table_of_days_is_read_by_its_columns(void **state) {
    (void)state;
    says("Je pèse combien ?", "Poids : 68,5 kg");
    says("Je pesais combien le 1er avril ?", "ne trouve pas");
    says("cb je pesai en mars", "Poids : 65 kg");
    says("Ma hauteur utérine en mars ?", "HU : 17 cm");
    says("What was my blood pressure in January?", "TA : 110/70");
}

static void a_row_says_what_its_heads_name(void **state) {
    (void)state;
    says("Mon INR du 4 mars ?", "INR : 2,4");
    says("Ma tension du 5 mai ?", "TENSION : 138/76");
}

static void an_empty_cell_says_nothing(void **state) {
    (void)state;
    does_not_say("Ma hauteur utérine en janvier ?", "17 cm");
    does_not_say("Ma hauteur utérine en janvier ?", "24 cm");
}

static void labels_of_a_line_end_each_other(void **state) {
    (void)state;
    says("C'est quoi ma date prévue d'accouchement ?", "DPA : 09/08/2026");
    says("Mes dernières règles, c'était quand dans le dossier ?", "DDR : 02/11/2025");
    says("c ki ma personne de confiance", "mon fils, M. Paul Mbaye");
    says("Mon groupe sanguin ?", "O Rh négatif");
}

static void sides_are_kept_apart(void **state) {
    (void)state;
    says("Quelle est la tension de mon œil gauche ?", "17 mmHg");
    does_not_say("Quelle est la tension de mon œil gauche ?", "19 mmHg");
}

static void a_label_answers_what_it_says_whole(void **state) {
    (void)state;
    says("C'était quoi, l'anesthésie ?", "Anesthésie : aucune");
    does_not_say("Le résultat de la biopsie ?", "demandée");
}

static void what_else_is_asked_must_stand_there(void **state) {
    (void)state;
    does_not_say("Quel est le groupe sanguin de mon mari ?", "O Rh");
    does_not_say("Quel poids je peux soulever ?", "kg");
    does_not_say("Combien je pesais en 2024 ?", "kg");
    does_not_say("C'est quoi le bon poids à 40 ans ?", "68,5");
}

static enum line_worth worth(struct measure_wanted w, struct str line) {
    const struct measures_asked wanted = { .items = { w }, .count = 1 };
    struct label_words labels;
    enum line_worth found;
    assert_int_equal(measure_label_words(arena, &wanted, &labels, NULL), OK);
    assert_int_equal(measured_glance(&labels, arena, line, &found, NULL), OK);
    return found;
}

static void a_glance_passes_over_what_says_nothing(void **state) {
    (void)state;
    const struct measure_wanted pressure = { MEASURE_PRESSURE, 0 }, weight = { MEASURE_WEIGHT, 0 };
    static const char *const read[] = { "TA 120/75",
                                        "La Tension Artérielle est à 12/8",
                                        "05/05 138/76",
                                        "1er mars : 138/76",
                                        "March 12, 2026 138/76",
                                        "Date Matin Soir",
                                        "Le 12/05/2026",
                                        "Le mars 12, 2026",
                                        "Droite Gauche",
                                        "-TA: 12/8" };
    static const char *const passed[] = { "Poids 62 kg", "Le patient a 3 enfants", "Tentation 120/75",
                                          "taux : 3" };
    for (size_t i = 0; i < COUNT_OF(read); i++)
        assert_int_equal(worth(pressure, str_from_c(read[i])), LINE_TO_READ);
    for (size_t i = 0; i < COUNT_OF(passed); i++)
        assert_int_equal(worth(pressure, str_from_c(passed[i])), LINE_PASSED);
    assert_int_equal(worth(weight, STR("M. DIAGNE - 66 ans - 77kg")), LINE_TO_READ);
    assert_int_equal(worth(pressure, STR("--- § ---")), LINE_EMPTY);
    assert_int_equal(worth(pressure, STR("")), LINE_EMPTY);
}

static void check_weight(const char *line, const char *value) {
    const struct measure_wanted w = { MEASURE_FETAL_WEIGHT, 0 };
    size_t end = measure_value_end(w, str_from_c(line), 0, true);
    assert_memory_equal(line, value, end);
    assert_int_equal(end, strlen(value));
}

static void thousands_may_stand_apart(void **state) {
    (void)state;
    check_weight("1 590 g  +/- 15 %", "1 590 g");
    check_weight("1\xE2\x80\xAF"
                 "590 g",
                 "1\xE2\x80\xAF"
                 "590 g");
    check_weight("1590 g", "1590 g");
    check_weight("590 g", "590 g");
    check_weight("15 %", "");
    check_weight("1 5900 g", "1");   /* two figures */
    check_weight("3 450 24/03", ""); /* one or two: no unit says it */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_of_days_is_read_by_its_columns),
        cmocka_unit_test(a_row_says_what_its_heads_name),
        cmocka_unit_test(an_empty_cell_says_nothing),
        cmocka_unit_test(labels_of_a_line_end_each_other),
        cmocka_unit_test(sides_are_kept_apart),
        cmocka_unit_test(a_label_answers_what_it_says_whole),
        cmocka_unit_test(a_glance_passes_over_what_says_nothing),
        cmocka_unit_test(thousands_may_stand_apart),
        cmocka_unit_test(what_else_is_asked_must_stand_there),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
