#include "http/head.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

struct one {
    const char *name, *value;
};

static enum status check(const char *target, const struct one *extra, struct head *h, int *http) {
    struct err e = { 0 };
    *h = (struct head) { .method = STR("POST"), .target = str_from_c(target) };
    head_add(h, STR("Host"), STR("localhost"));
    for (; extra && extra->name; extra++) head_add(h, str_from_c(extra->name), str_from_c(extra->value));
    *http = 0;
    enum status s = head_check(h, http, &e);
    if (s != OK) assert_non_null(e.message);
    return s;
}

static void splits_path_and_query(void **state) {
    (void)state;
    struct head h;
    int http;
    assert_int_equal(check("/a/b/?x=1&y=?", NULL, &h, &http), OK);
    assert_true(str_eq(h.path, STR("/a/b/")));
    assert_true(str_eq(h.query, STR("x=1&y=?")));
    assert_false(h.has_body);
}

static void knows_the_length_of_the_body(void **state) {
    (void)state;
    struct head h;
    int http;
    assert_int_equal(check("/", (struct one[]) { { "content-length", " 12 " }, { 0 } }, &h, &http), OK);
    assert_true(h.has_body);
    assert_int_equal(h.body_bytes, 12);
    assert_int_equal(check("/", (struct one[]) { { "Content-Length", "0" }, { 0 } }, &h, &http), OK);
    assert_false(h.has_body);
    assert_int_equal(check("/", (struct one[]) { { "Transfer-Encoding", "Chunked" }, { 0 } }, &h, &http), OK);
    assert_true(h.has_body);
    assert_int_equal(h.body_bytes, -1);
}

static void refuses_ambiguous_lengths(void **state) {
    (void)state;
    static const struct one bad[][3] = {
        { { "Content-Length", "5" }, { "Content-Length", "6" } },
        { { "Content-Length", "5" }, { "content-length", "5" } },
        { { "Content-Length", "5" }, { "Transfer-Encoding", "chunked" } },
        { { "Content-Length", "+5" } },
        { { "Content-Length", "-5" } },
        { { "Content-Length", "5, 5" } },
        { { "Content-Length", "0x5" } },
        { { "Content-Length", "" } },
        { { "Content-Length", "99999999999999999999" } },
        { { "Content-Length ", "5" } },
        { { "Content Length", "5" } },
        { { "", "5" } },
        { { "X", "a\rContent-Length: 5" } },
        { { "Host", "other" } },
    };
    struct head h;
    int http;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        assert_int_equal(check("/", bad[i], &h, &http), E_INVALID);
        assert_int_equal(http, 400);
    }
    static const struct one codings[][3] = {
        { { "Transfer-Encoding", "gzip" } },
        { { "Transfer-Encoding", "gzip, chunked" } },
        { { "Transfer-Encoding", "chunked" }, { "Transfer-Encoding", "chunked" } },
        { { "Transfer-Encoding", "" } },
    };
    for (size_t i = 0; i < COUNT_OF(codings); i++) {
        assert_int_equal(check("/", codings[i], &h, &http), E_INVALID);
        assert_int_equal(http, 501);
    }
}

static void refuses_bad_addresses(void **state) {
    (void)state;
    static const char *const bad[] = { "",      "a",    "http://x/", "/a b",    "/\x01", "/%00",
                                       "/\x7F", "/%zz", "/?q=%ff",   "/?q=%0a", "/\xFF", "/%C3" };
    struct head h;
    int http;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        assert_int_equal(check(bad[i], NULL, &h, &http), E_INVALID);
        assert_int_equal(http, 400);
    }
}

static void long_addresses_stop_at_their_limit(void **state) {
    (void)state;
    struct head h;
    int http;
    char *target = malloc(URL_MAX_BYTES + 2);
    memset(target, 'a', URL_MAX_BYTES + 1);
    target[0] = '/';
    target[URL_MAX_BYTES] = '\0';
    assert_int_equal(check(target, NULL, &h, &http), OK);
    target[URL_MAX_BYTES] = 'a';
    target[URL_MAX_BYTES + 1] = '\0';
    assert_int_equal(check(target, NULL, &h, &http), E_LIMIT);
    assert_int_equal(http, 414);
    free(target);
}

static void headers_stop_at_their_limit(void **state) {
    (void)state;
    struct head h = { .method = STR("GET"), .target = STR("/") };
    struct err e = { 0 };
    int http = 0;
    head_add(&h, STR("Host"), STR("x"));
    for (int i = 1; i < HEADERS_MAX; i++) head_add(&h, STR("X"), STR("y"));
    assert_int_equal(head_check(&h, &http, &e), OK);
    head_add(&h, STR("X"), STR("y"));
    assert_int_equal(head_check(&h, &http, &e), E_LIMIT);
    assert_int_equal(http, 431);
}

static void host_is_needed_since_1_1(void **state) {
    (void)state;
    struct err e = { 0 };
    int http = 0;
    struct head h = { .method = STR("GET"), .target = STR("/") };
    assert_int_equal(head_check(&h, &http, &e), E_INVALID);
    h = (struct head) { .method = STR("GET"), .target = STR("/"), .http_1_0 = true };
    assert_int_equal(head_check(&h, &http, &e), OK);
}

static void cookies(void **state) {
    (void)state;
    struct head h = { 0 };
    head_add(&h, STR("cookie"), STR("a=1; sessionid=abc=; b"));
    assert_true(str_eq(head_cookie(&h, STR("sessionid")), STR("abc=")));
    assert_true(str_eq(head_cookie(&h, STR("a")), STR("1")));
    assert_int_equal(head_cookie(&h, STR("b")).n, 0);
    assert_int_equal(head_cookie(&h, STR("session")).n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(splits_path_and_query),
        cmocka_unit_test(knows_the_length_of_the_body),
        cmocka_unit_test(refuses_ambiguous_lengths),
        cmocka_unit_test(refuses_bad_addresses),
        cmocka_unit_test(long_addresses_stop_at_their_limit),
        cmocka_unit_test(headers_stop_at_their_limit),
        cmocka_unit_test(host_is_needed_since_1_1),
        cmocka_unit_test(cookies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
