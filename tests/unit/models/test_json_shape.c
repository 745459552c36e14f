#include "test.h"

#include "models/json_shape.h"

static bool fits(const char *schema, const char *value) {
    json_t *s = json_loads(schema, JSON_DECODE_ANY, NULL), *v = json_loads(value, JSON_DECODE_ANY, NULL);
    assert_non_null(s);
    assert_non_null(v);
    bool answer = json_shape_fits(v, s);
    json_decref(s);
    json_decref(v);
    return answer;
}

#define SENTENCES                                                                                            \
    "{\"type\":\"object\",\"required\":[\"sentences\"],\"additionalProperties\":false,\"properties\":{"      \
    "\"sentences\":{\"type\":\"array\",\"minItems\":1,\"maxItems\":2,\"items\":{\"type\":\"object\","        \
    "\"required\":[\"text\",\"from\"],\"properties\":{\"text\":{\"type\":\"string\"},"                       \
    "\"from\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"}},"                                        \
    "\"kind\":{\"type\":\"string\",\"enum\":[\"fact\",\"word\"]}}}}}}"

static void what_is_asked_for_fits(void **state) {
    (void)state;
    assert_true(fits(SENTENCES, "{\"sentences\":[{\"text\":\"a\",\"from\":[1,2]}]}"));
    assert_true(fits(SENTENCES, "{\"sentences\":[{\"text\":\"\",\"from\":[],\"kind\":\"fact\"},"
                                "{\"text\":\"b\",\"from\":[3],\"more\":true}]}"));
    assert_true(fits("{}", "7"));
}

static void what_is_not_does_not(void **state) {
    (void)state;
    static const char *const bad[] = {
        "{}",
        "[]",
        "{\"sentences\":{}}",
        "{\"sentences\":[]}",
        "{\"sentences\":[{},{},{}]}",
        "{\"sentences\":[{\"text\":\"a\"}]}",
        "{\"sentences\":[{\"text\":7,\"from\":[1]}]}",
        "{\"sentences\":[{\"text\":null,\"from\":[1]}]}",
        "{\"sentences\":[{\"text\":\"a\",\"from\":[1.5]}]}",
        "{\"sentences\":[{\"text\":\"a\",\"from\":[\"1\"]}]}",
        "{\"sentences\":[{\"text\":\"a\",\"from\":1}]}",
        "{\"sentences\":[{\"text\":\"a\",\"from\":[1],\"kind\":\"lie\"}]}",
        "{\"sentences\":[{\"text\":\"a\",\"from\":[1]}],\"more\":1}",
        "{\"sentences\":[\"a\"]}",
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        if (fits(SENTENCES, bad[i])) fail_msg("%s fits", bad[i]);
}

static void each_type_is_known(void **state) {
    (void)state;
    static const struct {
        const char *schema, *good, *bad;
    } types[] = {
        { "{\"type\":\"string\"}", "\"\"", "1" },    { "{\"type\":\"integer\"}", "1", "1.0" },
        { "{\"type\":\"number\"}", "1.5", "\"1\"" }, { "{\"type\":\"boolean\"}", "false", "0" },
        { "{\"type\":\"null\"}", "null", "0" },      { "{\"type\":\"array\"}", "[]", "{}" },
        { "{\"type\":\"object\"}", "{}", "[]" },
    };
    for (size_t i = 0; i < COUNT_OF(types); i++) {
        assert_true(fits(types[i].schema, types[i].good));
        assert_false(fits(types[i].schema, types[i].bad));
    }
    assert_false(fits("{\"type\":\"tuple\"}", "1"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_asked_for_fits),
        cmocka_unit_test(what_is_not_does_not),
        cmocka_unit_test(each_type_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
