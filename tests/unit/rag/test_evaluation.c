#include "rag/evaluation.h"

#include "test.h"

static struct arena *arena;

static int setup(void **state) {
    (void)state;
    arena = arena_new(1 << 20);
    return arena ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static struct rag_answer said(const char *text) {
    return (struct rag_answer) { .text = str_from_c(text), .source_count = 1, .grounded = true };
}

static struct rag_answer refusal(void) {
    return (struct rag_answer) { .text = STR("Je ne trouve pas cela dans votre dossier."), .refused = true };
}

static const char *judge(const char *words_json, bool refuse, struct rag_answer answer) {
    const struct golden_question q = { .words_json = str_from_c(words_json), .refuse = refuse };
    struct evaluation_verdict v;
    assert_int_equal(evaluation_judge(arena, &q, &answer, &v, NULL), OK);
    assert_int_equal(v.passed, v.why[0] == '\0');
    return v.why;
}

static void words_stand_whatever_their_writing(void **state) {
    (void)state;
    const struct rag_answer a = said("- Lévothyrox 75 µg,\n  1 comprimé le MATIN");
    assert_string_equal(judge("[\"levothyrox\",\"le matin\",\"75 µg, 1 comprime\"]", false, a), "");
    assert_string_equal(judge("[\"levothyrox\",\"le soir\"]", false, a), "words_missing");
    assert_string_equal(judge("[]", false, a), "");
}

static void half_a_figure_is_another_figure(void **state) {
    (void)state;
    const struct rag_answer a = said("25 mg, glycémie 1,26 g/L");
    assert_string_equal(judge("[\"5 mg\"]", false, a), "words_missing");
    assert_string_equal(judge("[\"1,2\"]", false, a), "words_missing");
    assert_string_equal(judge("[\"1,26\"]", false, a), "");
}

static void a_refusal_is_right_only_where_it_is_expected(void **state) {
    (void)state;
    assert_string_equal(judge("[]", true, refusal()), "");
    assert_string_equal(judge("[]", true, said("8,3 %")), "answered");
    assert_string_equal(judge("[\"dossier\"]", false, refusal()), "refused");
    assert_string_equal(judge("[]", false, refusal()), "refused");
}

/* A danger sign is answered without a source: right when the words are there, and never "something of the record". */
static void words_of_our_own_may_be_expected(void **state) {
    (void)state;
    const struct rag_answer danger = { .text = STR("Appelez le 1515."), .escalated = true };
    assert_string_equal(judge("[\"1515\"]", false, danger), "");
    assert_string_equal(judge("[]", false, danger), "refused");
    assert_string_equal(judge("[]", true, danger), "");
}

static void what_is_missing_is_named(void **state) {
    (void)state;
    const struct golden_question q = { .words_json = STR("[\"a\",\"l'\\\"été\\\"\",\"b\"]") };
    const struct rag_answer a = said("a et b");
    struct evaluation_verdict v;
    assert_int_equal(evaluation_judge(arena, &q, &a, &v, NULL), OK);
    assert_str_equal(v.missing_json, STR("[\"l'\\\"été\\\"\"]"));
}

static void damaged_words_are_never_judged(void **state) {
    (void)state;
    static const char *const damaged[] = { "", "{", "{}", "12", "null" };
    const struct rag_answer a = said("a");
    struct evaluation_verdict v;
    for (size_t i = 0; i < COUNT_OF(damaged); i++) {
        const struct golden_question q = { .words_json = str_from_c(damaged[i]) };
        assert_int_equal(evaluation_judge(arena, &q, &a, &v, NULL), E_INTERNAL);
        assert_false(v.passed);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(words_stand_whatever_their_writing),
        TEST(half_a_figure_is_another_figure),
        TEST(a_refusal_is_right_only_where_it_is_expected),
        TEST(words_of_our_own_may_be_expected),
        TEST(what_is_missing_is_named),
        TEST(damaged_words_are_never_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
