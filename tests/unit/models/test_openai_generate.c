#include "test.h"

#include "model_site.h"

#include <jansson.h>

static struct model_site site;

static void open_site(const struct fake_answer *answers, size_t count) {
    model_site_open(&site, SITE_OPENAI, answers, count);
}

#define CHOICE(message, reason)                                                                              \
    "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\"," message "},\"finish_reason\":" reason  \
    "}],\"model\":\"a-model-q4\",\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":5}}"
#define CONTENT(text) "\"content\":\"" text "\""
#define WHOLE         "{\\\"answer\\\":\\\"Oui.\\\"}"

static const char good[] = CHOICE(CONTENT(WHOLE), "\"stop\"");

static void a_request_is_what_such_servers_know(void **state) {
    (void)state;
    static const struct fake_answer ok[] = { { 200, good } };
    open_site(ok, 1);
    struct generation g = site_generate_for(&site, 10 * SECOND_US);
    check_outcome(&g, GENERATED, "good");
    assert_str_equal(g.json, STR("{\"answer\":\"Oui.\"}"));
    assert_str_equal(g.model_version, STR("a-model-q4"));
    assert_int_equal(g.tokens_in, 11);
    assert_int_equal(g.tokens_out, 5);
    struct str head = fake_service_head(site.service, 0);
    assert_true(str_starts(head, STR("POST /chat/completions HTTP/1.1\r\n")));
    assert_true(str_find(head, STR("\r\nAuthorization: Bearer b-key\r\n")) < head.n);

    json_t *rq = site_request(&site, 0), *format = json_object_get(rq, "response_format");
    json_t *want =
        json_pack("{s:s, s:[{s:s,s:s},{s:s,s:s}], s:i, s:i, s:i, s:b}", "model", "a-model", "messages",
                  "role", "system", "content", "Be brief.", "role", "user", "content",
                  "Question \"\xc3\xa9\"?", "max_tokens", 100, "temperature", 0, "seed", 7, "stream", 0);
    json_t *shape = json_object_get(format, "json_schema");
    assert_string_equal(json_string_value(json_object_get(format, "type")), "json_schema");
    assert_true(json_is_true(json_object_get(shape, "strict")));
    assert_true(json_is_object(json_object_get(shape, "schema")));
    json_object_del(rq, "response_format");
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
        { "no reason", CHOICE(CONTENT(WHOLE), "null"), GENERATED },
        { "thinking aloud", CHOICE(CONTENT("<think>\\nhm {\\n</think>\\n\\n" WHOLE), "\"stop\""), GENERATED },
        { "fences", CHOICE(CONTENT("```json\\n" WHOLE "\\n```"), "\"stop\""), GENERATED },
        { "white space", CHOICE(CONTENT("\\n " WHOLE "\\n"), "\"stop\""), GENERATED },
        { "only thinking", CHOICE(CONTENT("<think>hm"), "\"stop\""), GENERATION_EMPTY },
        { "fences alone", CHOICE(CONTENT("``````"), "\"stop\""), GENERATION_MALFORMED },
        { "a filter", CHOICE(CONTENT(WHOLE), "\"content_filter\""), GENERATION_BLOCKED },
        { "a refusal", CHOICE("\"content\":null,\"refusal\":\"No.\"", "\"stop\""), GENERATION_BLOCKED },
        { "cut", CHOICE(CONTENT("{\\\"answer\\\":"), "\"length\""), GENERATION_TRUNCATED },
        { "a tool", CHOICE("\"content\":null,\"tool_calls\":[]", "\"tool_calls\""), GENERATION_MALFORMED },
        { "another reason", CHOICE(CONTENT(WHOLE), "\"new\""), GENERATION_MALFORMED },
        { "no content", CHOICE("\"content\":null", "\"stop\""), GENERATION_EMPTY },
        { "content of another type", CHOICE("\"content\":[{\"text\":\"x\"}]", "\"stop\""), GENERATION_EMPTY },
        { "no choices", "{}", GENERATION_EMPTY },
        { "wrong types", "{\"choices\":[7],\"usage\":\"x\",\"model\":7}", GENERATION_EMPTY },
        { "prose", CHOICE(CONTENT("Bonjour"), "\"stop\""), GENERATION_MALFORMED },
        { "another shape", CHOICE(CONTENT("{\\\"answer\\\":7}"), "\"stop\""), GENERATION_MALFORMED },
        { "no JSON", "data: [DONE]", GENERATION_MALFORMED },
    };
    struct fake_answer answers[COUNT_OF(cases)];
    for (size_t i = 0; i < COUNT_OF(cases); i++) answers[i] = (struct fake_answer) { 200, cases[i].body };
    open_site(answers, COUNT_OF(cases));
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct generation g = site_generate_for(&site, 10 * SECOND_US);
        check_outcome(&g, cases[i].outcome, cases[i].about);
        assert_int_equal(g.calls, 1);
    }
    model_site_close(&site);
}

/* llama.cpp, Ollama and vLLM know schemas since different versions. */
static void a_server_without_schemas_is_told_in_words(void **state) {
    (void)state;
    static const struct fake_answer answers[] = { { 400, "{}" }, { 200, good }, { 200, good } };
    open_site(answers, COUNT_OF(answers));
    struct generation g = site_generate_for(&site, 10 * SECOND_US);
    check_outcome(&g, GENERATED, "plainly");
    assert_int_equal(g.calls, 2);
    json_t *rq = site_request(&site, 1);
    assert_string_equal(json_string_value(json_object_get(json_object_get(rq, "response_format"), "type")),
                        "json_object");
    json_t *system = json_array_get(json_object_get(rq, "messages"), 0);
    assert_non_null(
        strstr(json_string_value(json_object_get(system, "content")), "\"required\":[\"answer\"]"));
    json_decref(rq);
    g = site_generate_for(&site, 10 * SECOND_US);
    check_outcome(&g, GENERATED, "remembered");
    assert_int_equal(g.calls, 1);
    model_site_close(&site);
}

/* A service that is down says nothing about what it knows. */
static void only_an_answer_shows_that_plain_is_better(void **state) {
    (void)state;
    static const struct fake_answer answers[] = { { 422, "{}" }, { 501, "{}" }, { 200, good } };
    open_site(answers, COUNT_OF(answers));
    struct generation g = site_generate_for(&site, 10 * SECOND_US);
    check_outcome(&g, GENERATION_REFUSED, "down");
    g = site_generate_for(&site, 10 * SECOND_US);
    check_outcome(&g, GENERATED, "with the schema again");
    json_t *rq = site_request(&site, 2);
    assert_string_equal(json_string_value(json_object_get(json_object_get(rq, "response_format"), "type")),
                        "json_schema");
    json_decref(rq);
    model_site_close(&site);
}

static void a_request_that_is_wrong_either_way_is_refused(void **state) {
    (void)state;
    static const struct fake_answer answers[] = { { 400, "{}" }, { 400, "{}" } };
    open_site(answers, COUNT_OF(answers));
    struct generation g = site_generate_for(&site, 10 * SECOND_US);
    check_outcome(&g, GENERATION_REFUSED, "wrong");
    assert_int_equal(g.calls, 2);
    model_site_close(&site);
}

static void money_that_is_spent_is_not_asked_for_again(void **state) {
    (void)state;
    static const struct fake_answer answers[] = { { 429, "{\"error\":{\"code\":\"insufficient_quota\"}}" } };
    open_site(answers, 1);
    struct generation g = site_generate_for(&site, 10 * SECOND_US);
    check_outcome(&g, GENERATION_BUSY, "no money");
    assert_int_equal(g.calls, 1);
    assert_int_equal(models_generator_state(site.models, clock_monotonic_us()), MODEL_PAUSED);
    model_site_close(&site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_is_what_such_servers_know),
        cmocka_unit_test(what_comes_is_judged),
        cmocka_unit_test(a_server_without_schemas_is_told_in_words),
        cmocka_unit_test(only_an_answer_shows_that_plain_is_better),
        cmocka_unit_test(a_request_that_is_wrong_either_way_is_refused),
        cmocka_unit_test(money_that_is_spent_is_not_asked_for_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
