#include "test.h"

#include "patients/phone.h"
#include "patients/phone_plan.h"

struct sample {
    const char *in, *region, *out; /* out NULL: refused */
};

static void check(const struct sample *samples, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct phone phone = { "untouched", 9 };
        bool ok = phone_parse(str_from_c(samples[i].in), str_from_c(samples[i].region), &phone);
        if (ok != (samples[i].out != NULL)) fail_msg("'%s' in %s", samples[i].in, samples[i].region);
        assert_string_equal(phone.text, ok ? samples[i].out : "untouched");
        assert_int_equal(phone.n, strlen(phone.text));
    }
}

static void senegal(void **state) {
    static const struct sample samples[] = {
        { "+221771234567", "SN", "+221771234567" },
        { "771234567", "SN", "+221771234567" },
        { " 77 123 45 67 ", "SN", "+221771234567" },
        { "77.123.45.67", "SN", "+221771234567" },
        { "77-123-45-67", "SN", "+221771234567" },
        { "33 821 00 00", "SN", "+221338210000" },
        { "00221 77 123 45 67", "SN", "+221771234567" },
        { "221771234567", "SN", "+221771234567" },
        { "+221 (0)77 123 45 67", "SN", "+221771234567" },
        { "+221 077 123 45 67", "SN", "+221771234567" },
        { "0771234567", "SN", "+221771234567" },
        { "(+221) 77 123 45 67", "FR", "+221771234567" },
        { "+221\xC2\xA0"
          "77\xE2\x80\xAF"
          "123\xE2\x80\x91"
          "4567",
          "SN", "+221771234567" },
        { "+22177123456", "SN", NULL },
        { "+2217712345678", "SN", NULL },
        { "+221171234567", "SN", NULL },
        { "+22177123456", "FR", NULL },
        { "77123456", "SN", NULL },
        { "7712345678", "SN", NULL },
    };
    (void)state;
    check(samples, COUNT_OF(samples));
}

static void france_and_the_world(void **state) {
    static const struct sample samples[] = {
        { "06 12 34 56 78", "FR", "+33612345678" },
        { "+33 6 12 34 56 78", "SN", "+33612345678" },
        { "+33 06 12 34 56 78", "SN", "+33612345678" },
        { "+33 (0)6 12 34 56 78", "SN", "+33612345678" },
        { "0033612345678", "SN", "+33612345678" },
        { "+3361234567", "SN", NULL },
        { "06 12 34 56 7", "FR", NULL },
        { "(415) 555-2671", "US", "+14155552671" },
        { "1 415 555 2671", "US", "+14155552671" },
        { "011 221 77 123 45 67", "US", "+221771234567" },
        { "+39 06 1234 5678", "SN", "+390612345678" },
        { "+39 (0)6 1234 5678", "SN", "+390612345678" },
        { "030 123456", "DE", "+4930123456" },
        { "+49 (0)30 123456", "SN", "+4930123456" },
        { "8 495 123 45 67", "RU", "+74951234567" },
        { "+2250707123456", "SN", "+2250707123456" },
        { "+223 70 12 34 56", "SN", "+22370123456" },
        { "+999123456789", "SN", NULL },
    };
    (void)state;
    check(samples, COUNT_OF(samples));
}

static void what_is_no_number(void **state) {
    static const struct sample samples[] = {
        { "", "SN", NULL },
        { "+", "SN", NULL },
        { "+221", "SN", NULL },
        { "abc", "SN", NULL },
        { "77123456a", "SN", NULL },
        { "77+1234567", "SN", NULL },
        { "++221771234567", "SN", NULL },
        { "+1234567890123456", "SN", NULL },
        { "771234567771234567771234567", "SN", NULL },
        { "771234567; DROP TABLE patient", "SN", NULL },
        { "                                        771234567", "SN", NULL },
        { "771234567", "", NULL },
        { "771234567", "ZZ", NULL },
        { "\xD9\xA7\xD9\xA7", "SN", NULL },
    };
    (void)state;
    check(samples, COUNT_OF(samples));
    assert_true(phone_region_is_known(STR("SN")));
    assert_false(phone_region_is_known(STR("XX")));
    assert_false(phone_region_is_known(STR("")));
}

/* What was once made E.164 reads back as itself, from every region. */
static void reading_twice_changes_nothing(void **state) {
    static const char *const numbers[] = { "+221771234567", "+33612345678", "+14155552671", "+390612345678",
                                           "+4930123456",   "+22370123456", "+79161234567" };
    static const char *const regions[] = { "SN", "FR", "US", "IT", "DE", "RU" };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(numbers); i++) {
        for (size_t j = 0; j < COUNT_OF(regions); j++) {
            struct phone phone;
            assert_true(phone_parse(str_from_c(numbers[i]), str_from_c(regions[j]), &phone));
            assert_string_equal(phone.text, numbers[i]);
        }
    }
}

static void plans_are_found_by_code(void **state) {
    (void)state;
    assert_int_equal(phone_plan_of_digits(STR("221771234567"))->calling_code, 221);
    assert_int_equal(phone_plan_of_digits(STR("14155552671"))->calling_code, 1);
    assert_string_equal(phone_plan_of_digits(STR("14155552671"))->region, "US");
    assert_int_equal(phone_plan_of_digits(STR("998901234567"))->calling_code, 998);
    assert_null(phone_plan_of_digits(STR("999")));
    assert_null(phone_plan_of_digits(STR("")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(senegal),
        cmocka_unit_test(france_and_the_world),
        cmocka_unit_test(what_is_no_number),
        cmocka_unit_test(reading_twice_changes_nothing),
        cmocka_unit_test(plans_are_found_by_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
