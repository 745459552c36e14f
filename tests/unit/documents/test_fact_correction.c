/* What people say of facts, laid over a reading; the lines of a page that say it too; and what may no longer be quoted. */
#include "test.h"

#include "documents/fact_strike.h"

static int set_up(void **state) {
    *state = arena_new(8 << 20);
    return *state ? 0 : 1;
}

static int tear_down(void **state) {
    arena_free(*state);
    return 0;
}

static const struct box place = { 100, 200, 4000, 120 };

static struct fact medication(const char *name, const char *quote, const char *strength, int32_t y) {
    return (struct fact) { .type = FACT_MEDICATION,
                           .page = 1,
                           .box = { place.x, y, place.w, place.h },
                           .confidence = 80,
                           .name = str_from_c(name),
                           .name_folded = str_from_c(name),
                           .quote = str_from_c(quote),
                           .strength = str_from_c(strength) };
}

static struct fact_correction said(enum fact_deed deed, const char *quote, const char *strength) {
    return (struct fact_correction) { .id = 7,
                                      .deed = deed,
                                      .fact = medication("metformine", quote, strength, place.y),
                                      .was_name = STR("metformine"),
                                      .was_quote = STR("metformine 850 mg matin et soir") };
}

static struct document_reading reading(struct fact *facts, size_t count) {
    return (struct document_reading) { .facts = facts, .fact_count = count };
}

static void a_change_takes_the_place_of_what_was_read(void **state) {
    struct fact facts[] = { medication("amlodipine", "amlodipine 10 mg", "10 mg", 900),
                            medication("metformine", "metformine 850 mg matin et soir", "850 mg", 1900) };
    struct document_reading r = reading(facts, 2);
    const struct fact_correction c = said(FACT_CHANGE, "metformine 500 mg matin et soir", "500 mg");
    assert_true(fact_correction_apply(*state, &c, &r));
    assert_int_equal(r.fact_count, 2);
    assert_str_equal(r.facts[1].strength, STR("500 mg"));
    assert_int_equal(r.facts[1].box.y, 1900); /* where it stands now, not where it stood when it was said */
    assert_int_equal(r.facts[1].confidence, 100);
    assert_int_equal(r.facts[1].correction_id, 7);
    assert_int_equal(r.facts[0].correction_id, 0);
}

static void a_row_of_several_days_is_changed_on_the_day_that_is_meant(void **state) {
    struct fact facts[] = { medication("metformine", "metformine 850 mg matin et soir", "1", place.y),
                            medication("metformine", "metformine 850 mg matin et soir", "2", place.y) };
    struct document_reading r = reading(facts, 2);
    struct fact_correction c = said(FACT_CHANGE, "metformine 850 mg matin et soir", "3");
    facts[0].day = STR("2026-01-14");
    facts[1].day = c.fact.day = STR("2026-02-25");
    assert_true(fact_correction_apply(*state, &c, &r));
    assert_str_equal(r.facts[0].strength, STR("1"));
    assert_str_equal(r.facts[1].strength, STR("3"));
    assert_str_equal(r.facts[1].day, STR("2026-02-25"));
}

static void what_is_found_no_more_stays_as_it_was_said(void **state) {
    struct document_reading r = reading(NULL, 0);
    const struct fact_correction c = said(FACT_CHANGE, "metformine 500 mg matin et soir", "500 mg");
    assert_true(fact_correction_apply(*state, &c, &r));
    assert_int_equal(r.fact_count, 1);
    assert_str_equal(r.facts[0].strength, STR("500 mg"));
}

static void it_is_known_by_its_place_when_its_words_are_others(void **state) {
    struct fact facts[] = { medication("metformlne", "metformlne 85O mg", "", place.y + 10) };
    struct document_reading r = reading(facts, 1);
    const struct fact_correction c = said(FACT_REMOVE, "metformine 850 mg matin et soir", "");
    assert_true(fact_correction_apply(*state, &c, &r));
    assert_int_equal(r.fact_count, 0);
    facts[0].page = 2;
    r = reading(facts, 1);
    assert_true(fact_correction_apply(*state, &c, &r));
    assert_int_equal(r.fact_count, 1); /* the same place on another page is another place */
}

static void what_was_missed_is_added(void **state) {
    struct fact facts[] = { medication("amlodipine", "amlodipine 10 mg", "10 mg", 900) };
    struct document_reading r = reading(facts, 1);
    const struct fact_correction c = said(FACT_ADD, "metformine 500 mg", "500 mg");
    assert_true(fact_correction_apply(*state, &c, &r));
    assert_int_equal(r.fact_count, 2);
    assert_str_equal(r.facts[0].name, STR("amlodipine"));
    assert_str_equal(r.facts[1].name_folded, STR("metformine"));
}

static void a_fact_is_written_and_read_back(void **state) {
    struct fact before = medication("Métformine \"LP\"", "ligne 1\nligne 2", "500 mg", 1), after = { 0 };
    struct buf out;
    before.frequency = STR("matin\\soir");
    buf_init(&out, 4096);
    fact_said_write(&out, &before);
    assert_true(buf_ok(&out));
    assert_int_equal(fact_said_read(*state, buf_str(&out), &after, NULL), OK);
    assert_str_equal(after.name, before.name);
    assert_str_equal(after.quote, before.quote);
    assert_str_equal(after.frequency, before.frequency);
    assert_int_equal(after.lot.n, 0);
    assert_int_not_equal(fact_said_read(*state, STR("{\"name\":\"x\"}"), &after, NULL), OK);
    assert_int_not_equal(fact_said_read(*state, STR("{"), &after, NULL), OK);
    buf_done(&out);
}

static void lines_of_a_page_say_it_too(void **state) {
    const struct str page = STR("Ordonnance\n1. metformine 850 mg\n   matin et soir (repas)\nDr X");
    struct str out = STR("untouched");
    assert_true(fact_quote_replace(*state, page, STR("metformine 850 mg\nmatin et soir"),
                                   STR("metformine 500 mg\nle soir"), &out));
    assert_str_equal(out, STR("Ordonnance\n1. metformine 500 mg\n   le soir (repas)\nDr X"));
    out = STR("untouched");
    assert_false(fact_quote_replace(*state, page, STR("metformine 850 mg 1 comprimé"), STR("x"), &out));
    assert_false(fact_quote_replace(*state, page, STR("matin et soir\nmetformine 850 mg"), STR("x"), &out));
    assert_str_equal(out, STR("untouched"));
}

/* ---- what may be quoted ---- */

/* One word a token, `line` from 0, each line at its own height; the first line lies at `place`. */
static struct page page_of(struct arena *a, const char *text) {
    struct page p = { .number = 1, .width = 6000, .height = 8000, .text = str_from_c(text), .legible = true };
    struct word *words = arena_array(a, strlen(text) + 1, sizeof *words);
    uint32_t line = 0;
    int32_t x = 0;
    assert_non_null(words);
    for (size_t i = 0; i < p.text.n;) {
        size_t n = strcspn(text + i, " \n");
        if (n) {
            struct box box = { place.x + x, place.y + 300 * (int32_t)line, 50 * (int32_t)n, 100 };
            words[p.word_count++] = (struct word) { str_sub(p.text, i, n), box, 90, line };
            x += 50 * (int32_t)(n + 1);
        }
        i += n;
        if (text[i] == '\n') line++, x = 0;
        if (text[i]) i++;
    }
    p.words = words;
    return p;
}

static struct str joined(struct arena *a, const struct page *p) {
    struct str out = STR("");
    for (size_t i = 0; i < p->word_count; i++)
        assert_true(arena_printf(a, &out, "%.*s%s%.*s", STR_ARG(out),
                                 i == 0                                     ? ""
                                 : p->words[i].line == p->words[i - 1].line ? " "
                                                                            : "\n",
                                 STR_ARG(p->words[i].text)));
    return out;
}

static void rejected_words_are_not_quoted_wherever_they_stand(void **state) {
    struct page p = page_of(*state, "metformine 850 mg matin et soir\namlodipine 10 mg matin\n"
                                    "rappel : metformine 850 mg matin et soir");
    const struct word *read = p.words;
    const struct fact_correction c = said(FACT_REMOVE, "metformine 850 mg matin et soir", "");
    assert_true(fact_strike(*state, &c, &p));
    assert_str_equal(joined(*state, &p), STR("amlodipine 10 mg matin\nrappel :"));
    assert_str_equal(read[0].text, STR("metformine")); /* what people see is another copy */
}

static void another_line_at_its_place_stays_whole(void **state) {
    struct page p = page_of(*state, "aspirine 75 mg le soir\nsuite");
    const struct fact_correction c = said(FACT_REMOVE, "metformine 850 mg matin et soir", "");
    assert_true(fact_strike(*state, &c, &p));
    assert_str_equal(joined(*state, &p), STR("aspirine 75 mg le soir\nsuite"));
}

static void a_row_of_cells_says_what_was_said(void **state) {
    /* The cells were read one below the other, so that no line of the text could be mended. */
    struct page p = page_of(*state, "metformine\n850 mg matin et soir\nDr X");
    struct fact_correction c = said(FACT_CHANGE, "metformine 500 mg matin et soir", "500 mg");
    c.fact.box.h = 500;
    assert_true(fact_strike(*state, &c, &p));
    assert_str_equal(joined(*state, &p), STR("metformine 500 mg matin et soir\nDr X"));
    for (size_t i = 0; i + 2 < p.word_count; i++) {
        assert_true(p.words[i].box.x >= place.x);
        assert_true(p.words[i].box.x + p.words[i].box.w <= place.x + place.w);
    }
}

static void a_page_that_says_it_already_stays(void **state) {
    struct page p = page_of(*state, "metformine 500 mg matin et soir\nDr X");
    const struct word *words = p.words;
    const struct fact_correction c = said(FACT_CHANGE, "metformine 500 mg matin et soir", "500 mg");
    assert_true(fact_strike(*state, &c, &p));
    assert_ptr_equal(p.words, words);
    const struct fact_correction added = said(FACT_ADD, "metformine 850 mg matin et soir", "");
    assert_true(fact_strike(*state, &added, &p));
    assert_ptr_equal(p.words, words);
}

static void a_page_of_nothing_else_has_no_text_left(void **state) {
    struct page p = page_of(*state, "metformine 850 mg matin et soir");
    const struct fact_correction c = said(FACT_REMOVE, "metformine 850 mg matin et soir", "");
    assert_true(fact_strike(*state, &c, &p));
    assert_int_equal(p.word_count, 0);
    assert_int_equal(p.text.n, 0); /* passages are cut from the text where there are no words */
}

int main(void) {
#define IN_AN_ARENA(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        IN_AN_ARENA(a_change_takes_the_place_of_what_was_read),
        IN_AN_ARENA(a_row_of_several_days_is_changed_on_the_day_that_is_meant),
        IN_AN_ARENA(what_is_found_no_more_stays_as_it_was_said),
        IN_AN_ARENA(it_is_known_by_its_place_when_its_words_are_others),
        IN_AN_ARENA(what_was_missed_is_added),
        IN_AN_ARENA(a_fact_is_written_and_read_back),
        IN_AN_ARENA(lines_of_a_page_say_it_too),
        IN_AN_ARENA(rejected_words_are_not_quoted_wherever_they_stand),
        IN_AN_ARENA(another_line_at_its_place_stays_whole),
        IN_AN_ARENA(a_row_of_cells_says_what_was_said),
        IN_AN_ARENA(a_page_that_says_it_already_stays),
        IN_AN_ARENA(a_page_of_nothing_else_has_no_text_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
