#include "models/service_error.h"

#include <jansson.h>

static struct str string_of(const json_t *object, const char *name) {
    const json_t *value = json_object_get(object, name);
    return (struct str) { json_string_value(value), json_string_length(value) };
}

int64_t service_error_duration_us(struct str s) {
    int64_t us = 0, unit = SECOND_US;
    bool fraction = false;

    if (s.n < 2 || s.p[s.n - 1] != 's' || s.p[0] == '.') return 0;
    for (size_t i = 0; i + 1 < s.n; i++) {
        if (s.p[i] == '.' && !fraction) {
            fraction = true;
            continue;
        }
        if (s.p[i] < '0' || s.p[i] > '9') return 0;
        if (fraction)
            us += (s.p[i] - '0') * (unit /= 10);
        else if (us < DAY_US)
            us = us * 10 + (s.p[i] - '0') * SECOND_US;
    }
    return us < DAY_US ? us : DAY_US;
}

int64_t service_error_day_rest_us(int64_t now_us) {
    int64_t since_us = (now_us % DAY_US + DAY_US - 8 * HOUR_US) % DAY_US;
    return DAY_US - since_us;
}

static void read_detail(const json_t *detail, struct service_error *out) {
    struct str type = string_of(detail, "@type");
    const json_t *violations = json_object_get(detail, "violations");

    if (str_ends(type, STR("google.rpc.RetryInfo")))
        out->retry_us = service_error_duration_us(string_of(detail, "retryDelay"));
    if (str_ends(type, STR("google.rpc.ErrorInfo")) &&
        str_eq(string_of(detail, "reason"), STR("API_KEY_INVALID")))
        out->key_refused = true;
    if (!str_ends(type, STR("google.rpc.QuotaFailure"))) return;
    for (size_t i = 0; i < json_array_size(violations); i++) {
        struct str quota = string_of(json_array_get(violations, i), "quotaId");
        if (str_find(quota, STR("PerDay")) < quota.n) out->day_is_spent = true;
    }
}

struct service_error service_error_read(struct str body) {
    struct service_error out = { 0 };
    json_t *top = json_loadb(body.p ? body.p : "", body.n, 0, NULL);
    /* While it streams, Google wraps an error into an array. */
    const json_t *object = json_is_array(top) ? json_array_get(top, 0) : top;
    const json_t *error = json_object_get(object, "error"), *details = json_object_get(error, "details");

    for (size_t i = 0; i < json_array_size(details); i++) read_detail(json_array_get(details, i), &out);
    if (str_eq(string_of(error, "code"), STR("insufficient_quota"))) out.day_is_spent = true;
    if (str_eq(string_of(error, "code"), STR("invalid_api_key"))) out.key_refused = true;
    json_decref(top);
    return out;
}
