/* The codes of RFC 6238, what a secret looks like, and which step a code is of. */
#include "test.h"

#include "accounts/totp.h"
#include "base/clock.h"

/* Appendix B: the SHA-1 secret is the ASCII string, its eight digits end in our six. */
static const struct str secret = { "12345678901234567890", 20 };

static void the_vectors_of_the_rfc(void **state) {
    static const struct {
        int64_t at_s;
        const char *code;
    } vectors[] = { { 59, "287082" },         { 1111111109, "081804" }, { 1111111111, "050471" },
                    { 1234567890, "005924" }, { 2000000000, "279037" }, { INT64_C(20000000000), "353130" } };
    char code[TOTP_CODE_BYTES];

    (void)state;
    for (size_t i = 0; i < COUNT_OF(vectors); i++) {
        assert_true(totp_code(secret, vectors[i].at_s / TOTP_STEP_S, code));
        assert_string_equal(code, vectors[i].code);
    }
}

static void a_code_is_found_half_a_minute_around_its_time_and_once(void **state) {
    const int64_t at_us = INT64_C(1111111111) * SECOND_US, step = 1111111111 / TOTP_STEP_S;
    const struct str code = STR("050471");

    (void)state;
    assert_int_equal(totp_find_step(secret, code, at_us, 0), step);
    assert_int_equal(totp_find_step(secret, code, at_us + 30 * SECOND_US, 0), step);
    assert_int_equal(totp_find_step(secret, code, at_us - 30 * SECOND_US, 0), step);
    assert_int_equal(totp_find_step(secret, code, at_us + 60 * SECOND_US, 0), 0);
    assert_int_equal(totp_find_step(secret, code, at_us - 60 * SECOND_US, 0), 0);
    assert_int_equal(totp_find_step(secret, code, at_us, step), 0);
    assert_int_equal(totp_find_step(secret, code, at_us, step - 1), step);
    assert_int_equal(totp_find_step(secret, STR("050472"), at_us, 0), 0);
    assert_int_equal(totp_find_step(secret, STR("05047"), at_us, 0), 0);
    assert_int_equal(totp_find_step(secret, STR(""), at_us, 0), 0);
}

/* RFC 4648 has no vector of 20 bytes: its longest one ("foobar"), and the ends of the alphabet. */
static void a_secret_is_typed_in_base32(void **state) {
    unsigned char bytes[TOTP_SECRET_BYTES] = "foobarfoobarfoobarfo";
    char text[TOTP_SECRET_TEXT_BYTES];

    (void)state;
    totp_secret_text((const unsigned char *)secret.p, text);
    assert_string_equal(text, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    totp_secret_text(bytes, text);
    assert_memory_equal(text, "MZXW6YTBOJTG63", 14);
    memset(bytes, 255, sizeof bytes);
    totp_secret_text(bytes, text);
    assert_string_equal(text, "77777777777777777777777777777777");
}

static void the_uri_names_the_account(void **state) {
    struct arena *a = arena_new(4096);
    struct str uri;

    (void)state;
    assert_true(totp_uri(a, STR("awa+été@b.sn"), "ABC", &uri));
    assert_string_equal(uri.p,
                        "otpauth://totp/MediRecord:awa%2B%C3%A9t%C3%A9%40b.sn?secret=ABC&issuer=MediRecord"
                        "&algorithm=SHA1&digits=6&period=30");
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_vectors_of_the_rfc),
        cmocka_unit_test(a_code_is_found_half_a_minute_around_its_time_and_once),
        cmocka_unit_test(a_secret_is_typed_in_base32),
        cmocka_unit_test(the_uri_names_the_account),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
