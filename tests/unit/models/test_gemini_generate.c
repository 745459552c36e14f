#include "test.h"

#include "model_site.h"

#include <jansson.h>

static struct model_site site;

static void open_site(const struct fake_answer *answers, size_t count) {
    model_site_open(&site, SITE_GEMINI, answers, count);
}

/* One candidate; `text` is JSON text of a string. */
#define CANDIDATE(parts, reason)                                                                             \
    "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[" parts "]},\"finishReason\":\"" reason    \
    "\"}],\"modelVersion\":\"gemini-x-001\",\"usageMetadata\":{\"promptTokenCount\":11,"                     \
    "\"candidatesTokenCount\":5,\"thoughtsTokenCount\":2}}"
#define PART(text) "{\"text\":\"" text "\"}"
#define WHOLE      "{\\\"answer\\\":\\\"Oui.\\\"}"

static const char good[] = CANDIDATE(PART(WHOLE), "STOP");

static void a_request_is_what_google_asks_for(void **state) {
    (void)state;
    static const struct fake_answer ok[] = { { 200, good } };
    open_site(ok, 1);
    struct generation g = site_generate_for(&site, 10 * SECOND_US);
    check_outcome(&g, GENERATED, "good");
    assert_str_equal(g.json, STR("{\"answer\":\"Oui.\"}"));
    assert_str_equal(g.model_version, STR("gemini-x-001"));
    assert_int_equal(g.http_code, 200);
    assert_int_equal(g.calls, 1);
    assert_int_equal(g.tokens_in, 11);
    assert_int_equal(g.tokens_out, 7);
    assert_int_equal(g.sent_bytes, fake_service_body(site.service, 0).n);
    struct str head = fake_service_head(site.service, 0);
    assert_true(
        str_starts(head, STR("POST /v1beta/models/gemini-3.5-flash-lite:generateContent HTTP/1.1\r\n")));
    assert_true(str_find(head, STR("\r\nx-goog-api-key: a-key\r\n")) < head.n);

    json_t *rq = site_request(&site, 0), *config = json_object_get(rq, "generationConfig");
    json_t *want = json_pack("{s:{s:[{s:s}]}, s:[{s:s,s:[{s:s}]}], s:[{s:s,s:s},{s:s,s:s}]}",
                             "systemInstruction", "parts", "text", "Be brief.", "contents", "role", "user",
                             "parts", "text", "Question \"\xc3\xa9\"?", "safetySettings", "category",
                             "HARM_CATEGORY_DANGEROUS_CONTENT", "threshold", "BLOCK_ONLY_HIGH", "category",
                             "HARM_CATEGORY_SEXUALLY_EXPLICIT", "threshold", "BLOCK_ONLY_HIGH");
    assert_int_equal(json_integer_value(json_object_get(config, "maxOutputTokens")), 100);
    assert_true(json_is_integer(json_object_get(config, "seed")));
    assert_string_equal(json_string_value(json_object_get(config, "responseMimeType")), "application/json");
    assert_true(json_is_object(json_object_get(config, "responseJsonSchema")));
    assert_string_equal(
        json_string_value(json_object_get(json_object_get(config, "thinkingConfig"), "thinkingLevel")),
        "MINIMAL");
    json_object_del(rq, "generationConfig");
    assert_true(json_equal(rq, want));
    json_decref(want);
    json_decref(rq);
    model_site_close(&site);
}

static void what_comes_is_judged(void **state) {
    (void)state;
    static const struct {
        const char *about, *body;
        enum generation_outcome outcome;
    } cases[] = {
        { "two parts", CANDIDATE(PART("{\\\"answer\\\":") "," PART("\\\"b\\\"}"), "STOP"), GENERATED },
        { "a thought first", CANDIDATE("{\"thought\":true,\"text\":\"{hm\"}," PART(WHOLE), "STOP"),
          GENERATED },
        { "the prompt is blocked", "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}", GENERATION_BLOCKED },
        { "blocked, with candidates",
          "{\"promptFeedback\":{\"blockReason\":\"X\"},\"candidates\":[{\"finishReason\":\"STOP\","
          "\"content\":{\"parts\":[" PART(WHOLE) "]}}]}",
          GENERATION_BLOCKED },
        { "SAFETY with whole JSON", CANDIDATE(PART(WHOLE), "SAFETY"), GENERATION_BLOCKED },
        { "SPII", CANDIDATE(PART(WHOLE), "SPII"), GENERATION_BLOCKED },
        { "RECITATION", CANDIDATE(PART(WHOLE), "RECITATION"), GENERATION_BLOCKED },
        { "a reason of tomorrow", CANDIDATE(PART(WHOLE), "NEW_ONE"), GENERATION_BLOCKED },
        { "no reason", CANDIDATE(PART(WHOLE), ""), GENERATION_BLOCKED },
        { "MALFORMED_RESPONSE", CANDIDATE(PART(WHOLE), "MALFORMED_RESPONSE"), GENERATION_MALFORMED },
        { "cut", CANDIDATE(PART("{\\\"answer\\\":\\\"Ou"), "MAX_TOKENS"), GENERATION_TRUNCATED },
        { "no candidates", "{}", GENERATION_EMPTY },
        { "an empty list", "{\"candidates\":[]}", GENERATION_EMPTY },
        { "no text", CANDIDATE(PART(""), "STOP"), GENERATION_EMPTY },
        { "no content", "{\"candidates\":[{\"finishReason\":\"STOP\"}]}", GENERATION_EMPTY },
        { "prose", CANDIDATE(PART("Bonjour"), "STOP"), GENERATION_MALFORMED },
        { "another shape", CANDIDATE(PART("{\\\"reply\\\":\\\"b\\\"}"), "STOP"), GENERATION_MALFORMED },
        { "a list", CANDIDATE(PART("[1]"), "STOP"), GENERATION_MALFORMED },
        { "twice the same", CANDIDATE(PART("{\\\"answer\\\":\\\"a\\\",\\\"answer\\\":\\\"b\\\"}"), "STOP"),
          GENERATION_MALFORMED },
        { "a NUL", CANDIDATE(PART("{\\\"answer\\\":\\\"a\\\\u0000b\\\"}"), "STOP"), GENERATION_MALFORMED },
        { "no JSON around", "<html>", GENERATION_MALFORMED },
        { "no UTF-8", "{\"candidates\":\"\xff\"}", GENERATION_MALFORMED },
        { "nothing", "", GENERATION_MALFORMED },
        { "a list around", "[]", GENERATION_MALFORMED },
        { "wrong types",
          "{\"candidates\":{\"a\":1},\"promptFeedback\":7,\"usageMetadata\":[],\"modelVersion\":{}}",
          GENERATION_EMPTY },
        { "wrong types deeper",
          "{\"candidates\":[{\"content\":{\"parts\":[7,null,{\"text\":{}}]},\"finishReason\":\"STOP\"}],"
          "\"usageMetadata\":{\"promptTokenCount\":-4,\"candidatesTokenCount\":\"x\"}}",
          GENERATION_EMPTY },
    };
    struct fake_answer answers[COUNT_OF(cases)];
    for (size_t i = 0; i < COUNT_OF(cases); i++) answers[i] = (struct fake_answer) { 200, cases[i].body };
    open_site(answers, COUNT_OF(cases));
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct generation g = site_generate_for(&site, 10 * SECOND_US);
        check_outcome(&g, cases[i].outcome, cases[i].about);
        assert_int_equal(g.calls, 1);
        assert_true(g.tokens_in >= 0 && g.tokens_out >= 0);
    }
    model_site_close(&site);
}

static void codes_say_what_went_wrong(void **state) {
    (void)state;
    static const struct {
        int code;
        enum generation_outcome outcome;
    } cases[] = { { 302, GENERATION_REFUSED }, { 204, GENERATION_REFUSED }, { 401, GENERATION_REFUSED },
                  { 403, GENERATION_REFUSED }, { 404, GENERATION_REFUSED }, { 413, GENERATION_REFUSED },
                  { 499, GENERATION_BUSY } };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct fake_answer answers[] = { { cases[i].code, good } };
        open_site(answers, 1);
        struct generation g = site_generate_for(&site, 10 * SECOND_US);
        check_outcome(&g, cases[i].outcome, "a code");
        assert_int_equal(g.http_code, cases[i].code);
        if (cases[i].outcome == GENERATION_REFUSED)
            assert_int_equal(models_generator_state(site.models, clock_monotonic_us()), MODEL_REFUSED);
        assert_int_equal(g.calls, 1);
        model_site_close(&site);
    }
}

/* A service that never learnt of thinking levels is asked without, and not asked twice again. */
static void a_refused_thinking_level_is_left_out(void **state) {
    (void)state;
    static const struct fake_answer answers[] = {
        { 400, "{\"error\":{\"message\":\"Thinking level is not supported\"}}" },
        { 200, good },
        { 200, good },
    };
    open_site(answers, COUNT_OF(answers));
    struct generation g = site_generate_for(&site, 10 * SECOND_US);
    check_outcome(&g, GENERATED, "plainly");
    assert_int_equal(g.calls, 2);
    json_t *rq = site_request(&site, 1);
    assert_null(json_object_get(json_object_get(rq, "generationConfig"), "thinkingConfig"));
    json_decref(rq);
    g = site_generate_for(&site, 10 * SECOND_US);
    assert_int_equal(g.calls, 1);
    model_site_close(&site);
}

static void a_key_that_is_none_is_not_tried_again(void **state) {
    (void)state;
    static const struct fake_answer answers[] = {
        { 400, "{\"error\":{\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\","
               "\"reason\":\"API_KEY_INVALID\"}]}}" },
        { 200, good },
    };
    open_site(answers, COUNT_OF(answers));
    struct generation g = site_generate_for(&site, 10 * SECOND_US);
    check_outcome(&g, GENERATION_REFUSED, "key");
    assert_int_equal(g.calls, 1);
    model_site_close(&site);
}

static void thinking_that_took_all_the_room_gets_more_once(void **state) {
    (void)state;
    static const char empty[] = "{\"candidates\":[{\"finishReason\":\"MAX_TOKENS\"}],"
                                "\"usageMetadata\":{\"promptTokenCount\":11,\"thoughtsTokenCount\":100}}";
    static const struct fake_answer answers[] = {
        { 200, empty }, { 200, good }, { 200, empty }, { 200, empty }
    };
    open_site(answers, COUNT_OF(answers));
    struct generation g = site_generate_for(&site, 10 * SECOND_US);
    check_outcome(&g, GENERATED, "more room");
    assert_int_equal(g.tokens_in, 22);
    assert_int_equal(g.tokens_out, 107);
    json_t *rq = site_request(&site, 1);
    assert_int_equal(
        json_integer_value(json_object_get(json_object_get(rq, "generationConfig"), "maxOutputTokens")), 200);
    json_decref(rq);
    g = site_generate_for(&site, 10 * SECOND_US);
    check_outcome(&g, GENERATION_TRUNCATED, "still none");
    assert_int_equal(g.calls, 2);
    model_site_close(&site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_is_what_google_asks_for),
        cmocka_unit_test(what_comes_is_judged),
        cmocka_unit_test(codes_say_what_went_wrong),
        cmocka_unit_test(a_refused_thinking_level_is_left_out),
        cmocka_unit_test(a_key_that_is_none_is_not_tried_again),
        cmocka_unit_test(thinking_that_took_all_the_room_gets_more_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
