#include "http/urlencoded.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void decodes(void **state) {
    (void)state;
    struct arena *arena = arena_new(4096);
    struct str out;
    assert_true(urlencoded_decode(arena, STR("a+b%20%C3%A9"), true, &out));
    assert_true(str_eq(out, STR("a b \xC3\xA9")));
    assert_true(urlencoded_decode(arena, STR("a+b"), false, &out));
    assert_true(str_eq(out, STR("a+b")));
    assert_false(urlencoded_decode(arena, STR("%"), true, &out));
    assert_false(urlencoded_decode(arena, STR("%4"), true, &out));
    assert_false(urlencoded_decode(arena, STR("%4g"), true, &out));
    arena_free(arena);
}

static void finds_pairs(void **state) {
    (void)state;
    struct arena *arena = arena_new(4096);
    struct str raw = STR("&a=1&&b=x%3Dy&a=2&flag&na%6De=v"), out = STR("old");
    assert_true(urlencoded_get(arena, raw, STR("a"), &out));
    assert_true(str_eq(out, STR("1")));
    assert_true(urlencoded_get(arena, raw, STR("b"), &out));
    assert_true(str_eq(out, STR("x=y")));
    assert_true(urlencoded_get(arena, raw, STR("flag"), &out));
    assert_int_equal(out.n, 0);
    assert_true(urlencoded_get(arena, raw, STR("name"), &out));
    assert_false(urlencoded_get(arena, raw, STR("nam"), &out));
    assert_false(urlencoded_get(arena, STR(""), STR("a"), &out));
    arena_free(arena);
}

static void refuses_what_is_not_clean_text(void **state) {
    (void)state;
    static const char *const good[] = {
        "", "a=b", "%C3%A9", "\xC3\xA9", "%F4%8F%BF%BF", "%E2%82%AC+x", "%7e"
    };
    static const char *const bad[] = { "%00", "%0a",    "%7F",       "%C3",          "%C3x",
                                       "%ff", "%C0%80", "%ED%A0%80", "%F4%90%80%80", "%E0%80%80",
                                       "%zz", "\x01",   "%80",       "%F5%80%80%80" };
    for (size_t i = 0; i < COUNT_OF(good); i++) assert_true(urlencoded_is_valid(str_from_c(good[i]), false));
    for (size_t i = 0; i < COUNT_OF(bad); i++) assert_false(urlencoded_is_valid(str_from_c(bad[i]), false));
    assert_false(urlencoded_is_valid(STR("a\0b"), true));
    assert_true(urlencoded_is_valid(STR("Body=a%0D%0Ab"), true));
    assert_false(urlencoded_is_valid(STR("Body=a%00"), true));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decodes),
        cmocka_unit_test(finds_pairs),
        cmocka_unit_test(refuses_what_is_not_clean_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
