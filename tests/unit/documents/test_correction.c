#include "test.h"

#include "documents/correction.h"

static int set_up(void **state) {
    *state = arena_new(8 << 20);
    return *state ? 0 : 1;
}

static int tear_down(void **state) {
    arena_free(*state);
    return 0;
}

static struct page unread(void) {
    return (struct page) {
        .number = 2, .width = 5950, .height = 8420, .turn = { 1, 300 }, .source = PAGE_OCR, .confidence = 31
    };
}

static void typed_words_stand_line_under_line(void **state) {
    struct page p = unread();
    assert_int_equal(correction_apply(*state, &p, STR("Amoxicilline 1 g\n\n  2 fois par jour"), NULL), OK);
    assert_int_equal(p.source, PAGE_CORRECTED);
    assert_true(p.legible);
    assert_int_equal(p.confidence, 100);
    assert_int_equal(p.number, 2);
    assert_int_equal(p.turn.quarters, 1);
    assert_int_equal(p.word_count, 7);
    assert_str_equal(p.words[0].text, STR("Amoxicilline"));
    assert_int_equal(p.words[2].line, 0);
    assert_str_equal(p.words[3].text, STR("2"));
    assert_int_equal(p.words[3].line, 2);
    assert_true(p.words[3].box.y > p.words[0].box.y + p.words[0].box.h);
    assert_true(p.words[3].box.x > p.words[0].box.x); /* two spaces in */
    assert_true(p.words[1].box.x >= p.words[0].box.x + p.words[0].box.w);
}

static void every_word_stays_on_the_paper(void **state) {
    char wide[3000], tall[3000];
    memset(wide, 'x', sizeof wide);
    for (size_t i = 99; i < sizeof wide; i += 100) wide[i] = ' ';
    for (size_t i = 0; i < sizeof tall; i += 2) memcpy(tall + i, "y\n", 2);
    const struct str texts[] = { { wide, sizeof wide },
                                 { tall, sizeof tall },
                                 STR("\t\tune\tcolonne\tde plus") };
    for (size_t t = 0; t < COUNT_OF(texts); t++) {
        struct page p = unread();
        assert_int_equal(correction_apply(*state, &p, texts[t], NULL), OK);
        assert_true(p.word_count > 0);
        for (size_t i = 0; i < p.word_count; i++) {
            struct box b = p.words[i].box;
            assert_true(b.x >= 0 && b.y >= 0 && b.w > 0 && b.h > 0);
            assert_true(b.x + b.w <= p.width && b.y + b.h <= p.height);
        }
    }
}

/* Columns typed with spaces are columns: the value of a row belongs to its name. */
static void a_typed_laboratory_row_is_a_fact(void **state) {
    struct page p = unread();
    struct document_reading r;
    struct str text =
        STR("LABORATOIRE DE BIOLOGIE\n\nExamen            Resultat    Unite    Valeurs de reference\n"
            "Glycemie          1,26        g/L      0,70 - 1,10\n");
    assert_int_equal(correction_apply(*state, &p, text, NULL), OK);
    assert_int_equal(document_read_pages(*state, &p, 1, DATE_UNKNOWN, &r, NULL), OK);
    assert_int_equal(r.fact_count, 1);
    assert_int_equal(r.facts[0].type, FACT_LAB_VALUE);
    assert_str_equal(r.facts[0].value, STR("1,26"));
    assert_str_equal(r.facts[0].unit, STR("g/L"));
    assert_str_equal(r.facts[0].reference, STR("0,70 - 1,10"));
    assert_int_equal(r.facts[0].confidence, 100);
}

static void a_typed_prescription_is_read(void **state) {
    struct page p = unread();
    struct document_reading r;
    struct str text = STR(
        "Dr Awa DIENG\nOrdonnance\n\n1) AMOXICILLINE 1 g comprimé\n   1 comprimé matin et soir pendant 7 jours\n");
    assert_int_equal(correction_apply(*state, &p, text, NULL), OK);
    assert_int_equal(document_read_pages(*state, &p, 1, DATE_UNKNOWN, &r, NULL), OK);
    assert_int_equal(r.fact_count, 1);
    assert_str_equal(r.facts[0].strength, STR("1 g"));
    assert_str_equal(r.facts[0].duration, STR("7 jours"));
}

static void an_empty_text_leaves_nothing(void **state) {
    struct page p = unread();
    assert_int_equal(correction_apply(*state, &p, STR(""), NULL), OK);
    assert_int_equal(p.word_count, 0);
    assert_true(p.legible); /* the doctor said that there is nothing to read */
}

static void too_many_words_are_refused(void **state) {
    static char many[2 * (PAGE_WORDS_MAX + 2)];
    struct page p = unread();
    for (size_t i = 0; i < sizeof many; i += 2) memcpy(many + i, "a ", 2);
    assert_int_equal(correction_apply(*state, &p, (struct str) { many, sizeof many }, NULL), E_LIMIT);
    assert_int_equal(p.source, PAGE_OCR);
}

#define PLACED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

static struct word read(const char *text, int32_t x, int32_t y, uint32_t line) {
    return (struct word) { str_from_c(text), { x, y, 300, 100 }, 80, line };
}

/* A mended word stands where the wrong one stood; the others, and the lines around, stay. */
static void a_mended_word_stays_in_its_place(void **state) {
    struct word words[] = { read("Dr", 500, 400, 0), read("DIENG", 900, 400, 0),
                            read("METF0RMINE", 500, 900, 1), read("850", 900, 900, 1),
                            read("mg", 1300, 900, 1) };
    struct page p = unread();
    p.words = words, p.word_count = COUNT_OF(words);
    assert_int_equal(correction_apply(*state, &p, STR("Dr DIENG\nMETFORMINE 500 mg"), NULL), OK);
    assert_int_equal(p.word_count, 5);
    for (size_t i = 0; i < 5; i++) assert_memory_equal(&p.words[i].box, &words[i].box, sizeof(struct box));
    assert_str_equal(p.words[2].text, STR("METFORMINE"));
    assert_int_equal(p.words[3].confidence, 100);
}

/* A line that was missed stands between its neighbours. */
static void an_added_line_stands_between_its_neighbours(void **state) {
    struct word words[] = { read("Dr", 500, 400, 0), read("DIENG", 900, 400, 0), read("Dakar", 500, 900, 1) };
    struct page p = unread();
    p.words = words, p.word_count = COUNT_OF(words);
    assert_int_equal(correction_apply(*state, &p, STR("Dr DIENG\nOrdonnance\nDakar"), NULL), OK);
    assert_int_equal(p.word_count, 4);
    assert_str_equal(p.words[2].text, STR("Ordonnance"));
    assert_true(p.words[2].box.y >= 500 && p.words[2].box.y + p.words[2].box.h <= 900);
    assert_memory_equal(&p.words[3].box, &words[2].box, sizeof(struct box));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        PLACED(typed_words_stand_line_under_line), PLACED(every_word_stays_on_the_paper),
        PLACED(a_typed_laboratory_row_is_a_fact),  PLACED(a_typed_prescription_is_read),
        PLACED(an_empty_text_leaves_nothing),      PLACED(too_many_words_are_refused),
        PLACED(a_mended_word_stays_in_its_place),  PLACED(an_added_line_stands_between_its_neighbours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
