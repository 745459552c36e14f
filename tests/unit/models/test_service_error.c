#include "test.h"

#include "models/service_error.h"

static void durations_of_protobuf_are_read(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int64_t us;
    } cases[] = { { "37s", 37 * SECOND_US },
                  { "1.5s", 1500000 },
                  { "0.05s", 50000 },
                  { "0.123456789s", 123456 },
                  { "1.s", SECOND_US },
                  { "99999999999999999999s", DAY_US },
                  { "0s", 0 },
                  { "s", 0 },
                  { "", 0 },
                  { "37", 0 },
                  { "-3s", 0 },
                  { ".5s", 0 },
                  { "1.2.3s", 0 },
                  { "1h", 0 } };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        if (service_error_duration_us(str_from_c(cases[i].text)) != cases[i].us)
            fail_msg("%s is %lld", cases[i].text,
                     (long long)service_error_duration_us(str_from_c(cases[i].text)));
}

static void the_day_of_a_quota_ends_at_eight(void **state) {
    (void)state;
    int64_t midnight = 20000 * DAY_US;
    assert_int_equal(service_error_day_rest_us(midnight), 8 * HOUR_US);
    assert_int_equal(service_error_day_rest_us(midnight + 7 * HOUR_US), HOUR_US);
    assert_int_equal(service_error_day_rest_us(midnight + 8 * HOUR_US), DAY_US);
    assert_int_equal(service_error_day_rest_us(midnight + 20 * HOUR_US), 12 * HOUR_US);
}

#define DETAIL(type, more)                                                                                   \
    "{\"error\":{\"code\":429,\"details\":[{\"@type\":\"type.googleapis.com/google.rpc." type "\"," more     \
    "}]}}"

static void details_of_google_are_read(void **state) {
    (void)state;
    struct service_error e = service_error_read(STR(DETAIL("RetryInfo", "\"retryDelay\":\"2s\"")));
    assert_int_equal(e.retry_us, 2 * SECOND_US);
    assert_false(e.day_is_spent || e.key_refused);
    e = service_error_read(STR("[" DETAIL("RetryInfo", "\"retryDelay\":\"2s\"") "]"));
    assert_int_equal(e.retry_us, 2 * SECOND_US);
    e = service_error_read(
        STR(DETAIL("QuotaFailure", "\"violations\":[{\"quotaId\":\"RequestsPerMinute\"},"
                                   "{\"quotaId\":\"GenerateRequestsPerDayPerProjectPerModel-FreeTier\"}]")));
    assert_true(e.day_is_spent);
    e = service_error_read(
        STR(DETAIL("QuotaFailure", "\"violations\":[{\"quotaId\":\"RequestsPerMinute\"}]")));
    assert_false(e.day_is_spent);
    e = service_error_read(STR(DETAIL("ErrorInfo", "\"reason\":\"API_KEY_INVALID\"")));
    assert_true(e.key_refused);
}

static void codes_of_openai_are_read(void **state) {
    (void)state;
    assert_true(service_error_read(STR("{\"error\":{\"code\":\"insufficient_quota\"}}")).day_is_spent);
    assert_true(service_error_read(STR("{\"error\":{\"code\":\"invalid_api_key\"}}")).key_refused);
}

static void what_is_not_understood_says_nothing(void **state) {
    (void)state;
    static const char *const bodies[] = {
        "",
        "<html>502</html>",
        "null",
        "[]",
        "{\"error\":\"busy\"}",
        "{\"error\":{\"details\":{}}}",
        "{\"error\":{\"details\":[7,null,{\"@type\":3}]}}",
        DETAIL("RetryInfo", "\"retryDelay\":2"),
        DETAIL("QuotaFailure", "\"violations\":{\"quotaId\":\"PerDay\"}"),
    };
    for (size_t i = 0; i < COUNT_OF(bodies); i++) {
        struct service_error e = service_error_read(str_from_c(bodies[i]));
        if (e.retry_us || e.day_is_spent || e.key_refused) fail_msg("%s", bodies[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(durations_of_protobuf_are_read),
        cmocka_unit_test(the_day_of_a_quota_ends_at_eight),
        cmocka_unit_test(details_of_google_are_read),
        cmocka_unit_test(codes_of_openai_are_read),
        cmocka_unit_test(what_is_not_understood_says_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
