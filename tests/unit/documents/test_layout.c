#include "test.h"

#include <stdlib.h>

#include "documents/fixture.h"
#include "documents/layout.h"

static struct page_lines lines_of(struct arena *a, struct page *page) {
    struct page_lines out;
    assert_int_equal(layout_lines(a, page, &out, NULL), OK);
    return out;
}

static void rows_come_back_from_columns(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct page page;
    fixture_page(a, STR("Urée        0,35    g/L\nSodium      138     mmol/L\n"), 1, &page);
    /* a text layer that tells column by column */
    const size_t order[] = { 0, 3, 1, 4, 2, 5 };
    struct word *mixed = arena_array(a, 6, sizeof *mixed);
    for (size_t i = 0; i < 6; i++) mixed[i] = page.words[order[i]];
    page.words = mixed;
    struct page_lines l = lines_of(a, &page);
    assert_int_equal(l.count, 2);
    assert_str_equal(l.lines[0].text, STR("Urée 0,35 g/L"));
    assert_int_equal(l.lines[1].cell_count, 3);
    assert_str_equal(l.lines[1].cells[0].text, STR("Sodium"));
    assert_str_equal(l.lines[1].cells[2].text, STR("mmol/L"));
    arena_free(a);
}

static void a_slope_is_followed(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct word words[40];
    for (int i = 0; i < 40; i++) /* two lines that sink by more than their distance from left to right */
        words[i] = (struct word) { .text = i % 2 ? STR("b") : STR("a"),
                                   .confidence = 90,
                                   .box = { (i / 2) * 250, 1000 + (i / 2) * 12 + (i % 2) * 130, 200, 95 } };
    struct page page = { .number = 1, .width = 6000, .height = 8000, .words = words, .word_count = 40 };
    struct page_lines l = lines_of(a, &page);
    assert_int_equal(l.count, 2);
    assert_int_equal(l.lines[0].word_count, 20);
    for (size_t i = 0; i < 20; i++) assert_str_equal(l.lines[0].words[i].text, STR("a"));
    arena_free(a);
}

static void words_of_a_sentence_stay_in_a_cell(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct page page;
    fixture_page(a, STR("un comprimé le matin et le soir     pendant sept jours"), 1, &page);
    struct page_lines l = lines_of(a, &page);
    assert_int_equal(l.lines[0].cell_count, 2);
    assert_str_equal(l.lines[0].cells[1].text, STR("pendant sept jours"));
    assert_int_equal(l.lines[0].cells[1].first, 7);
    arena_free(a);
}

static void overlapping_words_are_cells_of_their_own(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 20);
    struct word words[] = { { STR("PARACETAMOL"), { 641, 4650, 604, 75 }, 100, 0 },
                            { STR("3"), { 1074, 4650, 44, 75 }, 100, 0 },
                            { STR("fois/j"), { 1141, 4650, 164, 75 }, 100, 0 } };
    struct page page = { .number = 1, .width = 6000, .height = 8000, .words = words, .word_count = 3 };
    struct page_lines l = lines_of(a, &page);
    assert_int_equal(l.count, 1);
    assert_int_equal(l.lines[0].cell_count, 2);
    assert_str_equal(l.lines[0].cells[1].text, STR("3 fois/j"));
    arena_free(a);
}

static void headers_and_page_numbers_repeat(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 22);
    struct page pages[3];
    struct page_lines *l;
    for (int i = 0; i < 3; i++) {
        struct str text;
        char body[1200] = { 0 };
        for (int k = 0; k < 50; k++) body[k] = '\n';
        assert_true(arena_printf(a, &text, "Clinique du Cap, dossier 77%d\n\nligne %c%s%d / 3", i, 'a' + i,
                                 body, i + 1));
        fixture_page(a, text, i + 1, &pages[i]);
    }
    assert_int_equal(layout_pages(a, pages, 3, &l, NULL), OK);
    for (size_t i = 0; i < 3; i++) {
        assert_true(l[i].lines[0].repeated);
        assert_false(l[i].lines[1].repeated);
        assert_true(l[i].lines[2].repeated);
    }
    arena_free(a);
}

/* A fraction is longer without its form: the lines of two pages are compared within bounds all the same. */
static void a_header_that_folding_makes_longer_is_compared(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 22);
    struct page pages[2];
    struct page_lines *l;
    for (int i = 0; i < 2; i++) {
        struct str text = STR("");
        for (int k = 0; k < 79; k++) assert_true(arena_printf(a, &text, "%.*s½", STR_ARG(text)));
        char body[51] = { 0 };
        memset(body, '\n', sizeof body - 1);
        assert_true(arena_printf(a, &text, "%.*s %c%sfin %c", STR_ARG(text), 'a' + i, body, 'a' + i));
        fixture_page(a, text, i + 1, &pages[i]);
    }
    assert_int_equal(layout_pages(a, pages, 2, &l, NULL), OK);
    assert_true(l[0].lines[0].repeated && l[1].lines[0].repeated);
    arena_free(a);
}

/* The text of the lines, one below the other. */
static struct str text_of(struct arena *a, const struct page_lines *l, bool repeated) {
    struct str out = STR("");
    for (size_t i = 0; i < l->count; i++)
        if (l->lines[i].repeated == repeated &&
            !arena_printf(a, &out, "%.*s%.*s\n", STR_ARG(out), STR_ARG(l->lines[i].text)))
            abort();
    return out;
}

/* A page as a text layer gives it, or as OCR does: boxes off by a little, the right half a bit lower. */
static struct str drawn(struct arena *a, const char *text, bool ocr) {
    struct page page;
    struct page_lines *l;
    fixture_page(a, str_from_c(text), 1, &page);
    page.source = ocr ? PAGE_OCR : PAGE_TEXT;
    for (size_t i = 0; ocr && i < page.word_count; i++) {
        struct box *b = &page.words[i].box;
        b->y += (int32_t)(i * 7 % 5) - 2 + (b->x > page.width / 2 ? 40 : 0);
        b->x += (int32_t)(i * 5 % 7) - 3;
    }
    assert_int_equal(layout_pages(a, &page, 1, &l, NULL), OK);
    return text_of(a, l, false);
}

static void assert_order(struct str text, const char *first, const char *second) {
    size_t a = str_find(text, str_from_c(first)), b = str_find(text, str_from_c(second));
    if (a >= text.n || b >= text.n || a >= b)
        fail_msg("\"%s\" before \"%s\" in:\n%.*s", first, second, STR_ARG(text));
}

static const char letter[] =
    "Dr Awa SARR                                        CLINIQUE DU CAP\n"
    "\n"
    "Je vous remercie de m'avoir adresse                Le bilan montre une anemie qui n'etait\n"
    "votre patiente pour une fatigue qui dure           pas connue, sans signe de saignement,\n"
    "depuis le mois de mars, sans fievre et             et une thyroide normale. Je propose\n"
    "sans perte de poids. L'examen est normal           un traitement par fer pendant trois\n"
    "en dehors d'une paleur des conjonctives            mois, puis un controle. La radio est\n"
    "et d'un souffle discret au foyer aortique.         normale. Je reste a votre disposition\n"
    "Le reste de l'examen est sans anomalie.            pour en parler avec vous.\n";

static void two_columns_of_text_are_read_one_after_the_other(void **state) {
    (void)state;
    for (int ocr = 0; ocr < 2; ocr++) {
        struct arena *a = arena_new(1 << 22);
        struct str text = drawn(a, letter, ocr);
        assert_order(text, "sans anomalie.", "Le bilan montre une anemie");
        assert_order(text, "depuis le mois de mars, sans fievre et\nsans perte de poids", "pas connue");
        assert_order(text, "pas connue, sans signe de saignement,\net une thyroide",
                     "pour en parler avec vous.");
        arena_free(a);
    }
}

static void a_table_beside_text_keeps_its_rows(void **state) {
    static const char page[] =
        "Le bilan montre une glycemie un peu                Uree          0,35    g/L\n"
        "elevee qui devra etre controlee dans trois         Sodium        138     mmol/L\n"
        "mois, apres un regime bien suivi. Les              Potassium     4,1     mmol/L\n"
        "autres valeurs sont normales et il n'est           Glycemie      1,31    g/L\n"
        "pas utile de les refaire avant un an, sauf         Creatinine    9,1     mg/L\n"
        "en cas de signe nouveau ou de fievre qui           Calcium       2,31    mmol/L\n"
        "dure plus de deux jours.                           Chlore        101     mmol/L\n";
    (void)state;
    for (int ocr = 0; ocr < 2; ocr++) {
        struct arena *a = arena_new(1 << 22);
        struct str text = drawn(a, page, ocr);
        assert_order(text, "elevee qui devra etre controlee dans trois\nmois, apres",
                     "Uree 0,35 g/L\nSodium 138 mmol/L\n");
        assert_order(text, "dure plus de deux jours.", "Uree 0,35");
        arena_free(a);
    }
}

static void rows_and_labels_are_no_columns(void **state) {
    static const char doses[] = "DOLIPRANE 1000 mg                  1 comprime matin et soir pendant\n"
                                "comprime effervescent              sept jours au milieu des repas\n"
                                "AMOXICILLINE 500 mg                1 gelule trois fois par jour\n"
                                "gelule                             pendant six jours entiers\n"
                                "OMEPRAZOLE 20 mg                   1 gelule le soir au coucher\n"
                                "gelule                             tant que durent les douleurs\n"
                                "VENTOLINE                          2 bouffees en cas de gene\n"
                                "suspension pour inhalation         sans depasser huit par jour\n";
    static const char form[] = "Motif :                  Douleurs du ventre qui durent depuis\n"
                               "                         le mois de mars sans fievre.\n"
                               "Antecedents :            Hypertension traitee par un seul\n"
                               "                         medicament et bien suivie.\n"
                               "Examen :                 Ventre souple, pas de masse, pas de\n"
                               "                         defense, souffle discret au foyer.\n"
                               "Conclusion :             Colopathie simple a revoir dans un\n"
                               "                         mois avec les resultats.\n"
                               "Suite :                  Regime, puis consultation avec le\n"
                               "                         medecin traitant.\n";
    (void)state;
    struct arena *a = arena_new(1 << 22);
    struct str text = drawn(a, doses, false);
    assert_order(text, "DOLIPRANE 1000 mg 1 comprime matin", "VENTOLINE 2 bouffees en cas de gene");
    text = drawn(a, form, false);
    assert_order(text, "Motif : Douleurs du ventre", "Suite : Regime, puis");
    arena_free(a);
}

static void three_columns_of_a_head_stay_apart(void **state) {
    static const char head[] = "Dr Awa SARR             CLINIQUE DU CAP            Patient :\n"
                               "Cardiologue             12 rue Felix Faure         M. Modou FALL\n"
                               "Tel 33 800 00 00        Dakar                      le 12/03/2024\n";
    (void)state;
    struct arena *a = arena_new(1 << 22);
    struct page page;
    fixture_page(a, str_from_c(head), 1, &page);
    struct page_lines l = lines_of(a, &page);
    assert_int_equal(l.count, 3);
    for (size_t i = 0; i < 3; i++) assert_int_equal(l.lines[i].cell_count, 3);
    assert_str_equal(l.lines[1].cells[2].text, STR("M. Modou FALL"));
    arena_free(a);
}

/* Pages of 60 lines: a head and a foot that repeat, a body of their own. */
static void draw_pages(struct arena *a, struct page *pages, int count, bool ocr) {
    for (int i = 0; i < count; i++) {
        static const char *const heads[] = { "LABORATOIRE DU PLATEAU - Dr Jean MENDY, biologiste",
                                             "LABORATOlRE DU PLATEAU - Dr Jean MENDY, biologiste",
                                             "LABORATOIRE DU PLATEAU . Dr Jean MENDY, biologiste" };
        char body[256] = { 0 };
        struct str text;
        for (int k = 0; k < 46; k++) body[k] = '\n';
        assert_true(
            arena_printf(a, &text,
                         "%s\nDossier 2411-0777 edite le 04/11/2024 a 10:%02d\n\n\n\n\n\n\n\n\n\n"
                         "Patient : M. Modou FALL, 45 ans\n\nvaleurs de la page %c\nSodium 138 mmol/L%s"
                         "12 rue Felix Faure, Dakar - page %d sur %d",
                         heads[ocr ? i % 3 : 0], 10 + i, 'a' + i, body, i + 1, count));
        fixture_page(a, text, i + 1, &pages[i]);
        pages[i].source = ocr ? PAGE_OCR : PAGE_TEXT;
    }
}

static void heads_and_feet_of_pages_are_known(void **state) {
    (void)state;
    for (int ocr = 0; ocr < 2; ocr++) {
        struct arena *a = arena_new(1 << 22);
        struct page pages[11];
        struct page_lines *l;
        draw_pages(a, pages, 11, ocr);
        assert_int_equal(layout_pages(a, pages, 11, &l, NULL), OK);
        for (int i = 0; i < 11; i++) {
            struct str body = text_of(a, &l[i], false), rest = text_of(a, &l[i], true);
            const char own[] = { 'p', 'a', 'g', 'e', ' ', (char)('a' + i), '\0' };
            assert_order(body, own, "Sodium 138");
            assert_true(str_find(body, STR("PLATEAU")) == body.n);
            assert_true(str_find(body, STR("Dossier")) == body.n);
            assert_true(str_find(body, STR("Faure")) == body.n);
            /* the patient's line stands lower: it stays on the first page */
            assert_true((str_find(rest, STR("Modou FALL")) < rest.n) == (i > 0));
        }
        arena_free(a);
    }
}

static void an_empty_page_has_no_lines(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 16);
    struct word nothing = { .text = STR("") };
    struct page page = { .number = 1, .words = &nothing, .word_count = 1 };
    assert_int_equal(lines_of(a, &page).count, 0);
    arena_free(a);
}

static void absurd_boxes_do_no_harm(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 24);
    enum { N = 3000 };
    struct word *words = arena_array(a, N, sizeof *words);
    for (int i = 0; i < N; i++)
        words[i] = (struct word) {
            STR("mot"), { i % 2 ? INT32_MIN : INT32_MAX, i % 3 ? INT32_MAX : INT32_MIN, -i, INT32_MAX }, 1, 0
        };
    struct page page = { .number = 1, .width = -5, .height = INT32_MIN, .words = words, .word_count = N };
    struct page_lines l = lines_of(a, &page);
    size_t seen = 0;
    for (size_t i = 0; i < l.count; i++) seen += l.lines[i].word_count;
    assert_int_equal(seen, N);
    arena_free(a);
}

static void a_full_arena_is_said(void **state) {
    (void)state;
    struct arena *a = arena_new(1 << 20), *small = arena_new(200);
    struct page page;
    struct page_lines out;
    fixture_page(a, STR("un deux trois quatre cinq six sept huit neuf dix onze douze treize"), 1, &page);
    assert_int_equal(layout_lines(small, &page, &out, NULL), E_LIMIT);
    arena_free(small);
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_back_from_columns),
        cmocka_unit_test(a_slope_is_followed),
        cmocka_unit_test(words_of_a_sentence_stay_in_a_cell),
        cmocka_unit_test(a_header_that_folding_makes_longer_is_compared),
        cmocka_unit_test(overlapping_words_are_cells_of_their_own),
        cmocka_unit_test(headers_and_page_numbers_repeat),
        cmocka_unit_test(two_columns_of_text_are_read_one_after_the_other),
        cmocka_unit_test(a_table_beside_text_keeps_its_rows),
        cmocka_unit_test(rows_and_labels_are_no_columns),
        cmocka_unit_test(three_columns_of_a_head_stay_apart),
        cmocka_unit_test(heads_and_feet_of_pages_are_known),
        cmocka_unit_test(an_empty_page_has_no_lines),
        cmocka_unit_test(absurd_boxes_do_no_harm),
        cmocka_unit_test(a_full_arena_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
