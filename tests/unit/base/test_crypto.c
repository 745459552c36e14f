#include "test.h"

#include "base/crypto.h"

static struct arena *arena;

static int start(void **state) {
    (void)state;
    arena = arena_new(1 << 16);
    return arena && crypto_init(NULL) == OK ? 0 : -1;
}

static int stop(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static struct str hex(const void *p, size_t n) {
    struct str out;
    assert_true(crypto_hex(arena, (struct str) { p, n }, &out));
    return out;
}

/* BLAKE2b-256 of "abc", from b2sum -l 256. */
static const struct str abc_hash = { "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319", 64 };

static void hashes_at_once_and_in_pieces(void **state) {
    (void)state;
    struct hash h = crypto_hash_of(STR("abc"));
    assert_str_equal(hex(h.b, sizeof h.b), abc_hash);
    struct hash_stream s;
    crypto_hash_start(&s);
    crypto_hash_add(&s, STR("a"));
    crypto_hash_add(&s, STR(""));
    crypto_hash_add(&s, STR("bc"));
    h = crypto_hash_end(&s);
    assert_str_equal(hex(h.b, sizeof h.b), abc_hash);
}

static void keys_serve_one_purpose(void **state) {
    (void)state;
    struct key root;
    crypto_random(&root, sizeof root);
    struct key a = crypto_derive(&root, "blobs   ", 1), b = crypto_derive(&root, "tokens  ", 1);
    struct key c = crypto_derive(&root, "blobs   ", 2), d = crypto_derive(&root, "blobs   ", 1);
    assert_memory_not_equal(&a, &b, sizeof a);
    assert_memory_not_equal(&a, &c, sizeof a);
    assert_memory_equal(&a, &d, sizeof a);
    struct hash x = crypto_hash_keyed(&a, STR("m")), y = crypto_hash_keyed(&b, STR("m"));
    assert_memory_not_equal(&x, &y, sizeof x);
    crypto_wipe(&root, sizeof root);
    assert_memory_equal(&root, &(struct key) { 0 }, sizeof root);
}

static void compares_in_constant_time(void **state) {
    (void)state;
    assert_true(crypto_equal(STR("abc"), STR("abc")));
    assert_false(crypto_equal(STR("abc"), STR("abd")));
    assert_false(crypto_equal(STR("abc"), STR("ab")));
    assert_true(crypto_equal(STR(""), STR("")));
}

static void tokens_are_url_safe_and_differ(void **state) {
    (void)state;
    char a[TOKEN_TEXT_BYTES], b[TOKEN_TEXT_BYTES];
    crypto_token(a);
    crypto_token(b);
    assert_int_equal(strlen(a), 43);
    assert_string_not_equal(a, b);
    assert_int_equal(strspn(a, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), 43);
}

static void hexadecimal_comes_back(void **state) {
    (void)state;
    unsigned char out[3] = { 9, 9, 9 };
    assert_str_equal(hex("\x00\xff\x1a", 3), STR("00ff1a"));
    assert_true(crypto_from_hex(STR("00Ff1a"), out, sizeof out));
    assert_memory_equal(out, "\x00\xff\x1a", 3);
    const struct str bad[] = { STR(""),       STR("00ff1"),    STR("00ff1a0"),
                               STR("00ff1g"), STR("00ff1a00"), STR("00:f1a") };
    for (size_t i = 0; i < COUNT_OF(bad); i++) assert_false(crypto_from_hex(bad[i], out, sizeof out));
}

static void passwords_are_checked(void **state) {
    (void)state;
    char a[PASSWORD_HASH_BYTES], b[PASSWORD_HASH_BYTES];
    assert_int_equal(crypto_password_hash(STR("s3cret mot"), a, NULL), OK);
    assert_int_equal(crypto_password_hash(STR("s3cret mot"), b, NULL), OK);
    assert_string_not_equal(a, b);
    assert_true(str_starts(str_from_c(a), STR("$argon2id$")));
    assert_true(crypto_password_check(STR("s3cret mot"), a));
    assert_false(crypto_password_check(STR("s3cret mot "), a));
    assert_false(crypto_password_check(STR("s3cret mot"), "!"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes_at_once_and_in_pieces), cmocka_unit_test(keys_serve_one_purpose),
        cmocka_unit_test(compares_in_constant_time),    cmocka_unit_test(tokens_are_url_safe_and_differ),
        cmocka_unit_test(hexadecimal_comes_back),       cmocka_unit_test(passwords_are_checked),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
