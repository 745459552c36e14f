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

/* Opens one sealed piece behind the *n plain bytes of before. */
static bool open_piece(struct secret_stream *s, struct str sealed, unsigned char *plain, size_t *n) {
    size_t more = 0;
    bool last = true;
    assert_true(secret_open(s, sealed, plain + *n, &more, &last));
    *n += more;
    return last;
}

static void plain_text_is_gathered_to_pieces_whatever_it_comes_in(void **state) {
    enum { PIECE = SECRET_PIECE_BYTES, MOST = 2 * PIECE + 1 };
    static const size_t sizes[] = { 0, 1, PIECE - 1, PIECE, PIECE + 1, MOST },
                        steps[] = { 1000, PIECE, MOST };
    static char in[MOST];
    static unsigned char out[MOST + SECRET_SEALED_BYTES];
    static struct secret_sealer sealer;
    unsigned char header[SECRET_HEADER_BYTES];

    (void)state;
    assert_int_equal(crypto_init(NULL), OK);
    for (size_t i = 0; i < MOST; i++) in[i] = (char)(i * 31);
    for (size_t i = 0; i < COUNT_OF(sizes) * COUNT_OF(steps); i++) {
        size_t size = sizes[i / COUNT_OF(steps)], step = steps[i % COUNT_OF(steps)], n = 0;
        struct secret_stream s;

        sealer = (struct secret_sealer) { 0 };
        secret_seal_start(&sealer.stream, &key, header);
        assert_true(secret_open_start(&s, &key, header));
        for (size_t at = 0; at < size; at += step) {
            struct str rest = str_sub((struct str) { in, size }, at, step), sealed;
            while ((sealed = secret_seal_more(&sealer, &rest)).n > 0)
                assert_false(open_piece(&s, sealed, out, &n));
            assert_int_equal(rest.n, 0);
        }
        assert_int_equal(n, size / PIECE * PIECE);
        assert_true(open_piece(&s, secret_seal_last(&sealer), out, &n));
        assert_int_equal(n, size);
        assert_memory_equal(in, out, size);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_sealed_is_opened),
        cmocka_unit_test(changed_swapped_or_foreign_pieces_are_refused),
        cmocka_unit_test(plain_text_is_gathered_to_pieces_whatever_it_comes_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
