#include "test.h"

#include "documents/drug_line.h"

static void names_are_found(void **state) {
    (void)state;
    struct drug d;
    assert_true(drug_list_find(STR("doliprane"), &d));
    assert_str_equal(d.substances, STR("paracetamol"));
    assert_true(drug_list_find(STR("amoxicilline"), &d));
    assert_int_equal(d.substances.n, 0);
    assert_true(drug_list_find(STR("coartem"), &d));
    assert_false(drug_list_find(STR("dolipran"), &d));
    assert_false(drug_list_find(STR(""), &d));
    assert_false(drug_list_find(STR("zzzz"), &d));
}

static void misread_names_are_found(void **state) {
    (void)state;
    struct drug d;
    assert_true(drug_list_find_near(STR("dolipranc"), &d));
    assert_str_equal(d.name, STR("doliprane"));
    assert_true(drug_list_find_near(STR("amoxicilinc"), &d));
    assert_str_equal(d.name, STR("amoxicilline"));
    assert_false(drug_list_find_near(STR("paracetamd"), &d)); /* paracetamol or piracetam? */
    assert_true(drug_list_find_near(STR("metfromine"), &d));  /* letters swapped */
    assert_false(drug_list_find_near(STR("ordonnance"), &d));
    assert_false(drug_list_find_near(STR("matin"), &d)); /* too short to guess */
    assert_true(
        drug_list_find_near(STR("prednisone"), &d)); /* its own name, not its neighbour prednisolone */
    assert_str_equal(d.name, STR("prednisone"));
}

static void a_name_cut_off_is_completed_when_only_one_begins_so(void **state) {
    (void)state;
    assert_str_equal(drug_list_complete(STR("paracet")), STR("paracetamol"));
    assert_str_equal(drug_list_complete(STR("amoxicil")), STR("amoxicilline"));
    assert_str_equal(drug_list_complete(STR("paracetamol")), STR("paracetamol"));
    assert_int_equal(drug_list_complete(STR("predniso")).n, 0); /* prednisone or prednisolone? */
    assert_int_equal(drug_list_complete(STR("dolip")).n, 0);    /* too short to say */
    assert_int_equal(drug_list_complete(STR("zzzzzzz")).n, 0);
}

static void the_list_is_sorted(void **state) {
    (void)state;
    struct str before = STR("");
    for (size_t i = 0; i < drug_list_count; i++) {
        struct str line = { drug_list_text + drug_list_start[i],
                            drug_list_start[i + 1] - drug_list_start[i] - 1 };
        struct str name = str_sub(line, 0, str_find_char(line, '\t'));
        struct drug d;
        size_t n = before.n < name.n ? before.n : name.n;
        int order = n ? memcmp(before.p, name.p, n) : 0;
        assert_true(order < 0 || (order == 0 && before.n < name.n));
        assert_true(drug_list_find(name, &d));
        before = name;
    }
    assert_true(drug_list_count > 4000);
}

/* The name at the start of a line; empty when no drug may begin there. */
static struct str name_in(struct arena *a, const char *text, struct drug_line *l) {
    struct tokens t;
    assert_true(tokens_split(a, str_from_c(text), &t));
    if (!drug_line_start(&t, 0, false, l)) return STR("");
    return tokens_text(&t, l->name_from, l->name_to);
}

static void names_end_where_they_end(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct drug_line l;
    assert_str_equal(name_in(a, "1) AMOXICILLINE/ACIDE CLAVULANIQUE 1 g", &l),
                     STR("AMOXICILLINE/ACIDE CLAVULANIQUE"));
    assert_true(l.marked && l.known && !l.stopped);
    assert_str_equal(name_in(a, "VITAMINE B12 1 ampoule", &l), STR("VITAMINE B12"));
    assert_str_equal(name_in(a, "- Symbicort Turbuhaler 200/6", &l), STR("Symbicort Turbuhaler"));
    assert_str_equal(name_in(a, "PARACETAMOL (DOLIPRANE) 1 g", &l), STR("PARACETAMOL (DOLIPRANE)"));
    assert_str_equal(name_in(a, "Ne pas prendre d'aspirine", &l), STR("aspirine"));
    assert_true(l.stopped);
    assert_str_equal(name_in(a, "Arrêter le KARDEGIC 75 mg", &l), STR("KARDEGIC"));
    assert_true(l.stopped);
    assert_str_equal(name_in(a, "2 boîtes de DOLIPRANE 1 g", &l), STR("DOLIPRANE"));
    assert_str_equal(name_in(a, "ZORBITOL 20 mg 1 cp/j", &l), STR("ZORBITOL"));
    assert_false(l.known);
    arena_free(a);
}

static void other_lines_begin_no_drug(void **state) {
    (void)state;
    static const char *const lines[] = { "Dr Awa NDIAYE",         "Bandelettes FREESTYLE",
                                         "12 rue des Lilas",      "2 cp 3 fois par jour",
                                         "Dakar, le 3 mars",      "pendant 7 jours",
                                         "Allergie à l'aspirine", "Bilan : NFS, CRP",
                                         "matin et soir",         "",
                                         "Tél : 33 821 00 00",    "Nom : FALL",
                                         "- si douleur",          "Consultation de contrôle" };
    struct arena *a = arena_new(1 << 20);
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        struct drug_line l;
        struct str name = name_in(a, lines[i], &l);
        if (name.n && l.known) fail_msg("%s: a drug", lines[i]);
        if (name.n && i != 4) fail_msg("%s: \"%.*s\" may be a drug", lines[i], STR_ARG(name));
    }
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_found),
        cmocka_unit_test(misread_names_are_found),
        cmocka_unit_test(a_name_cut_off_is_completed_when_only_one_begins_so),
        cmocka_unit_test(the_list_is_sorted),
        cmocka_unit_test(names_end_where_they_end),
        cmocka_unit_test(other_lines_begin_no_drug),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
