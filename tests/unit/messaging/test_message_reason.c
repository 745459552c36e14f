/* Why somebody did not get a broadcast, in words: every reason of ours, carriers' codes, and what is not known. */
#include "test.h"

#include "broadcasts/target.h"
#include "messaging/message_reason.h"

static const char *words(const char *reason, enum lang lang, char out[256]) {
    size_t n = message_reason(str_from_c(reason), lang, out, 256);
    assert_int_equal(n, strlen(out));
    return out;
}

static void every_reason_of_ours_has_words(void **state) {
    static const char *const ours[] = {
        LEFT_NO_NUMBER, LEFT_PENDING,       LEFT_INACTIVE,         LEFT_NO_CONSENT,
        LEFT_OPTED_OUT, LEFT_WINDOW_CLOSED, LEFT_MISSING_FIELD,    LEFT_SAME_NUMBER,
        LEFT_TOO_LONG,  LEFT_ERASED,        "cancelled",           "gave_up",
        "refused",      "not_needed",       "earlier_part_failed", "restored",
    };
    char fr[256], en[256];
    (void)state;
    for (size_t i = 0; i < COUNT_OF(ours); i++) {
        assert_null(strstr(words(ours[i], LANG_FR, fr), "code"));
        assert_null(strstr(words(ours[i], LANG_EN, en), "code"));
        assert_string_not_equal(fr, en);
    }
}

static void codes_of_both_carriers_mean_the_same(void **state) {
    static const char *const pairs[][2] = {
        { "63024", "131026" }, { "63016", "131047" }, { "63049", "131049" },
        { "63014", "131050" }, { "63041", "132015" }, { "20003", "190" },
    };
    char twilio[256], meta[256];
    (void)state;
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        assert_string_equal(words(pairs[i][0], LANG_FR, twilio), words(pairs[i][1], LANG_FR, meta));
        assert_null(strstr(twilio, "code"));
    }
}

static void what_asks_for_the_same_is_of_one_kind(void **state) {
    (void)state;
    assert_string_equal(message_reason_kind(STR("63024")), message_reason_kind(STR("131026")));
    assert_string_equal(message_reason_kind(STR("63024")), "unreachable");
    assert_string_equal(message_reason_kind(STR("opted_out")), "opted_out");
    assert_string_equal(message_reason_kind(STR("99999")), "unknown");
    assert_string_equal(message_reason_kind(STR("")), "");
}

static void what_is_not_known_is_said_as_it_is(void **state) {
    char out[256];
    (void)state;
    assert_string_equal(words("77777", LANG_EN, out), "refused by the carrier (code 77777)");
    assert_string_equal(words("6302", LANG_FR, out),
                        "refusé par l’opérateur (code 6302)"); /* part of another */
    assert_string_equal(words("", LANG_FR, out), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_reason_of_ours_has_words),
        cmocka_unit_test(codes_of_both_carriers_mean_the_same),
        cmocka_unit_test(what_asks_for_the_same_is_of_one_kind),
        cmocka_unit_test(what_is_not_known_is_said_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
