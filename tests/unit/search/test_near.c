/*
 * Nearness in meaning beside words: what it finds, and what it must not disturb.
 */
#include "search/near.h"

#include "support/fake_embedder.h"
#include "support/paper.h"
#include "search/search.h"
#include "test.h"

static const char space[] = "fake/one/256";

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

static void add(int64_t document, const char *text) {
    struct str terms;
    const struct record_chunk chunk = { .confidence = 100, .page = 1, .text = str_from_c(text) };
    const struct record_document doc = { .id = document, .title = STR("Papier"), .kind = KIND_REPORT };
    bool known = record->document_count && record->documents[record->document_count - 1].id == document;
    if (!known) assert_int_equal(record_add_document(record, reader, &doc, NULL), OK);
    assert_int_equal(terms_pack(reader, arena, STR(""), chunk.text, &terms, NULL), OK);
    assert_int_equal(record_add_chunk(record, document, &chunk, terms, NULL), OK);
}

static void add_vector(uint32_t chunk) {
    float v[FAKE_DIMENSIONS];
    unsigned char packed[VECTOR_SCALE_BYTES + FAKE_DIMENSIONS];
    fake_embed(space, record->chunks[chunk].text, v);
    assert_true(vector_pack(v, FAKE_DIMENSIONS, packed));
    assert_int_equal(
        record_add_vector(record, chunk, (struct str) { (const char *)packed, sizeof packed }, NULL), OK);
}

static void add_vectors(void) {
    for (uint32_t i = 0; i < record->chunk_count; i++)
        if (record->documents[record->chunks[i].document].id) add_vector(i);
}

static struct near_list *near_to(const char *question, size_t dimensions) {
    static struct vector_question q;
    struct near_list *near = arena_alloc(arena, sizeof *near);
    float v[FAKE_DIMENSIONS];
    assert_non_null(near);
    fake_embed(space, str_from_c(question), v);
    assert_true(vector_question_read(v, dimensions, &q));
    near_find(record, &q, near);
    return near;
}

static size_t search(const char *question, const struct near_list *near,
                     struct passage out[SEARCH_PASSAGES_MAX]) {
    struct tokens tokens;
    struct search_query query;
    size_t count;
    assert_int_equal(text_tokens(reader, arena, str_from_c(question), TEXT_QUESTION, &tokens, NULL), OK);
    assert_int_equal(search_query_read(reader, arena, expander, record, &tokens, NULL, &query, NULL), OK);
    query.near = near;
    assert_int_equal(search_passages(record, &query, arena, out, SEARCH_PASSAGES_MAX, &count, NULL), OK);
    return count;
}

static void fill(void) {
    add(1, "Radiographie du thorax normale.");
    add(1, "Hyperthermie depuis mardi, paludisme suspect.");
    add(2, "Vaccination contre le tetanos faite.");
    add(2, "Fonction renale conservee au controle.");
}

static void a_passage_that_shares_no_word_is_found(void **state) {
    (void)state;
    struct passage p[SEARCH_PASSAGES_MAX];
    fill();
    add_vectors();
    assert_int_equal(search("chaud", NULL, p), 0);
    assert_true(search("chaud", near_to("chaud", FAKE_DIMENSIONS), p) >= 1);
    assert_int_equal(p[0].chunk, 1);
    assert_true(p[0].cosine > 0.3F && p[0].score == 0 && p[0].coverage == 0);
    assert_false(search_passes(&p[0])); /* nearness alone is no proof */
}

static void what_both_rankings_find_comes_first(void **state) {
    (void)state;
    struct passage p[SEARCH_PASSAGES_MAX];
    fill();
    add_vectors();
    size_t count = search("controle nephrologie", near_to("controle nephrologie", FAKE_DIMENSIONS), p);
    assert_true(count >= 1);
    assert_int_equal(p[0].chunk, 3);
    assert_true(p[0].score > 0 && p[0].cosine > 0.3F);
}

/* Of some models all cosines lie between 0.8 and 0.9. */
static void how_far_apart_cosines_lie_does_not_matter(void **state) {
    (void)state;
    struct passage wide[SEARCH_PASSAGES_MAX], narrow[SEARCH_PASSAGES_MAX];
    fill();
    add_vectors();
    struct near_list *near = near_to("fievre et vaccination", FAKE_DIMENSIONS);
    size_t count = search("vaccination", near, wide);
    assert_true(count >= 3);
    for (size_t i = 0; i < near->count; i++) near->items[i].cosine = 0.8F + near->items[i].cosine / 10;
    assert_int_equal(search("vaccination", near, narrow), count);
    for (size_t i = 0; i < count; i++) assert_int_equal(narrow[i].chunk, wide[i].chunk);
}

static void words_pass_as_they_did_without_vectors(void **state) {
    (void)state;
    struct passage without[SEARCH_PASSAGES_MAX], with[SEARCH_PASSAGES_MAX];
    fill();
    add_vectors();
    size_t count = search("vaccination tetanos", NULL, without);
    assert_true(count >= 1 && search_passes(&without[0]));
    size_t more = search("vaccination tetanos", near_to("vaccination tetanos", FAKE_DIMENSIONS), with);
    assert_true(more >= count);
    size_t passed = 0;
    for (size_t i = 0; i < more; i++) {
        passed += search_passes(&with[i]);
        if (with[i].chunk != without[0].chunk) continue;
        assert_true(with[i].score == without[0].score && with[i].coverage == without[0].coverage);
    }
    assert_int_equal(passed, 1);
}

static void half_a_record_is_not_compared(void **state) {
    (void)state;
    fill();
    add_vector(1);
    add_vector(3);
    assert_false(near_is_complete(record));
    assert_int_equal(near_to("fievre", FAKE_DIMENSIONS)->count, 0);
}

static void the_patients_file_needs_no_vector(void **state) {
    (void)state;
    record->allergies = STR("Arachide");
    assert_int_equal(record_add_file(record, reader, NULL), OK);
    fill();
    assert_false(near_is_complete(record));
    add_vectors();
    assert_true(near_is_complete(record));
    assert_int_equal(near_to("fievre", FAKE_DIMENSIONS)->items[0].chunk, 2);
}

static void vectors_of_another_length_are_not_compared(void **state) {
    (void)state;
    fill();
    add_vectors();
    assert_int_equal(near_to("fievre", FAKE_DIMENSIONS / 2)->count, 0);
    /* A vector unlike the first is as none. */
    const char junk[VECTOR_SCALE_BYTES + 7] = { 0 };
    assert_int_equal(record_add_vector(record, 3, (struct str) { junk, sizeof junk }, NULL), OK);
    assert_int_equal(record->vectors.count, 4);
}

static void nearness_in_another_record_is_not_taken(void **state) {
    (void)state;
    struct passage p[SEARCH_PASSAGES_MAX];
    fill();
    add_vectors();
    struct near_list *near = near_to("chaud", FAKE_DIMENSIONS);
    near->record = NULL;
    assert_int_equal(search("chaud", near, p), 0);
}

static void vectors_count_in_the_bytes_of_a_record(void **state) {
    (void)state;
    fill();
    size_t before = record_bytes(record);
    add_vectors();
    assert_true(record_bytes(record) >= before + 4 * FAKE_DIMENSIONS);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_passage_that_shares_no_word_is_found, setup, teardown),
        cmocka_unit_test_setup_teardown(what_both_rankings_find_comes_first, setup, teardown),
        cmocka_unit_test_setup_teardown(how_far_apart_cosines_lie_does_not_matter, setup, teardown),
        cmocka_unit_test_setup_teardown(words_pass_as_they_did_without_vectors, setup, teardown),
        cmocka_unit_test_setup_teardown(half_a_record_is_not_compared, setup, teardown),
        cmocka_unit_test_setup_teardown(the_patients_file_needs_no_vector, setup, teardown),
        cmocka_unit_test_setup_teardown(vectors_of_another_length_are_not_compared, setup, teardown),
        cmocka_unit_test_setup_teardown(nearness_in_another_record_is_not_taken, setup, teardown),
        cmocka_unit_test_setup_teardown(vectors_count_in_the_bytes_of_a_record, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
