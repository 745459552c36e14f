#include "rag/passing.h"

#include "support/paper.h"
#include "language/expand.h"
#include "test.h"

static struct arena *arena;
static struct text_reader *reader;
static struct expander *expander;
static struct record *record;

static const char *const report[] = {
    "COMPTE RENDU DE CONSULTATION", "Dakar, le 01/10/2024", "Hernie discale L4-L5, traitement médical.",
    "Kyste rénal simple, 31 mm.",   "Tension 148/92",       NULL
};
static const struct person fatou = { 7, "Fatou", "Ndiaye", "", "", "" };

static int setup(void **state) {
    (void)state;
    const struct paper papers[] = { { 1, NULL, report } };
    arena = arena_new((size_t)64 << 20);
    if (!arena || text_reader_open(arena, &reader, NULL) != OK || expander_new(arena, &expander, NULL) != OK)
        return -1;
    record = paper_record(&fatou, papers, COUNT_OF(papers));
    return 0;
}

static int teardown(void **state) {
    (void)state;
    record_free(record);
    arena_free(arena);
    return 0;
}

static struct passing weigh(const char *question, const char *quote, bool first_required) {
    struct tokens tokens;
    struct search_query query;
    struct passing p;
    bool required[16] = { false };
    assert_int_equal(text_tokens(reader, arena, str_from_c(question), TEXT_QUESTION, &tokens, NULL), OK);
    for (size_t i = 0; i < tokens.count && first_required; i++) required[i] = i == 0;
    assert_int_equal(search_query_read(reader, arena, expander, record, &tokens, required, &query, NULL), OK);
    const struct tokens no_title = { NULL, 0 };
    const struct passing_quote words = { .text = str_from_c(quote),
                                         .line = str_from_c(quote),
                                         .heading = STR(""),
                                         .title = &no_title,
                                         .asked = &tokens,
                                         .score = 2,
                                         .best_score = 2,
                                         .next_score = 1 };
    assert_int_equal(passing_read(reader, arena, record, &query, &words, &p, NULL), OK);
    p.met = true;
    return p;
}

static float sign(const char *question, const char *quote, enum passing_sign which) {
    return weigh(question, quote, false).signs[which];
}

static void signs_are_measured_on_the_quote(void **state) {
    (void)state;
    assert_float_equal(sign("kyste rénal", "Kyste rénal simple", PASSING_COVERAGE), 1, 0.001);
    assert_float_equal(sign("kyste rénal", "Hernie discale", PASSING_COVERAGE), 0, 0.001);
    assert_float_equal(sign("kyste hernie", "Kyste rénal simple", PASSING_CONTENT), 0.5, 0.001);
    assert_float_equal(sign("kyste hernie", "Kyste", PASSING_BRIEF), 0.5, 0.001);
    /* Both words in one sentence, and in two. */
    assert_float_equal(sign("kyste hernie", "Kyste et hernie.", PASSING_TIGHT), 1, 0.001);
    assert_float_equal(sign("kyste hernie", "Kyste. Hernie.", PASSING_TIGHT), 0.5, 0.001);
    /* A full line that goes on below is one sentence with it; a new item is not. */
    assert_float_equal(sign("kyste hernie",
                            "Un kyste simple du rein droit, sans aucun signe et\nsans hernie.",
                            PASSING_TIGHT),
                       1, 0.001);
    assert_float_equal(
        sign("kyste hernie", "Un kyste simple du rein droit, sans aucun signe et\nHernie.", PASSING_TIGHT), 1,
        0.001);
    assert_float_equal(
        sign("kyste hernie", "Un kyste simple du rein droit, sans aucun autre\nHernie.", PASSING_TIGHT), 0.5,
        0.001);
    assert_float_equal(sign("kyste", "Kyste", PASSING_LEAD), 0.5, 0.001);
    assert_float_equal(sign("kyste", "Kyste rénal : 31 mm", PASSING_LABEL), 0.5, 0.001);
    assert_float_equal(sign("kyste", "Hernie : kyste", PASSING_LABEL), 0, 0.001);
    assert_float_equal(sign("kyste", "Hernie de 3 mm. Kyste : 31 mm", PASSING_LABEL), 1, 0.001);
    assert_float_equal(sign("kyste hernie", "Kyste", PASSING_MISSING), 0.25, 0.001);
}

static void the_best_line_is_looked_at_by_itself(void **state) {
    (void)state;
    assert_float_equal(sign("kyste", "Kyste : 31", PASSING_DENSE), 1, 0.001);
    assert_float_equal(sign("kyste", "Kyste simple du rein gauche", PASSING_DENSE), 0.25, 0.001);
    assert_float_equal(sign("kyste", "Pr Abdou TINE Kyste", PASSING_NAMES), 1, 0.001);
    assert_float_equal(sign("kyste", "Kyste sans gravité", PASSING_NAMES), 1 / 3.F, 0.001);
    assert_float_equal(sign("kyste hernie", "Kyste", PASSING_OWN_WORDS), 0.5, 0.001);
    assert_float_equal(sign("kyste", "Kyste rénal simple 31 mm", PASSING_LONG), 0.25, 0.001);
    /* A letterhead that holds the word is less of an answer than a line about it. */
    assert_true(weigh("kyste rénal", "Pr Abdou TINE Kyste Rénal DAKAR", false).odds <
                weigh("kyste rénal", "kyste rénal simple", false).odds);
}

static void more_of_the_question_speaks_for_a_quote(void **state) {
    (void)state;
    const float all = weigh("kyste rénal simple", "Kyste rénal simple, 31 mm.", false).odds,
                some = weigh("kyste rénal simple", "Kyste hépatique", false).odds,
                none = weigh("kyste rénal simple", "Tension 148/92", false).odds;
    assert_true(all > some && some > none);
    const struct passing wrong = weigh("kyste rénal simple", "Tension 148/92", false);
    assert_false(passing_passes(&wrong));
}

static void what_is_required_must_stand_in_the_quote(void **state) {
    (void)state;
    struct passing p = weigh("hernie discale", "Hernie discale L4-L5", true);
    assert_true(p.complete && passing_passes(&p));
    p.met = false;
    assert_false(passing_passes(&p));
    p = weigh("hernie discale", "Atteinte discale L4-L5", true);
    assert_false(p.complete || passing_passes(&p));
}

static void a_question_without_words_is_weighed_without_harm(void **state) {
    (void)state;
    for (int i = 0; i < PASSING_SIGN_COUNT; i++) {
        const float value = weigh("", "", false).signs[i];
        assert_true(value >= 0 && value <= 1.5F);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(signs_are_measured_on_the_quote),
        TEST(the_best_line_is_looked_at_by_itself),
        TEST(more_of_the_question_speaks_for_a_quote),
        TEST(what_is_required_must_stand_in_the_quote),
        TEST(a_question_without_words_is_weighed_without_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
