#include "http/negotiate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void language(void **state) {
    (void)state;
    assert_int_equal(negotiate_lang(STR("")), LANG_FR);
    assert_int_equal(negotiate_lang(STR("de, wo;q=0.9")), LANG_FR);
    assert_int_equal(negotiate_lang(STR("en")), LANG_EN);
    assert_int_equal(negotiate_lang(STR("en-US,en;q=0.5,fr;q=0.3")), LANG_EN);
    assert_int_equal(negotiate_lang(STR("fr-SN,fr;q=0.9,en;q=0.8")), LANG_FR);
    assert_int_equal(negotiate_lang(STR("fr;q=0.35, EN;q=0.4")), LANG_EN);
    assert_int_equal(negotiate_lang(STR("en;q=0")), LANG_FR);
    assert_int_equal(negotiate_lang(STR(";;,,q=,en;q=x")), LANG_FR);
}

static void encoding(void **state) {
    (void)state;
    assert_false(negotiate_gzip(STR("")));
    assert_true(negotiate_gzip(STR("gzip, deflate, br")));
    assert_true(negotiate_gzip(STR("deflate, GZIP;q=0.001")));
    assert_false(negotiate_gzip(STR("gzip;q=0, *;q=1")));
    assert_true(negotiate_gzip(STR("*")));
    assert_false(negotiate_gzip(STR("*;q=0.0")));
    assert_false(negotiate_gzip(STR("identity")));
}

static void coding_by_name(void **state) {
    (void)state;
    assert_true(negotiate_coding(STR("gzip, deflate, br"), STR("br")));
    assert_true(negotiate_coding(STR("BR;q=0.1"), STR("br")));
    assert_false(negotiate_coding(STR("gzip, br;q=0"), STR("br")));
    assert_false(negotiate_coding(STR("*"), STR("br")));
    assert_false(negotiate_coding(STR(""), STR("br")));
}

static void entity_tags(void **state) {
    (void)state;
    assert_true(negotiate_etag_matches(STR("*"), STR("W/\"a\"")));
    assert_true(negotiate_etag_matches(STR("\"x\", W/\"a\""), STR("W/\"a\"")));
    assert_true(negotiate_etag_matches(STR("\"a\""), STR("W/\"a\"")));
    assert_false(negotiate_etag_matches(STR("\"ab\""), STR("W/\"a\"")));
    assert_false(negotiate_etag_matches(STR(""), STR("W/\"a\"")));
}

static void media_types(void **state) {
    (void)state;
    struct str out = STR("");
    assert_true(media_type_is(STR("Application/JSON ; charset=utf-8"), STR("application/json")));
    assert_false(media_type_is(STR("application/jsonp"), STR("application/json")));
    assert_false(media_type_is(STR(""), STR("application/json")));
    assert_true(media_type_param(STR("multipart/form-data; Boundary=abc"), STR("boundary"), &out));
    assert_true(str_eq(out, STR("abc")));
    assert_true(media_type_param(STR("multipart/form-data; x=\"a;boundary=no\"; boundary=\"a b\""),
                                 STR("boundary"), &out));
    assert_true(str_eq(out, STR("a b")));
    assert_false(media_type_param(STR("multipart/form-data"), STR("boundary"), &out));
    assert_false(media_type_param(STR("m/f; boundary="), STR("boundary"), &out));
    assert_false(media_type_param(STR("m/f; boundary=\"a"), STR("boundary"), &out));
    assert_false(media_type_param(STR("m/f; boundary=\"a\\\"b\""), STR("boundary"), &out));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(language),    cmocka_unit_test(encoding),    cmocka_unit_test(coding_by_name),
        cmocka_unit_test(entity_tags), cmocka_unit_test(media_types),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
