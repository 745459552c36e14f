#include "http/reply.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#undef fail /* cmocka's, not ours */

static const struct message busy = { "busy", "Occupé : {}.", "Busy: {}." };

static void every_status_has_its_code(void **state) {
    (void)state;
    struct err slow = { .retry_after_s = 5 };
    assert_int_equal(reply_http_of(OK, NULL, true), 200);
    assert_int_equal(reply_http_of(E_INVALID, NULL, true), 400);
    assert_int_equal(reply_http_of(E_DENIED, NULL, true), 403);
    assert_int_equal(reply_http_of(E_DENIED, NULL, false), 401);
    assert_int_equal(reply_http_of(E_NOT_FOUND, NULL, true), 404);
    assert_int_equal(reply_http_of(E_CONFLICT, NULL, true), 409);
    assert_int_equal(reply_http_of(E_LIMIT, NULL, true), 413);
    assert_int_equal(reply_http_of(E_LIMIT, &slow, true), 429);
    assert_int_equal(reply_http_of(E_RETRY, &slow, true), 503);
    assert_int_equal(reply_http_of(E_UNCERTAIN, NULL, true), 503);
    assert_int_equal(reply_http_of(E_INTERNAL, NULL, true), 500);
}

static void assert_body(enum status s, const struct err *e, bool known, enum lang lang, const char *wanted) {
    struct buf buf;
    buf_init(&buf, 4096);
    reply_write_error(&buf, s, e, known, lang);
    assert_int_equal(buf.n, strlen(wanted));
    assert_memory_equal(buf.p, wanted, buf.n);
    buf_done(&buf);
}

static void says_why_in_two_languages(void **state) {
    (void)state;
    struct err e = { 0 };
    (void)fail(&e, E_CONFLICT, &busy, "x");
    err_arg(&e, STR("\"A\""));
    assert_body(E_CONFLICT, &e, true, LANG_FR, "{\"detail\":\"Occupé : \\\"A\\\".\",\"code\":\"busy\"}");
    assert_body(E_CONFLICT, &e, true, LANG_EN, "{\"detail\":\"Busy: \\\"A\\\".\",\"code\":\"busy\"}");
    assert_body(E_NOT_FOUND, NULL, true, LANG_EN, "{\"detail\":\"Not found.\",\"code\":\"not_found\"}");
    assert_body(E_DENIED, NULL, false, LANG_EN,
                "{\"detail\":\"You must sign in to continue.\",\"code\":\"not_authenticated\"}");
}

static void internal_errors_keep_their_secret(void **state) {
    (void)state;
    struct err e = { 0 };
    (void)fail(&e, E_INTERNAL, &busy, "disk 7");
    assert_body(E_INTERNAL, &e, true, LANG_EN,
                "{\"detail\":\"An internal error occurred. It was recorded.\",\"code\":\"error\"}");
}

static void fields_are_grouped(void **state) {
    (void)state;
    struct err e = { 0 };
    (void)fail_field(&e, STR("a"), &busy, STR("1"));
    (void)fail_field(&e, STR("b\""), &busy, STR("2"));
    (void)fail_field(&e, STR("a"), &busy, STR("3"));
    assert_body(E_INVALID, &e, true, LANG_EN, "{\"a\":[\"Busy: 1.\",\"Busy: 3.\"],\"b\\\"\":[\"Busy: 2.\"]}");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_has_its_code),
        cmocka_unit_test(says_why_in_two_languages),
        cmocka_unit_test(internal_errors_keep_their_secret),
        cmocka_unit_test(fields_are_grouped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
