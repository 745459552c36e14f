#include "search/search.h"

#include "support/paper.h"
#include "language/expand.h"
#include "test.h"

static struct arena *arena;
static struct text_reader *reader;
static struct expander *expander;
static struct record *record;

static int setup(void **state) {
    (void)state;
    arena = arena_new((size_t)32 << 20);
    if (!arena || text_reader_open(arena, &reader, NULL) != OK || expander_new(arena, &expander, NULL) != OK)
        return -1;
    return record_new(&record, NULL) == OK ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    record_free(record);
    arena_free(arena);
    return 0;
}

static void add(int64_t document, const char *title, enum document_kind kind, struct date date,
                const char *text) {
    struct str terms;
    const struct record_chunk chunk = { .confidence = 100, .page = 1, .text = str_from_c(text) };
    const struct record_document doc = {
        .id = document, .title = str_from_c(title), .kind = kind, .date = date
    };
    bool known = record->document_count && record->documents[record->document_count - 1].id == document;
    if (!known) assert_int_equal(record_add_document(record, reader, &doc, NULL), OK);
    assert_int_equal(terms_pack(reader, arena, STR(""), chunk.text, &terms, NULL), OK);
    assert_int_equal(record_add_chunk(record, document, &chunk, terms, NULL), OK);
}

static size_t search(const char *question, const bool *required, struct passage out[SEARCH_PASSAGES_MAX]) {
    struct tokens tokens;
    struct search_query query;
    size_t count;
    assert_int_equal(text_tokens(reader, arena, str_from_c(question), TEXT_QUESTION, &tokens, NULL), OK);
    assert_int_equal(search_query_read(reader, arena, expander, record, &tokens, required, &query, NULL), OK);
    assert_int_equal(search_passages(record, &query, arena, out, SEARCH_PASSAGES_MAX, &count, NULL), OK);
    return count;
}

static const struct date NO_DAY = { 0 };

static void the_passage_with_the_words_comes_first(void **state) {
    (void)state;
    struct passage p[SEARCH_PASSAGES_MAX];
    add(1, "Notice", KIND_OTHER, NO_DAY, "Le patient tousse depuis trois semaines.");
    add(1, "Notice", KIND_OTHER, NO_DAY, "Échographie abdominale sans anomalie du foie.");
    add(1, "Notice", KIND_OTHER, NO_DAY, "Vaccination à jour.");
    assert_int_equal(search("que dit l'échographie du foie", NULL, p), 1);
    assert_int_equal(p[0].chunk, 1);
    assert_true(search_passes(&p[0]));
    /* Accents, endings and typing errors do not matter. */
    assert_int_equal(search("vaccinations", NULL, p), 1);
    assert_int_equal(p[0].chunk, 2);
    assert_int_equal(search("echograpie", NULL, p), 1);
    assert_int_equal(p[0].chunk, 1);
}

static void the_title_weighs_more_than_the_text(void **state) {
    (void)state;
    struct passage p[SEARCH_PASSAGES_MAX];
    add(1, "Cardiologie", KIND_OTHER, NO_DAY, "Tension stable, à revoir.");
    add(2, "Divers", KIND_OTHER, NO_DAY, "Adressé en cardiologie pour sa tension stable.");
    assert_int_equal(search("cardiologie tension", NULL, p), 2);
    assert_int_equal(p[0].chunk, 0);
}

/* A word is not common because many passages stand under a title that has it. */
static void a_title_is_said_once(void **state) {
    (void)state;
    struct passage p[SEARCH_PASSAGES_MAX];
    static const char *const texts[] = { "Emportez de l'eau.", "Un chapeau suffit.",
                                         "Le voyage fatigue : dormez.", "Buvez souvent.", "Dormez assez." };
    for (size_t i = 0; i < COUNT_OF(texts); i++) add(1, "Voyage", KIND_OTHER, NO_DAY, texts[i]);
    const struct vocabulary_word *w = postings_find(&record->postings, text_hash(STR("voyag")), STR("voyag"));
    assert_non_null(w);
    assert_int_equal(w->chunks, 5);
    assert_int_equal(w->texts, 1);
    assert_int_equal(search("voyage fatigue", NULL, p), 5);
    assert_int_equal(p[0].chunk, 2);
}

static void nothing_passes_without_the_words_that_matter(void **state) {
    (void)state;
    struct passage p[SEARCH_PASSAGES_MAX];
    add(1, "Notice", KIND_OTHER, NO_DAY, "Prendre un comprimé le matin avec un verre d'eau.");
    size_t count = search("quel est le prix de la coloscopie le matin", NULL, p);
    for (size_t i = 0; i < count; i++) assert_false(search_passes(&p[i]));
    assert_int_equal(search("coloscopie", NULL, p), 0);
    assert_int_equal(search("", NULL, p), 0);
}

static void required_words_must_be_there(void **state) {
    (void)state;
    struct passage p[SEARCH_PASSAGES_MAX];
    const bool required[] = { false, true, false };
    add(1, "Notice", KIND_OTHER, NO_DAY, "Effets indésirables de la metformine : nausées.");
    assert_int_equal(search("effets aspirine indésirables", required, p), 1);
    assert_false(p[0].complete);
    assert_false(search_passes(&p[0]));
    assert_int_equal(search("effets metformine indésirables", required, p), 1);
    assert_true(search_passes(&p[0]));
}

static void equal_texts_are_shown_once(void **state) {
    (void)state;
    struct passage p[SEARCH_PASSAGES_MAX];
    add(1, "Scan", KIND_OTHER, NO_DAY, "Conclusion : radiographie normale.");
    add(2, "PDF", KIND_OTHER, NO_DAY, "Conclusion : radiographie normale.");
    assert_int_equal(search("conclusion de la radiographie", NULL, p), 1);
}

static void hints_prefer_the_kind_and_the_later_day(void **state) {
    (void)state;
    struct passage p[SEARCH_PASSAGES_MAX];
    add(1, "A", KIND_REPORT, (struct date) { 2024, 1, 1 }, "Poids stable à la consultation.");
    add(2, "B", KIND_REPORT, (struct date) { 2024, 6, 1 }, "Poids stable.");
    add(3, "C", KIND_LABORATORY, (struct date) { 2024, 3, 1 }, "Poids stable au prélèvement.");
    search("dernier poids", NULL, p);
    assert_int_equal(p[0].chunk, 1);
    search("poids analyse", NULL, p);
    assert_int_equal(p[0].chunk, 2);
}

static void an_empty_record_has_no_passages(void **state) {
    (void)state;
    struct passage p[SEARCH_PASSAGES_MAX];
    assert_int_equal(search("ordonnance", NULL, p), 0);
}

static void rankings_are_fused_by_reciprocal_rank(void **state) {
    (void)state;
    const uint32_t words[] = { 2, 0, 1 }, vectors[] = { 0, 1 };
    const struct ranking rankings[] = { { words, 3, 1.0F }, { vectors, 2, 1.0F } };
    float *scores;
    assert_int_equal(search_fuse(arena, rankings, 2, 4, &scores, NULL), OK);
    assert_true(scores[0] > scores[1] && scores[1] > scores[2] && scores[2] > scores[3]);
    assert_float_equal(scores[0], 1.0F / 62.0F + 1.0F / 61.0F, 1e-6);
    assert_float_equal(scores[3], 0, 1e-9);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_passage_with_the_words_comes_first, setup, teardown),
        cmocka_unit_test_setup_teardown(the_title_weighs_more_than_the_text, setup, teardown),
        cmocka_unit_test_setup_teardown(a_title_is_said_once, setup, teardown),
        cmocka_unit_test_setup_teardown(nothing_passes_without_the_words_that_matter, setup, teardown),
        cmocka_unit_test_setup_teardown(required_words_must_be_there, setup, teardown),
        cmocka_unit_test_setup_teardown(equal_texts_are_shown_once, setup, teardown),
        cmocka_unit_test_setup_teardown(hints_prefer_the_kind_and_the_later_day, setup, teardown),
        cmocka_unit_test_setup_teardown(an_empty_record_has_no_passages, setup, teardown),
        cmocka_unit_test_setup_teardown(rankings_are_fused_by_reciprocal_rank, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
