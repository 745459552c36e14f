#include "test.h"

#include "base/buf.h"
#include "base/dotenv.h"

static struct arena *arena;
static struct buf seen;

static int start(void **state) {
    (void)state;
    arena = arena_new(1 << 20);
    buf_init(&seen, 4096);
    return arena ? 0 : -1;
}

static int stop(void **state) {
    (void)state;
    arena_free(arena);
    buf_done(&seen);
    return 0;
}

static enum status note(void *ctx, struct str name, struct str value, int line, struct err *e) {
    (void)ctx;
    if (str_eq(name, STR("STOP"))) return fail(e, E_CONFLICT, NULL, "stopped");
    buf_addf(&seen, "%d:%.*s=<%.*s>;", line, STR_ARG(name), STR_ARG(value));
    return OK;
}

static void reads_every_form(void **state) {
    (void)state;
    struct str text = STR("\xEF\xBB\xBF# comment\r\n"
                          "A=1\r\n"
                          "\n"
                          "  export B = two words  # said\n"
                          "C='it is $HOME # \\n'\n"
                          "D=\"a\\n\\t\\\"\\\\\\$\\x\" # more\n"
                          "E=\n"
                          "F=a#b\n"
                          "export\tG_9=#nothing\n"
                          "H=a=b");
    assert_int_equal(dotenv_parse(arena, text, note, NULL, NULL), OK);
    assert_str_equal(buf_str(&seen),
                     STR("2:A=<1>;4:B=<two words>;5:C=<it is $HOME # \\n>;6:D=<a\n\t\"\\$\\x>;7:E=<>;"
                         "8:F=<a#b>;9:G_9=<>;10:H=<a=b>;"));
}

static void names_the_bad_line(void **state) {
    (void)state;
    const struct str bad[] = { STR("A=1\nnonsense\n"), STR("\n9A=1"),         STR("#\n=1"),
                               STR("\nA='open"),       STR("\nA=\"open\\\""), STR("\nA='x' y"),
                               STR("\nexport"),        STR("\nA B=1"),        STR("\nÉ=1") };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct err e = { 0 };
        assert_int_equal(dotenv_parse(arena, bad[i], note, NULL, &e), E_INVALID);
        assert_string_equal(e.message->code, "env_line_invalid");
        assert_string_equal(e.arg, "2");
    }
}

static void refuses_what_is_not_text(void **state) {
    (void)state;
    struct err e = { 0 };
    assert_int_equal(dotenv_parse(arena, STR("A=\xFF"), note, NULL, &e), E_INVALID);
    assert_string_equal(e.message->code, "env_not_text");
    char *big = arena_alloc(arena, DOTENV_BYTES_MAX + 1);
    assert_non_null(big);
    memset(big, '\n', DOTENV_BYTES_MAX + 1);
    assert_int_equal(dotenv_parse(arena, (struct str) { big, DOTENV_BYTES_MAX }, note, NULL, NULL), OK);
    assert_int_equal(dotenv_parse(arena, (struct str) { big, DOTENV_BYTES_MAX + 1 }, note, NULL, NULL),
                     E_INVALID);
}

static void stops_when_told(void **state) {
    (void)state;
    assert_int_equal(dotenv_parse(arena, STR("A=1\nSTOP=1\nB=1"), note, NULL, NULL), E_CONFLICT);
    assert_str_equal(buf_str(&seen), STR("1:A=<1>;"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reads_every_form, start, stop),
        cmocka_unit_test_setup_teardown(names_the_bad_line, start, stop),
        cmocka_unit_test_setup_teardown(refuses_what_is_not_text, start, stop),
        cmocka_unit_test_setup_teardown(stops_when_told, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
