#include "model_site.h"

#include "test.h"

#include <jansson.h>

#include "base/crypto.h"

void model_site_open(struct model_site *site, enum site_kind kind, const struct fake_answer *answers,
                     size_t count) {
    struct err e = { 0 };
    struct str url;
    bool gemini = kind == SITE_GEMINI;

    *site = (struct model_site) { .arena = arena_new(64 << 20) };
    assert_non_null(site->arena);
    assert_int_equal(crypto_init(&e), OK);
    site->service = fake_service_start(answers, count);
    assert_int_equal(http_client_new(site->arena, &site->client, &e), OK);
    assert_true(arena_dup(site->arena, str_from_c(fake_service_url(site->service)), &url));
    const struct config config = {
        .llm = gemini ? LLM_GEMINI : LLM_OPENAI,
        .embedder = gemini ? EMBEDDER_GEMINI : EMBEDDER_OPENAI,
        .gemini_api_key = STR("a-key"),
        .gemini_model = STR("models/gemini-3.5-flash-lite"),
        .gemini_embed_model = STR("gemini-embedding-2"),
        .gemini_api_base_url = url,
        .openai_base_url = url,
        .openai_api_key = STR("b-key"),
        .openai_model = STR("a-model"),
        .openai_embed_model = STR("b-model"),
    };
    if (models_open(site->arena, &config, site->client, &site->models, &e) != OK)
        fail_msg("%s (%s)", e.detail, e.arg);
}

void model_site_close(struct model_site *site) {
    models_close(site->models);
    http_client_free(site->client);
    fake_service_stop(site->service);
    arena_free(site->arena);
}

struct generation site_generate(struct model_site *site, int64_t deadline_us) {
    const struct generator *g = models_generator(site->models);
    const struct generation_request rq = {
        .instruction = STR("Be brief."),
        .content = STR("Question \"\xc3\xa9\"?"),
        .schema = STR("{\"type\":\"object\",\"required\":[\"answer\"],\"additionalProperties\":false,"
                      "\"properties\":{\"answer\":{\"type\":\"string\"}}}"),
        .tokens_max = 100,
        .deadline_us = deadline_us,
    };
    struct generation out = { 0 };
    struct err e = { 0 };
    if (g->generate(g->ctx, site->arena, &rq, &out, &e) != OK) fail_msg("%s", e.detail);
    return out;
}

struct generation site_generate_for(struct model_site *site, int64_t us) {
    return site_generate(site, clock_monotonic_us() + us);
}

struct json_t *site_request(struct model_site *site, size_t i) {
    struct str body = fake_service_body(site->service, i);
    json_t *doc = json_loadb(body.p, body.n, JSON_REJECT_DUPLICATES, NULL);
    if (!doc) fail_msg("request %zu is no JSON: %.*s", i, STR_ARG(body));
    return doc;
}

void check_outcome(const struct generation *g, enum generation_outcome want, const char *about) {
    if (g->outcome != want)
        fail_msg("%s: %s, not %s", about, generation_outcome_name(g->outcome), generation_outcome_name(want));
    assert_int_equal(g->json.n > 0, want == GENERATED);
}
