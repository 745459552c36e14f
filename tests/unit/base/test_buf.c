#include "test.h"

#include "base/buf.h"

static void grows_up_to_its_maximum(void **state) {
    (void)state;
    struct buf b;
    buf_init(&b, 1000);
    for (int i = 0; i < 1000; i++) buf_add_char(&b, (char)('a' + i % 26));
    assert_true(buf_ok(&b));
    assert_int_equal(b.n, 1000);
    assert_true(b.cap <= 1000);
    buf_add_char(&b, 'x');
    assert_false(buf_ok(&b));
    assert_int_equal(b.n, 1000);
    assert_int_equal(b.p[999], 'a' + 999 % 26);
    buf_clear(&b);
    assert_true(buf_ok(&b));
    assert_str_equal(buf_str(&b), STR(""));
    buf_done(&b);
}

static void keeps_quiet_after_a_failure(void **state) {
    (void)state;
    struct buf b;
    buf_init(&b, 5);
    buf_add(&b, STR("abc"));
    buf_add(&b, STR("defg"));
    buf_add(&b, STR("h"));
    buf_addf(&b, "%d", 1);
    assert_false(buf_ok(&b));
    assert_str_equal(buf_str(&b), STR("abc"));
    buf_done(&b);
    assert_null(b.p);
}

static void writes_numbers_and_formats(void **state) {
    (void)state;
    struct buf b;
    char long_text[3000];
    memset(long_text, 'y', sizeof long_text);
    buf_init(&b, 4000);
    buf_add_i64(&b, INT64_MIN);
    buf_add_char(&b, ' ');
    buf_add_i64(&b, INT64_MAX);
    buf_addf(&b, " %03d", 7);
    assert_str_equal(buf_str(&b), STR("-9223372036854775808 9223372036854775807 007"));
    buf_clear(&b);
    buf_add_i64(&b, 0);
    buf_addf(&b, "%.*s", (int)sizeof long_text, long_text);
    assert_int_equal(b.n, 3001);
    buf_addf(&b, "%.*s", (int)sizeof long_text, long_text);
    assert_false(buf_ok(&b));
    assert_int_equal(b.n, 3001);
    buf_done(&b);
}

static void an_exact_format_fits(void **state) {
    (void)state;
    struct buf b;
    buf_init(&b, 3);
    buf_addf(&b, "%s", "abc");
    assert_true(buf_ok(&b));
    buf_done(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows_up_to_its_maximum),
        cmocka_unit_test(keeps_quiet_after_a_failure),
        cmocka_unit_test(writes_numbers_and_formats),
        cmocka_unit_test(an_exact_format_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
