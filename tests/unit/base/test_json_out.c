#include "test.h"

#include "base/json_out.h"

#include <jansson.h>
#include <math.h>

static struct buf out;

static int start(void **state) {
    (void)state;
    buf_init(&out, 1 << 16);
    return 0;
}

static int stop(void **state) {
    (void)state;
    buf_done(&out);
    return 0;
}

static void writes_fields(void **state) {
    (void)state;
    struct json_out j = json_out_to(&out);
    json_put_object(&j);
    json_field_str(&j, "s", STR("a\"b"));
    json_field_str(&j, "empty", STR(""));
    json_field_str_or_null(&j, "said", STR("x"));
    json_field_str_or_null(&j, "unsaid", STR(""));
    json_field_int(&j, "i", 0);
    json_field_id_or_null(&j, "id", 7);
    json_field_id_or_null(&j, "none", 0);
    json_field_real(&j, "r", 0.5);
    json_field_bool(&j, "b", true);
    json_field_null(&j, "n");
    json_field_raw(&j, "raw", STR("[1]"));
    json_field_time(&j, "t", 0);
    json_field_date_or_null(&j, "day", (struct date) { 2026, 11, 5 });
    json_field_date_or_null(&j, "no_day", (struct date) { 0 });
    json_put_object_end(&j);
    assert_str_equal(
        buf_str(&out),
        STR("{\"s\":\"a\\\"b\",\"empty\":\"\",\"said\":\"x\",\"unsaid\":null,\"i\":0,\"id\":7,\"none\":null,"
            "\"r\":0.5,\"b\":true,\"n\":null,\"raw\":[1],\"t\":null,\"day\":\"2026-11-05\",\"no_day\":null}"));
}

static void writes_nested_values(void **state) {
    (void)state;
    struct json_out j = json_out_to(&out);
    json_put_object(&j);
    json_put_key(&j, "a");
    json_put_array(&j);
    json_put_int(&j, -1);
    json_put_object(&j);
    json_put_object_end(&j);
    json_put_array(&j);
    json_put_array_end(&j);
    json_put_bool(&j, true);
    json_put_bool(&j, false);
    json_put_array_end(&j);
    json_put_key(&j, "b");
    json_put_null(&j);
    json_put_key(&j, "c");
    json_put_raw(&j, STR("[1]"));
    json_put_key(&j, "t");
    json_put_time(&j, 0);
    json_put_key(&j, "u");
    json_put_time(&j, 1);
    json_put_object_end(&j);
    assert_str_equal(buf_str(&out), STR("{\"a\":[-1,{},[],true,false],\"b\":null,\"c\":[1],\"t\":null,"
                                        "\"u\":\"1970-01-01T00:00:00.000001Z\"}"));
}

static void escapes_strings(void **state) {
    (void)state;
    struct json_out j = json_out_to(&out);
    json_put_str(&j, STR("\"\\/\b\f\n\r\t\x01\x1f\x7f\0é€😀"));
    assert_str_equal(buf_str(&out), STR("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\\u0000é€😀\""));
}

static void mends_broken_text(void **state) {
    (void)state;
    struct json_out j = json_out_to(&out);
    json_put_str(&j, STR("a\xC3(\xED\xA0\x80\xEF\xBF\xBD\xF0\x9F"));
    assert_str_equal(buf_str(&out), STR("\"a\xEF\xBF\xBD(\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
                                        "\xEF\xBF\xBD\xEF\xBF\xBD\""));
}

static void numbers_read_back_the_same(void **state) {
    (void)state;
    const double values[] = { 0, -0.5, 0.1, 1.0 / 3, 1e300, 5e-324, 123456789.125, 2.5e-7, 1e21 };
    for (size_t i = 0; i < COUNT_OF(values); i++) {
        struct json_out j = json_out_to(&out);
        buf_clear(&out);
        json_put_array(&j);
        json_put_real(&j, values[i]);
        json_put_array_end(&j);
        json_t *doc = json_loadb(out.p, out.n, 0, NULL);
        assert_non_null(doc);
        assert_true(json_number_value(json_array_get(doc, 0)) == values[i]);
        json_decref(doc);
    }
    struct json_out j = json_out_to(&out);
    buf_clear(&out);
    json_put_array(&j);
    json_put_real(&j, 0.1);
    json_put_real(&j, NAN);
    json_put_real(&j, -INFINITY);
    json_put_array_end(&j);
    assert_str_equal(buf_str(&out), STR("[0.1,null,null]"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(writes_fields, start, stop),
        cmocka_unit_test_setup_teardown(writes_nested_values, start, stop),
        cmocka_unit_test_setup_teardown(escapes_strings, start, stop),
        cmocka_unit_test_setup_teardown(mends_broken_text, start, stop),
        cmocka_unit_test_setup_teardown(numbers_read_back_the_same, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
