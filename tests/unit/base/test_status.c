#include "test.h"

#include "base/status.h"

#include <errno.h>

static const struct message taken = { "phone_taken", "Le numéro {} est déjà pris.",
                                      "The number {} is taken." };
static const struct message wordless = { "only_code", NULL, NULL };

static void keeps_the_first_reason(void **state) {
    (void)state;
    struct err e = { 0 };
    errno = ENOSPC;
    assert_int_equal(fail_errno(&e, E_RETRY, NULL, "write of %d bytes", 12), E_RETRY);
    assert_int_equal(fail(&e, E_CONFLICT, &taken, "later"), E_CONFLICT);
    assert_string_equal(e.detail, "write of 12 bytes");
    assert_int_equal(e.sys, ENOSPC);
    assert_null(e.message);
    assert_int_equal(fail_field(&e, STR("phone"), &taken, STR("")), E_INVALID);
    assert_int_equal(e.field_count, 0);
}

static void works_without_an_err(void **state) {
    (void)state;
    assert_int_equal(fail(NULL, E_DENIED, &taken, "x"), E_DENIED);
    assert_int_equal(fail_field(NULL, STR("a"), &taken, STR("b")), E_INVALID);
    err_arg(NULL, STR("b"));
}

static void collects_fields_up_to_the_limit(void **state) {
    (void)state;
    struct err e = { 0 };
    for (int i = 0; i < ERR_FIELDS_MAX + 3; i++)
        assert_int_equal(fail_field(&e, STR("f"), &taken, STR("1")), E_INVALID);
    assert_int_equal(e.field_count, ERR_FIELDS_MAX);
    assert_string_equal(e.fields[0].arg, "1");
    assert_int_equal(fail(&e, E_RETRY, NULL, "later"), E_RETRY);
    assert_string_equal(e.detail, "");
}

static void writes_words(void **state) {
    (void)state;
    char out[64];
    assert_int_equal(message_text(&taken, LANG_EN, STR("77"), out, sizeof out), 23);
    assert_string_equal(out, "The number 77 is taken.");
    message_text(&taken, LANG_WO, STR("77"), out, sizeof out);
    assert_string_equal(out, "Le numéro 77 est déjà pris.");
    message_text(&wordless, LANG_FR, STR(""), out, sizeof out);
    assert_string_equal(out, "only_code");
}

static void cuts_at_whole_characters(void **state) {
    (void)state;
    char out[64];
    /* "Le num" and the two bytes of é: with room for seven bytes é does not fit. */
    assert_int_equal(message_text(&taken, LANG_FR, STR(""), out, 8), 6);
    assert_string_equal(out, "Le num");
    assert_int_equal(message_text(&taken, LANG_FR, STR(""), out, 1), 0);
    assert_int_equal(message_text(&taken, LANG_FR, STR(""), out, 0), 0);

    struct err e = { 0 };
    char longer[ERR_ARG_BYTES + 2];
    memset(longer, 'a', sizeof longer);
    memcpy(longer + ERR_ARG_BYTES - 2, "\xC3\xA9", 2);
    err_arg(&e, (struct str) { longer, sizeof longer });
    assert_int_equal(strlen(e.arg), ERR_ARG_BYTES - 2);
}

static void every_status_has_words_and_a_name(void **state) {
    (void)state;
    for (int s = OK; s < STATUS_COUNT; s++) {
        const struct message *m = status_message((enum status)s);
        assert_true(m->code && m->fr && m->en);
        assert_non_null(status_name((enum status)s));
        for (int t = OK; t < s; t++) assert_string_not_equal(m->code, status_message((enum status)t)->code);
    }
    assert_string_equal(status_name(E_NOT_FOUND), "E_NOT_FOUND");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_the_first_reason),
        cmocka_unit_test(works_without_an_err),
        cmocka_unit_test(collects_fields_up_to_the_limit),
        cmocka_unit_test(writes_words),
        cmocka_unit_test(cuts_at_whole_characters),
        cmocka_unit_test(every_status_has_words_and_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
