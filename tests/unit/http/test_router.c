#include "http/router.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static const struct route routes[] = {
    { .method = HTTP_GET, .path = "/api/patients/" },
    { .method = HTTP_POST, .path = "/api/patients/" },
    { .method = HTTP_GET, .path = "/api/patients/{id}/" },
    { .method = HTTP_POST, .path = "/api/patients/confirm/" },
    { .method = HTTP_GET, .path = "/api/patients/{id}/timeline/" },
    { .method = HTTP_GET, .path = "/api/documents/{id}/pages/{n}/image/" },
    { .method = HTTP_POST, .path = "/webhook/whatsapp-rag" },
    { .method = HTTP_POST, .path = "/webhook/confirm-{token}" },
    { .method = HTTP_GET, .path = "/files/{name}.pdf" },
    { .method = HTTP_GET, .path = "/" },
    { 0 },
};

static int room;

static int begin(void **state) {
    const struct route_set sets[] = { { routes, &room }, { 0 } };
    struct router *r = NULL;
    struct err e = { 0 };
    if (router_new(sets, &r, &e) != OK) return -1;
    *state = r;
    return 0;
}

static int end(void **state) {
    router_free(*state);
    return 0;
}

static void assert_found(const struct router *r, enum http_method m, const char *path, const char *pattern,
                         const char *arg0, const char *arg1) {
    struct route_match match;
    assert_int_equal(router_find(r, m, str_from_c(path), &match), ROUTE_FOUND);
    assert_string_equal(match.route->path, pattern);
    assert_int_equal(match.route->method, m);
    assert_ptr_equal(match.room, &room);
    assert_true(str_eq(match.args[0], str_from_c(arg0)));
    assert_true(str_eq(match.args[1], str_from_c(arg1)));
}

static void finds_words_before_arguments(void **state) {
    assert_found(*state, HTTP_GET, "/api/patients/", "/api/patients/", "", "");
    assert_found(*state, HTTP_POST, "/api/patients/", "/api/patients/", "", "");
    assert_found(*state, HTTP_GET, "/api/patients/17/", "/api/patients/{id}/", "17", "");
    assert_found(*state, HTTP_POST, "/api/patients/confirm/", "/api/patients/confirm/", "", "");
    assert_found(*state, HTTP_GET, "/api/patients/17/timeline/", "/api/patients/{id}/timeline/", "17", "");
    assert_found(*state, HTTP_GET, "/api/documents/3/pages/4/image/", "/api/documents/{id}/pages/{n}/image/",
                 "3", "4");
    assert_found(*state, HTTP_POST, "/webhook/whatsapp-rag", "/webhook/whatsapp-rag", "", "");
    assert_found(*state, HTTP_POST, "/webhook/confirm-a%2Fb", "/webhook/confirm-{token}", "a%2Fb", "");
    assert_found(*state, HTTP_GET, "/files/x.y.pdf", "/files/{name}.pdf", "x.y", "");
    assert_found(*state, HTTP_GET, "/", "/", "", "");
}

static void tells_what_is_missing(void **state) {
    const struct router *r = *state;
    struct route_match match;
    static const char *const none[] = { "",
                                        "api",
                                        "/api/",
                                        "/api//",
                                        "//",
                                        "/api/patients//",
                                        "/api/patients/1/2/",
                                        "/webhook/confirm-",
                                        "/files/.pdf",
                                        "/a/b/c/d/e/f/g/h/i/j/",
                                        "/api/patients/17/timeline/x",
                                        "/webhook/whatsapp-rag/" };
    for (size_t i = 0; i < COUNT_OF(none); i++)
        assert_int_equal(router_find(r, HTTP_GET, str_from_c(none[i]), &match), ROUTE_NONE);
    assert_int_equal(router_find(r, HTTP_GET, STR("/api/patients"), &match), ROUTE_SLASH_MISSING);
    assert_int_equal(router_find(r, HTTP_GET, STR("/api/patients/1"), &match), ROUTE_SLASH_MISSING);
    assert_int_equal(router_find(r, HTTP_DELETE, STR("/api/patients/"), &match), ROUTE_OTHER_METHOD);
    assert_int_equal(match.methods, HTTP_GET | HTTP_POST);
    assert_int_equal(router_find(r, HTTP_GET, STR("/api/patients/confirm/"), &match), ROUTE_OTHER_METHOD);
    assert_int_equal(match.methods, HTTP_POST);
    assert_int_equal(router_find(r, 0, STR("/api/patients/"), &match), ROUTE_OTHER_METHOD);
}

static void refuses_tables_that_contradict_themselves(void **state) {
    (void)state;
    static const struct route twice[] = { { .method = HTTP_GET, .path = "/a/" },
                                          { .method = HTTP_GET, .path = "/a/" },
                                          { 0 } };
    static const struct route open_brace[] = { { .method = HTTP_GET, .path = "/{a/" }, { 0 } };
    static const struct route no_name[] = { { .method = HTTP_GET, .path = "/{}/" }, { 0 } };
    static const struct route no_slash[] = { { .method = HTTP_GET, .path = "a/" }, { 0 } };
    static const struct route many_args[] = { { .method = HTTP_GET, .path = "/{a}/{b}/{c}/{d}/" }, { 0 } };
    static const struct route no_method[] = { { .path = "/a/" }, { 0 } };
    static const struct route *const bad[] = { twice, open_brace, no_name, no_slash, many_args, no_method };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        const struct route_set sets[] = { { bad[i], NULL }, { 0 } };
        struct router *r = NULL;
        struct err e = { 0 };
        assert_int_equal(router_new(sets, &r, &e), E_INTERNAL);
        assert_null(r);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(finds_words_before_arguments, begin, end),
        cmocka_unit_test_setup_teardown(tells_what_is_missing, begin, end),
        cmocka_unit_test(refuses_tables_that_contradict_themselves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
