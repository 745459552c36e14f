/*
 * What a document is, when it is from, who signs it and whom it is about: small pages, one thing each.
 */
#include "test.h"

#include "documents/fixture.h"
#include "documents/medication.h"
#include "documents/person.h"

static struct document_reading read(struct arena *a, const char *text) {
    struct page page;
    struct document_reading r;
    fixture_page(a, str_from_c(text), 1, &page);
    assert_int_equal(document_read_pages(a, &page, 1, DATE_UNKNOWN, &r, NULL), OK);
    return r;
}

static void dates_of_documents(void **state) {
    (void)state;
    static const struct {
        const char *text, *date;
    } cases[] = {
        { "Laboratoire\nPrélèvement du 18/10/2024 à 08h15\nEdité le 19/10/2024\nImprimé le 20/10/2024",
          "2024-10-18" },
        { "Laboratoire\nEdité le 19/10/2024\nPrélevé le 18/10/2024", "2024-10-18" },
        { "Ordonnance\nNé le 12/05/1961\nDakar, le 3 mars 2024", "2024-03-03" },
        { "Ordonnance\nNée le 12/05/1961", "" },
        { "Compte rendu d'hospitalisation\nHospitalisé du 01/03/2024 au 08/03/2024", "2024-03-08" },
        { "Ordonnance du 9 octobre 2024\nProchain rendez-vous le 09/11/2024", "2024-10-09" },
        { "Certificat\nvalable jusqu'au 01/01/2025\nFait à Dakar, le 14/06/2024", "2024-06-14" },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena *a = arena_new(1 << 22);
        char date[11] = "";
        struct document_reading r = read(a, cases[i].text);
        if (r.date.year) date_format_iso(r.date, date);
        if (strcmp(date, cases[i].date) != 0) fail_msg("%s: %s", cases[i].text, date);
        arena_free(a);
    }
}

static void kinds_of_documents(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum document_kind kind;
    } cases[] = {
        { "ORDONNANCE", KIND_PRESCRIPTION },
        { "Dr X\nDOLIPRANE 1 g : 1 cp matin et soir", KIND_PRESCRIPTION },
        { "Compte rendu d'examens biologiques", KIND_LABORATORY },
        { "Glycémie      0,97 g/L      0,70 - 1,10", KIND_LABORATORY },
        { "RADIOGRAPHIE DU THORAX", KIND_IMAGING },
        { "COMPTE-RENDU OPERATOIRE", KIND_REPORT },
        { "Cher confrère,\nje vous adresse", KIND_REPORT },
        { "Je soussigné Dr X certifie", KIND_CERTIFICATE },
        { "Facture n° 12", KIND_OTHER },
        { "", KIND_OTHER },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena *a = arena_new(1 << 22);
        struct document_reading r = read(a, cases[i].text);
        if (r.kind != cases[i].kind) fail_msg("%s: %s", cases[i].text, document_kind_name(r.kind));
        arena_free(a);
    }
}

static void people_of_documents(void **state) {
    (void)state;
    static const struct {
        const char *text, *patient, *author;
    } cases[] = {
        { "Dr Awa NDIAYE\nPatient : M. Moussa FALL", "Moussa FALL", "Dr Awa NDIAYE" },
        { "Docteur Jean-Paul MARTIN\nMme DUPUIS Claire", "Claire DUPUIS", "Docteur Jean-Paul MARTIN" },
        { "Nom : SARR     Prénom : Ibrahima", "Ibrahima SARR", "" },
        { "Nom de naissance     PAT-TROIS\nPrénom(s) de naissance     DOMINIQUE", "DOMINIQUE PAT-TROIS", "" },
        /* on a laboratory report the doctor at the top is who asked for it */
        { "Laboratoire\nDocteur Dominique POTIN\nBiologiste : Dr Henri BLANC", "", "Dr Henri BLANC" },
        { "Ordonnance\nCopie au Dr Paul SORT", "", "" },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct arena *a = arena_new(1 << 22);
        struct document_reading r = read(a, cases[i].text);
        assert_str_equal(r.patient_name, str_from_c(cases[i].patient));
        assert_str_equal(r.author, str_from_c(cases[i].author));
        arena_free(a);
    }
}

static void births_that_could_be_in_two_centuries_are_none(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 22);
    assert_int_equal(read(a, "Né le 12/05/24").patient_birth.year, 0);
    assert_int_equal(read(a, "Né le 12/05/61").patient_birth.year, 1961);
    assert_int_equal(read(a, "DDN : 12/05/2019").patient_birth.year, 2019);
    arena_free(a);
}

static void facts_have_their_place(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 22);
    struct document_reading r = read(a, "Ordonnance\n\nDOLIPRANE 1 g\n   1 cp matin et soir\n\nSignature");
    assert_int_equal(r.fact_count, 1);
    const struct fact *f = &r.facts[0];
    assert_str_equal(f->quote, STR("DOLIPRANE 1 g\n1 cp matin et soir"));
    assert_str_equal(f->name_folded, STR("doliprane"));
    assert_int_equal(f->page, 1);
    assert_int_equal(f->confidence, 100);
    assert_int_equal(f->box.y, 400 + 2 * FIXTURE_LINE_STEP);
    assert_int_equal(f->box.h, FIXTURE_LINE_STEP + FIXTURE_CHAR_HEIGHT);
    arena_free(a);
}

static void what_cannot_be_read_says_nothing(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 22);
    struct page pages[2];
    struct document_reading r;
    fixture_page(a, STR("ORDONNANCE\nDOLIPRANE 1 g : 1 cp matin et soir"), 1, &pages[0]);
    fixture_page(a, STR("KARDEGIC 75 mg : 1 sachet par jour"), 2, &pages[1]);
    pages[0].legible = false;
    assert_int_equal(document_read_pages(a, pages, 2, DATE_UNKNOWN, &r, NULL), OK);
    assert_int_equal(r.fact_count, 1);
    assert_str_equal(r.facts[0].name, STR("KARDEGIC"));
    assert_int_equal(r.facts[0].page, 2);
    assert_int_equal(document_read_pages(a, pages, 0, DATE_UNKNOWN, &r, NULL), OK);
    assert_int_equal(r.fact_count, 0);
    arena_free(a);
}

static void doubtful_words_lower_the_confidence(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 22);
    struct page page;
    struct document_reading r;
    fixture_page(a, STR("DOLIPRANE 1 g : 1 cp matin et soir"), 1, &page);
    page.source = PAGE_OCR;
    page.words[5].confidence = 41;
    assert_int_equal(document_read_pages(a, &page, 1, DATE_UNKNOWN, &r, NULL), OK);
    assert_int_equal(r.facts[0].confidence, 41);
    arena_free(a);
}

static void a_full_arena_is_said(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 22);
    struct page page;
    fixture_page(a,
                 fixture_file(a, "tests/unit/documents/fixtures/prescriptions/16_report_with_treatment.txt"),
                 1, &page);
    size_t needed = arena_used_bytes(a);
    struct document_reading r;
    assert_int_equal(document_read_pages(a, &page, 1, DATE_UNKNOWN, &r, NULL), OK);
    needed = arena_used_bytes(a) - needed;
    for (size_t limit = 0; limit < needed;
         limit += needed / 40 + 1) { /* wherever memory ends: E_LIMIT, never less than all */
        struct arena *small = arena_new(limit);
        assert_int_equal(document_read_pages(small, &page, 1, DATE_UNKNOWN, &r, NULL), E_LIMIT);
        arena_free(small);
    }
    arena_free(a);
}

static void names_of_kinds_go_both_ways(void **state) {
    (void)state;
    enum document_kind kind;
    for (int k = 0; k < KIND_COUNT; k++) {
        assert_true(document_kind_from_name(str_from_c(document_kind_name((enum document_kind)k)), &kind));
        assert_int_equal(kind, k);
    }
    assert_false(document_kind_from_name(STR("letter"), &kind));
    assert_string_equal(fact_type_name(FACT_LAB_VALUE), "lab_value");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_of_documents),
        cmocka_unit_test(kinds_of_documents),
        cmocka_unit_test(people_of_documents),
        cmocka_unit_test(births_that_could_be_in_two_centuries_are_none),
        cmocka_unit_test(facts_have_their_place),
        cmocka_unit_test(what_cannot_be_read_says_nothing),
        cmocka_unit_test(doubtful_words_lower_the_confidence),
        cmocka_unit_test(a_full_arena_is_said),
        cmocka_unit_test(names_of_kinds_go_both_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
