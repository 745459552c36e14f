/*
 * Names and ids of the store outside.
 */
#include "vectors/vector_store.h"

#include "test.h"

static struct key one = { { 1 } }, two = { { 2 } };

static int setup(void **state) {
    (void)state;
    return crypto_init(NULL) == OK ? 0 : -1;
}

static void a_namespace_is_of_one_patient_space_and_installation(void **state) {
    (void)state;
    char a[VECTOR_NAMESPACE_BYTES], b[VECTOR_NAMESPACE_BYTES], prefix[VECTOR_NAMESPACE_BYTES];
    vector_namespace(&one, STR("gemini/a/768"), 7, a);
    vector_namespace(&one, STR("gemini/a/768"), 7, b);
    assert_string_equal(a, b);
    assert_int_equal(strlen(a), 3 + 8 + 1 + 32);
    vector_namespace_prefix(&one, prefix);
    assert_true(str_starts(str_from_c(a), str_from_c(prefix)));
    vector_namespace(&one, STR("gemini/a/768"), 8, b);
    assert_string_not_equal(a, b);
    vector_namespace(&one, STR("gemini/b/768"), 7, b);
    assert_string_not_equal(a, b);
    vector_namespace(&two, STR("gemini/a/768"), 7, b);
    assert_false(str_starts(str_from_c(b), str_from_c(prefix)));
}

static void ids_are_read_as_they_are_written(void **state) {
    (void)state;
    static const char *const bad[] = {
        "",       "doc",     "doc7",     "doc7#",  "doc#3",   "doc7#3x", "doc07#3",
        "doc7#0", "doc-7#3", "doc7#3#4", "dic7#3", "doc7 #3", "doc7#+3", "doc1111111111111111111#3"
    };
    const struct vector_item item = { .document_id = 123456789012345678, .chunk_id = 42 };
    char text[VECTOR_ID_BYTES];
    int64_t document, chunk;
    vector_id_write(&item, text);
    assert_string_equal(text, "doc123456789012345678#42");
    assert_true(vector_id_read(str_from_c(text), &document, &chunk));
    assert_int_equal(document, item.document_id);
    assert_int_equal(chunk, 42);
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(vector_id_read(str_from_c(bad[i]), &document, &chunk));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_namespace_is_of_one_patient_space_and_installation),
        cmocka_unit_test(ids_are_read_as_they_are_written),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
