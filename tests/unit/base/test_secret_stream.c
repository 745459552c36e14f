#include "test.h"

#include "base/secret_stream.h"

static const struct key key = { { 1, 2, 3 } }, other_key = { { 4 } };

static void seal_two(unsigned char header[SECRET_HEADER_BYTES], unsigned char first[SECRET_SEALED_BYTES],
                     size_t *first_n, unsigned char second[SECRET_SEALED_BYTES], size_t *second_n) {
    struct secret_stream s;
    assert_int_equal(crypto_init(NULL), OK);
    secret_seal_start(&s, &key, header);
    *first_n = secret_seal(&s, STR("first"), false, first);
    *second_n = secret_seal(&s, STR("second"), true, second);
}

static void what_was_sealed_is_opened(void **state) {
    static unsigned char first[SECRET_SEALED_BYTES], second[SECRET_SEALED_BYTES], plain[SECRET_PIECE_BYTES];
    unsigned char header[SECRET_HEADER_BYTES];
    size_t n1, n2, n;
    struct secret_stream s;
    bool last;

    (void)state;
    seal_two(header, first, &n1, second, &n2);
    assert_true(secret_open_start(&s, &key, header));
    assert_true(secret_open(&s, (struct str) { (char *)first, n1 }, plain, &n, &last));
    assert_str_equal(((struct str) { (char *)plain, n }), STR("first"));
    assert_false(last);
    assert_true(secret_open(&s, (struct str) { (char *)second, n2 }, plain, &n, &last));
    assert_str_equal(((struct str) { (char *)plain, n }), STR("second"));
    assert_true(last);
}

static void changed_swapped_or_foreign_pieces_are_refused(void **state) {
    static unsigned char first[SECRET_SEALED_BYTES], second[SECRET_SEALED_BYTES], plain[SECRET_PIECE_BYTES];
    unsigned char header[SECRET_HEADER_BYTES];
    size_t n1, n2, n;
    struct secret_stream s;
    bool last;

    (void)state;
    seal_two(header, first, &n1, second, &n2);
    assert_true(secret_open_start(&s, &key, header));
    assert_false(secret_open(&s, (struct str) { (char *)second, n2 }, plain, &n, &last));
    first[2] ^= 1;
    assert_true(secret_open_start(&s, &key, header));
    assert_false(secret_open(&s, (struct str) { (char *)first, n1 }, plain, &n, &last));
    first[2] ^= 1;
    assert_true(secret_open_start(&s, &other_key, header));
    assert_false(secret_open(&s, (struct str) { (char *)first, n1 }, plain, &n, &last));
    assert_false(secret_open(&s, (struct str) { (char *)first, 5 }, plain, &n, &last));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_sealed_is_opened),
        cmocka_unit_test(changed_swapped_or_foreign_pieces_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
