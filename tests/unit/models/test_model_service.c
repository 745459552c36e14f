#include "test.h"

#include "model_site.h"

#include "net/breaker.h"

static struct model_site site;

static const char good[] =
    "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"{\\\"answer\\\":\\\"Oui.\\\"}\"}]},\"finishReason\":\"STOP\"}]}";

#define RETRY(delay)                                                                                           \
    "{\"error\":{\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"" delay \
    "\"}]}}"
#define PER_DAY                                                                                              \
    "{\"error\":{\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.QuotaFailure\",\"violations\":"    \
    "[{\"quotaId\":\"GenerateRequestsPerDayPerProject\"}]},"                                                 \
    "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"1s\"}]}}"

static void open_site(const struct fake_answer *answers, size_t count) {
    model_site_open(&site, SITE_GEMINI, answers, count);
}

static void what_passes_is_tried_again(void **state) {
    (void)state;
    static const struct fake_answer answers[] = { { 503, "{}" }, { 429, RETRY("0.05s") }, { 200, good } };
    open_site(answers, COUNT_OF(answers));
    struct generation g = site_generate_for(&site, 20 * SECOND_US);
    check_outcome(&g, GENERATED, "at last");
    assert_int_equal(g.calls, 3);
    assert_int_equal(g.http_code, 200);
    assert_int_equal(models_generator_state(site.models, clock_monotonic_us()), MODEL_READY);
    model_site_close(&site);
}

static void a_broken_connection_is_tried_again(void **state) {
    (void)state;
    static const struct fake_answer answers[] = { { 200, good, NULL, FAKE_CUT }, { 200, good } };
    open_site(answers, COUNT_OF(answers));
    struct generation g = site_generate_for(&site, 20 * SECOND_US);
    check_outcome(&g, GENERATED, "again");
    assert_int_equal(g.calls, 2);
    model_site_close(&site);
}

static void three_times_is_enough_and_then_nobody_waits(void **state) {
    (void)state;
    static const struct fake_answer answers[] = {
        { 503, "{}" }, { 503, "{}" }, { 503, "{}" }, { 200, good }
    };
    open_site(answers, COUNT_OF(answers));
    struct generation g = site_generate_for(&site, 20 * SECOND_US);
    check_outcome(&g, GENERATION_BUSY, "busy");
    assert_int_equal(g.calls, 3);
    assert_int_equal(models_generator_state(site.models, clock_monotonic_us()), MODEL_PAUSED);
    assert_int_equal(models_embedder_state(site.models, clock_monotonic_us()), MODEL_READY);
    g = site_generate_for(&site, 20 * SECOND_US);
    check_outcome(&g, GENERATION_BUSY, "paused");
    assert_int_equal(g.calls, 0);
    assert_int_equal(g.http_code, 0);
    assert_int_equal(fake_service_request_count(site.service), 3);
    model_site_close(&site);
}

static void a_wait_beyond_the_deadline_is_not_begun(void **state) {
    (void)state;
    static const struct fake_answer asked[] = { { 429, RETRY("30s") } },
                                    header[] = { { 503, "{}", "Retry-After: 30\r\n" } };
    for (int i = 0; i < 2; i++) {
        open_site(i ? header : asked, 1);
        struct generation g = site_generate_for(&site, 10 * SECOND_US);
        check_outcome(&g, GENERATION_BUSY, "busy");
        assert_int_equal(g.calls, 1);
        assert_true(g.duration_us < 5 * SECOND_US);
        assert_int_equal(models_generator_state(site.models, clock_monotonic_us() + 25 * SECOND_US),
                         MODEL_PAUSED);
        assert_int_equal(models_generator_state(site.models, clock_monotonic_us() + 31 * SECOND_US),
                         MODEL_READY);
        model_site_close(&site);
    }
}

static void a_spent_day_is_respected(void **state) {
    (void)state;
    static const struct fake_answer answers[] = { { 429, PER_DAY }, { 200, good } };
    open_site(answers, COUNT_OF(answers));
    struct generation g = site_generate_for(&site, 10 * SECOND_US);
    check_outcome(&g, GENERATION_BUSY, "spent");
    assert_int_equal(g.calls, 1);
    const struct clock clock = clock_system();
    int64_t wall_us = clock_now_us(&clock), rest_us = DAY_US - (wall_us + DAY_US - 8 * HOUR_US) % DAY_US;
    assert_int_equal(models_generator_state(site.models, clock_monotonic_us() + rest_us - MINUTE_US),
                     rest_us > MINUTE_US ? MODEL_PAUSED : MODEL_READY);
    assert_int_equal(models_generator_state(site.models, clock_monotonic_us() + rest_us + MINUTE_US),
                     MODEL_READY);
    model_site_close(&site);
}

static void a_slow_service_is_late(void **state) {
    (void)state;
    static const struct fake_answer answers[] = { { .end = FAKE_HOLD } };
    open_site(answers, 1);
    struct generation g = site_generate_for(&site, SECOND_US / 2);
    check_outcome(&g, GENERATION_LATE, "late");
    assert_int_equal(g.calls, 1);
    assert_true(g.duration_us >= SECOND_US / 3);
    g = site_generate_for(&site, 0);
    check_outcome(&g, GENERATION_LATE, "no time");
    assert_int_equal(g.calls, 0);
    model_site_close(&site);
}

static void nobody_there_is_not_waited_for(void **state) {
    (void)state;
    open_site(NULL, 0);
    char url[64];
    snprintf(url, sizeof url, "http://127.0.0.1:%d", fake_service_closed_port());
    const struct config config = { .llm = LLM_OPENAI,
                                   .openai_base_url = str_from_c(url),
                                   .openai_model = STR("a-model") };
    models_close(site.models);
    assert_int_equal(models_open(site.arena, &config, site.client, &site.models, NULL), OK);
    assert_null(models_embedder(site.models));
    assert_int_equal(models_embedder_state(site.models, 1), MODEL_NONE);
    for (int i = 0; i < BREAKER_FAILURES_MAX; i++) {
        struct generation g = site_generate_for(&site, 10 * SECOND_US);
        check_outcome(&g, GENERATION_UNREACHABLE, "nobody");
        assert_int_equal(g.calls, 1);
    }
    struct generation g = site_generate_for(&site, 10 * SECOND_US);
    check_outcome(&g, GENERATION_BUSY, "paused");
    model_site_close(&site);
}

static void what_is_missing_is_named(void **state) {
    (void)state;
    static const struct {
        struct config config;
        const char *missing;
    } cases[] = {
        { { .llm = LLM_GEMINI }, "GEMINI_API_KEY" },
        { { .embedder = EMBEDDER_GEMINI }, "GEMINI_API_KEY" },
        { { .llm = LLM_OPENAI }, "OPENAI_BASE_URL" },
        { { .llm = LLM_OPENAI, .openai_base_url = { "http://127.0.0.1/v1", 19 } }, "OPENAI_MODEL" },
        { { .embedder = EMBEDDER_OPENAI, .openai_base_url = { "http://127.0.0.1/v1", 19 } },
          "OPENAI_EMBED_MODEL" },
        { { .llm = LLM_GEMINI, .gemini_api_key = { "k", 1 }, .gemini_model = { "a/b", 3 } }, "GEMINI_MODEL" },
    };
    open_site(NULL, 0);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct models *m = NULL;
        struct err e = { 0 };
        assert_int_equal(models_open(site.arena, &cases[i].config, site.client, &m, &e), E_INVALID);
        assert_string_equal(e.arg, cases[i].missing);
    }
    model_site_close(&site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_passes_is_tried_again),
        cmocka_unit_test(a_broken_connection_is_tried_again),
        cmocka_unit_test(three_times_is_enough_and_then_nobody_waits),
        cmocka_unit_test(a_wait_beyond_the_deadline_is_not_begun),
        cmocka_unit_test(a_spent_day_is_respected),
        cmocka_unit_test(a_slow_service_is_late),
        cmocka_unit_test(nobody_there_is_not_waited_for),
        cmocka_unit_test(what_is_missing_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
