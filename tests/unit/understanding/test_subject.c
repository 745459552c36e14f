#include "understanding/subject.h"

#include "support/paper.h"
#include "language/names.h"
#include "test.h"

static const char *const prescription[] = { "Dr Awa MARTIN",
                                            "Dakar, le 15/11/2024",
                                            "ORDONNANCE",
                                            "- Lisinopril 10 mg, 1 comprimé par jour",
                                            "- Prednisone 20 mg, 1 comprimé par jour",
                                            "- Paracétamol 500 mg, 1 comprimé 3 fois par jour",
                                            NULL };
static const char *const laboratory[] = { "Compte rendu d'examens biologiques",
                                          "Prélevé le 04/11/2024",
                                          "                       Résultats        Valeurs de référence",
                                          "Glycémie à jeun        1,26 g/L         (0,70 - 1,10)",
                                          "Hémoglobine            13,2 g/dL        (12,0 - 16,0)",
                                          "Cholestérol total      2,15 g/L         (1,50 - 2,00)",
                                          "Cholestérol HDL        0,45 g/L         (0,40 - 0,60)",
                                          NULL };

static struct arena *arena;
static struct text_reader *reader;
static struct record *record;

static int setup(void **state) {
    static const struct person person = { 1, "Fatou", "Ndiaye", "", "", "" };
    static const struct paper papers[] = { { 1, NULL, prescription }, { 2, NULL, laboratory } };
    (void)state;
    arena = arena_new((size_t)16 << 20);
    if (!arena || text_reader_open(arena, &reader, NULL) != OK) return -1;
    record = paper_record(&person, papers, COUNT_OF(papers));
    return 0;
}

static int teardown(void **state) {
    (void)state;
    record_free(record);
    arena_free(arena);
    return 0;
}

/* The names of the facts that a question names, separated by commas; "!x" when x is missing. */
static const char *named(const char *question) {
    struct tokens tokens;
    struct subject s;
    struct str all = STR("");
    assert_int_equal(text_tokens(reader, arena, str_from_c(question), TEXT_QUESTION, &tokens, NULL), OK);
    assert_int_equal(subject_read(arena, record, &tokens, &s, NULL), OK);
    for (size_t i = 0; i < record->fact_count; i++) {
        struct str name = record->facts[i].fact.name_folded;
        if (s.fact[i])
            assert_true(
                arena_printf(arena, &all, "%.*s%s%.*s", STR_ARG(all), all.n ? "," : "", STR_ARG(name)));
    }
    struct str missing = s.missing_drug.n ? s.missing_drug : s.missing_lab;
    if (missing.n) assert_true(arena_printf(arena, &all, "%.*s!%.*s", STR_ARG(all), STR_ARG(missing)));
    return all.n ? all.p : "";
}

static void medicines_are_found_even_misspelt(void **state) {
    (void)state;
    assert_string_equal(named("combien de lisinopril"), "lisinopril");
    assert_string_equal(named("lizinopril svp"), "lisinopril");
    assert_string_equal(named("Le LISINOPRYL ?"), "lisinopril");
    assert_string_equal(named("parasetamol"), "paracetamol");
    assert_string_equal(named("lisinopril et paracétamol"), "lisinopril,paracetamol");
    assert_string_equal(named("quelle est ma posologie"), "");
}

/* "Oreille" is near to a medicine's name, and no misspelling; "termine" ends as medicines do. */
static void what_papers_speak_of_is_no_medicine(void **state) {
    (void)state;
    assert_string_equal(named("mon oreille droite"), "");
    assert_string_equal(named("le traitement se termine quand"), "");
    assert_string_equal(named("quel jour"), "");
}

/* The pairs of the lists of confused drug names: one must never be taken for the other. */
static void look_alikes_are_missing_not_mistaken(void **state) {
    (void)state;
    assert_string_equal(named("prednisolone"), "!prednisolone");
    assert_string_equal(named("prednisolon"), "!prednisolon");
    assert_string_equal(named("fosinopril"), "!fosinopril");
    assert_string_equal(named("enalapril"), "!enalapril");
    assert_string_equal(named("lisinopril et ramipril"), "lisinopril!ramipril");
}

static void a_product_is_found_by_its_substance(void **state) {
    (void)state;
    assert_string_equal(named("doliprane"), "paracetamol");
    assert_string_equal(named("efferalgan"), "paracetamol");
    assert_string_equal(named("zestril"), "lisinopril");
    assert_string_equal(named("codoliprane"), "!codoliprane");
    assert_string_equal(names_substance(STR("lantus"), true).n ? "one" : "none", "none");
    assert_true(str_eq(names_substance(STR("glucophage"), false), STR("metformine")));
    assert_true(str_eq(names_substances(STR("coartem"), false), STR("artemether+lumefantrine")));
}

static void values_are_found_by_any_of_their_names(void **state) {
    (void)state;
    assert_string_equal(named("mon taux de sucre"), "glycemie a jeun");
    assert_string_equal(named("glicemie"), "glycemie a jeun");
    assert_string_equal(named("hémoglobine"), "hemoglobine");
    assert_string_equal(named("cholestérol"), "cholesterol total,cholesterol hdl");
    assert_string_equal(named("cholestérol hdl"), "cholesterol hdl");
    assert_string_equal(named("ma tsh"), "!tsh");
    assert_string_equal(named("hba1c"), "!hba1c");
    assert_string_equal(named("hémoglobine glyquée"), "!glyquee");
    assert_string_equal(named("globules blancs"), "!blancs");
    assert_string_equal(named("bilan lipidique"), "cholesterol total,cholesterol hdl");
    assert_string_equal(named("ma nfs"), "hemoglobine");
    assert_string_equal(named("ionogramme"), "!ionogramme");
}

static void values_of_two_laboratories_are_the_same(void **state) {
    (void)state;
    assert_true(subject_same_value(STR("glycemie a jeun"), STR("glucose a jeun")));
    assert_true(subject_same_value(STR("glucose"), STR("glycemie a jeun")));
    assert_false(subject_same_value(STR("cholesterol total"), STR("cholesterol hdl")));
    assert_false(subject_same_value(STR("hemoglobine"), STR("concentration moyenne en hemoglobine")));
    assert_false(subject_same_value(STR("hemoglobine"), STR("hba1c")));
}

static void the_patients_own_name_is_known(void **state) {
    (void)state;
    struct tokens tokens;
    struct subject s;
    assert_int_equal(text_tokens(reader, arena, STR("dossier de Fatou NDIAYE"), TEXT_QUESTION, &tokens, NULL),
                     OK);
    assert_int_equal(subject_read(arena, record, &tokens, &s, NULL), OK);
    assert_false(s.own[0]);
    assert_true(s.own[2] && s.own[3]);
}

static void tables_are_sorted(void **state) {
    (void)state;
    assert_true(names_tables_are_sorted());
    assert_true(names_is_drug(STR("amoxicilline")) && !names_is_drug(STR("bonjour")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(medicines_are_found_even_misspelt),
        cmocka_unit_test(what_papers_speak_of_is_no_medicine),
        cmocka_unit_test(look_alikes_are_missing_not_mistaken),
        cmocka_unit_test(a_product_is_found_by_its_substance),
        cmocka_unit_test(values_are_found_by_any_of_their_names),
        cmocka_unit_test(values_of_two_laboratories_are_the_same),
        cmocka_unit_test(the_patients_own_name_is_known),
        cmocka_unit_test(tables_are_sorted),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
