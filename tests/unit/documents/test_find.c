#include "test.h"

#include "documents/find.h"

static int set_up(void **state) {
    *state = arena_new(8 << 20);
    return *state ? 0 : 1;
}

static int tear_down(void **state) {
    arena_free(*state);
    return 0;
}

/* A page of these words, NULL where the next line begins. */
static struct page page_of(struct arena *a, const char *const *words, size_t count) {
    struct page p = { .number = 1, .width = 5950, .height = 8420 };
    uint32_t line = 0;

    p.words = arena_array(a, count, sizeof *p.words);
    assert_non_null(p.words);
    for (size_t i = 0; i < count; i++) {
        if (!words[i]) {
            line++;
            continue;
        }
        struct box box = { (int32_t)(100 * p.word_count), (int32_t)(100 * line), 90, 80 };
        p.words[p.word_count++] = (struct word) { str_from_c(words[i]), box, 100, line };
    }
    return p;
}

static const char *const paper[] = { "ORDONNANCE", NULL,  "L'amoxicilline", "1,05", "g/L",      NULL,
                                     "Œdème",      "des", "deux",           NULL,   "jambes",   NULL,
                                     "***",        "…",   "amoxicilline",   "500",  "mg(mata)", "aa-aa-aa" };

static void assert_found(struct arena *a, const char *query, size_t want, size_t from, size_t to) {
    struct page p = page_of(a, paper, COUNT_OF(paper));
    struct find_query q;
    struct find_hit *hits = NULL;
    size_t count = 99;

    assert_int_equal(find_query_read(a, str_from_c(query), &q, NULL), OK);
    assert_int_equal(find_on_page(a, &q, &p, 100, &hits, &count, NULL), OK);
    if (count != want) fail_msg("%s: %zu hits", query, count);
    if (want == 0) return;
    if (hits[0].from != from || hits[0].to != to) fail_msg("%s: [%zu, %zu)", query, hits[0].from, hits[0].to);
}

static void case_accents_and_signs_do_not_count(void **state) {
    assert_found(*state, "ordonnance", 1, 0, 1);
    assert_found(*state, "ÔRDONNANCE.", 1, 0, 1);
    assert_found(*state, "oedeme", 1, 4, 5);
    assert_found(*state, "amoxicilline", 2, 1, 2);
    assert_found(*state, "l’amoxicilline", 1, 1, 2);
    assert_found(*state, "1,05", 1, 2, 3);
    assert_found(*state, "mata", 1, 12, 13);
}

static void a_phrase_goes_over_words_and_lines(void **state) {
    assert_found(*state, "amoxicilline 1,05 g/L", 1, 1, 4);
    assert_found(*state, "deux jambes", 1, 6, 8);
    assert_found(*state, "amoxicilline 500", 1, 10, 12);
    assert_found(*state, "amoxicilline mg", 0, 0, 0);
    assert_found(*state, "jambes deux", 0, 0, 0);
}

static void the_last_word_may_be_a_beginning(void **state) {
    assert_found(*state, "ordo", 1, 0, 1);
    assert_found(*state, "amoxi", 2, 1, 2);
    assert_found(*state, "des d", 1, 5, 7);
    assert_found(*state, "de deux", 0, 0, 0); /* but not another one */
    assert_found(*state, "donnance", 0, 0, 0);
}

static void hits_do_not_overlap_and_are_bounded(void **state) {
    struct page p = page_of(*state, paper, COUNT_OF(paper));
    struct find_query q;
    struct find_hit *hits = NULL;
    size_t count = 0;

    assert_found(*state, "aa aa", 1, 13, 14);
    assert_int_equal(find_query_read(*state, STR("a"), &q, NULL), OK);
    assert_int_equal(find_on_page(*state, &q, &p, 2, &hits, &count, NULL), OK);
    assert_int_equal(count, 2);
}

static void signs_alone_are_nothing_to_look_for(void **state) {
    struct find_query q;
    static const char *const nothing[] = { "", " ", "***", "…", "%&/()" };

    for (size_t i = 0; i < COUNT_OF(nothing); i++) {
        assert_int_equal(find_query_read(*state, str_from_c(nothing[i]), &q, NULL), OK);
        assert_int_equal(q.count, 0);
    }
    char many[200];
    for (size_t i = 0; i < sizeof many; i++) many[i] = i % 2 ? ' ' : 'a';
    assert_int_equal(find_query_read(*state, (struct str) { many, sizeof many }, &q, NULL), OK);
    assert_int_equal(q.count, FIND_WORDS_MAX);
}

#define WITH_ARENA(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_ARENA(case_accents_and_signs_do_not_count), WITH_ARENA(a_phrase_goes_over_words_and_lines),
        WITH_ARENA(the_last_word_may_be_a_beginning),    WITH_ARENA(hits_do_not_overlap_and_are_bounded),
        WITH_ARENA(signs_alone_are_nothing_to_look_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
