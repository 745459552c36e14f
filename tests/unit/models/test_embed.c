#include "test.h"

#include "model_site.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>

enum { DIMENSIONS = 768, BODY_BYTES = 1 << 20 };

static struct model_site site;
static char *body; /* of the next answer */

static int start(void **state) {
    (void)state;
    body = calloc(1, BODY_BYTES);
    return body ? 0 : -1;
}

static int stop(void **state) {
    (void)state;
    free(body);
    return 0;
}

static size_t put_row(size_t at, int dimensions, const char *value) {
    at += (size_t)snprintf(body + at, BODY_BYTES - at, "[");
    for (int i = 0; i < dimensions; i++)
        at += (size_t)snprintf(body + at, BODY_BYTES - at, "%s%s", i ? "," : "", i == 0 ? value : "0.5");
    return at + (size_t)snprintf(body + at, BODY_BYTES - at, "]");
}

/* An answer of Gemini with `count` vectors, the first number of the last being `value`. */
static void say_gemini(size_t count, int dimensions, const char *value) {
    size_t at = (size_t)snprintf(body, BODY_BYTES, "{\"embeddings\":[");
    for (size_t i = 0; i < count; i++) {
        at += (size_t)snprintf(body + at, BODY_BYTES - at, "%s{\"values\":", i ? "," : "");
        at = put_row(at, dimensions, i + 1 == count ? value : "0.5");
        at += (size_t)snprintf(body + at, BODY_BYTES - at, "}");
    }
    snprintf(body + at, BODY_BYTES - at, "],\"usageMetadata\":{\"promptTokenCount\":9}}");
}

static void open_site(enum site_kind kind, const struct fake_answer *answers, size_t count) {
    model_site_open(&site, kind, answers, count);
}

static enum status embed(enum embedding_role role, const struct embedding_text *texts, size_t count,
                         struct embedding *out) {
    const struct embedder *m = models_embedder(site.models);
    struct err e = { 0 };
    enum status s =
        m->embed(m->ctx, site.arena, role, texts, count, clock_monotonic_us() + 10 * SECOND_US, out, &e);
    if (s != OK) assert_true(e.detail[0] != 0);
    return s;
}

static const struct embedding_text two[] = { { { "Ordonnance", 10 }, { "Amlodipine 5 mg", 15 } },
                                             { { "", 0 }, { "Fer", 3 } } };

static void check_unit(const struct embedding *e, size_t count) {
    for (size_t i = 0; i < count; i++) {
        double sum = 0;
        for (int d = 0; d < e->dimensions; d++) {
            double x = (double)e->vectors[i * (size_t)e->dimensions + (size_t)d];
            sum += x * x;
        }
        assert_float_equal(sqrt(sum), 1.0, 1e-5);
    }
}

static const char *text_of(json_t *rq, size_t i) {
    json_t *content = json_object_get(json_array_get(json_object_get(rq, "requests"), i), "content");
    return json_string_value(json_object_get(json_array_get(json_object_get(content, "parts"), 0), "text"));
}

static void gemini_embeds_passages_and_questions(void **state) {
    (void)state;
    struct embedding out;
    say_gemini(2, DIMENSIONS, "3");
    const struct fake_answer ok[] = { { 200, body }, { 200, body } };
    open_site(SITE_GEMINI, ok, 2);
    assert_str_equal(models_embedder(site.models)->space, STR("gemini/gemini-embedding-2/768"));
    assert_int_equal(embed(EMBED_PASSAGE, two, 2, &out), OK);
    assert_int_equal(out.dimensions, DIMENSIONS);
    assert_int_equal(out.tokens_in, 9);
    assert_int_equal(out.calls, 1);
    check_unit(&out, 2);
    assert_true(str_starts(fake_service_head(site.service, 0),
                           STR("POST /v1beta/models/gemini-embedding-2:batchEmbedContents ")));
    json_t *rq = site_request(&site, 0), *one = json_array_get(json_object_get(rq, "requests"), 0);
    assert_string_equal(text_of(rq, 0), "title: Ordonnance | text: Amlodipine 5 mg");
    assert_string_equal(text_of(rq, 1), "title: none | text: Fer");
    assert_string_equal(json_string_value(json_object_get(one, "model")), "models/gemini-embedding-2");
    assert_int_equal(json_integer_value(json_object_get(one, "outputDimensionality")), DIMENSIONS);
    assert_null(json_object_get(one, "taskType"));
    json_decref(rq);
    assert_int_equal(embed(EMBED_QUESTION, two, 2, &out), OK);
    rq = site_request(&site, 1);
    assert_string_equal(text_of(rq, 0), "task: search result | query: Amlodipine 5 mg");
    json_decref(rq);
    model_site_close(&site);
}

static void the_first_generation_takes_its_task_as_a_field(void **state) {
    (void)state;
    struct embedding out;
    say_gemini(2, DIMENSIONS, "3");
    const struct fake_answer ok[] = { { 200, body }, { 200, body } };
    open_site(SITE_GEMINI, ok, 2);
    const struct config config = { .embedder = EMBEDDER_GEMINI,
                                   .gemini_api_key = STR("k"),
                                   .gemini_embed_model = STR("gemini-embedding-001"),
                                   .gemini_api_base_url = str_from_c(fake_service_url(site.service)) };
    models_close(site.models);
    assert_int_equal(models_open(site.arena, &config, site.client, &site.models, NULL), OK);
    assert_int_equal(embed(EMBED_PASSAGE, two, 2, &out), OK);
    json_t *rq = site_request(&site, 0), *one = json_array_get(json_object_get(rq, "requests"), 0);
    assert_string_equal(text_of(rq, 0), "Amlodipine 5 mg");
    assert_string_equal(json_string_value(json_object_get(one, "taskType")), "RETRIEVAL_DOCUMENT");
    assert_string_equal(json_string_value(json_object_get(one, "title")), "Ordonnance");
    json_decref(rq);
    assert_int_equal(embed(EMBED_QUESTION, two, 2, &out), OK);
    rq = site_request(&site, 1);
    one = json_array_get(json_object_get(rq, "requests"), 0);
    assert_string_equal(json_string_value(json_object_get(one, "taskType")), "RETRIEVAL_QUERY");
    assert_null(json_object_get(one, "title"));
    json_decref(rq);
    model_site_close(&site);
}

static enum status answered(enum site_kind kind, int code, const char *said) {
    struct embedding out;
    const struct fake_answer answers[] = { { code, said }, { code, said }, { code, said } };
    open_site(kind, answers, 3);
    enum status s = embed(EMBED_PASSAGE, two, 2, &out);
    assert_int_equal(out.http_code, code);
    assert_null(out.vectors);
    model_site_close(&site);
    return s;
}

static void vectors_that_are_none_are_refused(void **state) {
    (void)state;
    static const struct {
        size_t count;
        int dimensions;
        const char *value;
    } bad[] = { { 1, DIMENSIONS, "1" },     { 3, DIMENSIONS, "1" },       { 2, DIMENSIONS - 1, "1" },
                { 2, DIMENSIONS + 1, "1" }, { 2, DIMENSIONS, "null" },    { 2, DIMENSIONS, "\"1\"" },
                { 2, DIMENSIONS, "NaN" },   { 2, DIMENSIONS, "\"NaN\"" }, { 2, DIMENSIONS, "1e999" },
                { 2, DIMENSIONS, "1e30" },  { 2, DIMENSIONS, "[1]" },     { 0, 0, "" } };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        say_gemini(bad[i].count, bad[i].dimensions, bad[i].value);
        if (answered(SITE_GEMINI, 200, body) != E_INVALID) fail_msg("case %zu", i);
    }
    static const char *const bodies[] = {
        "",
        "[]",
        "{}",
        "<html>",
        "{\"embeddings\":{}}",
        "{\"embeddings\":[1,2]}",
        "{\"embeddings\":[{\"values\":{}},{\"values\":[]}]}",
        "{\"data\":[{\"embedding\":[0,0]},{\"embedding\":[0,1]}]}",
        "{\"data\":[{\"embedding\":[1,2]},{\"embedding\":[1]}]}",
        "{\"data\":[{\"embedding\":[]},{\"embedding\":[]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":0,\"embedding\":[1]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":2,\"embedding\":[1]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":-1,\"embedding\":[1]}]}",
        "{\"data\":[{\"index\":\"0\",\"embedding\":[1]},{\"embedding\":[1]}]}",
        "{\"data\":[{\"embedding\":\"AAAA\"},{\"embedding\":\"AAAA\"}]}",
        "{\"data\":[{\"embedding\":[1]}]}"
    };
    for (size_t i = 0; i < COUNT_OF(bodies); i++) {
        if (answered(SITE_GEMINI, 200, bodies[i]) != E_INVALID) fail_msg("gemini: %s", bodies[i]);
        if (answered(SITE_OPENAI, 200, bodies[i]) != E_INVALID) fail_msg("openai: %s", bodies[i]);
    }
}

static void codes_say_whether_to_come_back(void **state) {
    (void)state;
    assert_int_equal(answered(SITE_GEMINI, 400, "{}"), E_INVALID);
    assert_int_equal(answered(SITE_GEMINI, 403, "{}"), E_INVALID);
    assert_int_equal(answered(SITE_GEMINI, 404, "{}"), E_INVALID);
    assert_int_equal(answered(SITE_OPENAI, 429, "{}"), E_RETRY);
    assert_int_equal(answered(SITE_OPENAI, 503, "{}"), E_RETRY);
}

static void a_busy_service_says_when_to_come_back(void **state) {
    (void)state;
    struct embedding out;
    static const struct fake_answer busy[] = { { 429, "{}", "Retry-After: 40\r\n" } };
    open_site(SITE_OPENAI, busy, 1);
    assert_int_equal(embed(EMBED_PASSAGE, two, 2, &out), E_RETRY);
    assert_int_equal(out.retry_after_us, 40 * SECOND_US);
    assert_int_equal(embed(EMBED_PASSAGE, two, 2, &out), E_RETRY);
    assert_int_equal(out.calls, 0);
    assert_in_range(out.retry_after_us, 35 * SECOND_US, 40 * SECOND_US);
    model_site_close(&site);
}

static void openai_places_vectors_by_their_index(void **state) {
    (void)state;
    struct embedding out;
    static const struct fake_answer ok[] = {
        { 200, "{\"data\":[{\"index\":1,\"embedding\":[0,3]},"
               "{\"index\":0,\"embedding\":[4,0]}],\"usage\":{\"prompt_tokens\":5}}" }
    };
    open_site(SITE_OPENAI, ok, 1);
    assert_str_equal(models_embedder(site.models)->space, STR("openai/b-model"));
    assert_int_equal(embed(EMBED_PASSAGE, two, 2, &out), OK);
    const float want[] = { 1, 0, 0, 1 };
    assert_int_equal(out.dimensions, 2);
    assert_int_equal(out.tokens_in, 5);
    assert_memory_equal(out.vectors, want, sizeof want);
    json_t *rq = site_request(&site, 0);
    json_t *wanted = json_pack("{s:s,s:[s,s],s:s}", "model", "b-model", "input",
                               "Ordonnance\nAmlodipine 5 mg", "Fer", "encoding_format", "float");
    assert_true(json_equal(rq, wanted));
    json_decref(rq);
    json_decref(wanted);
    assert_true(str_starts(fake_service_head(site.service, 0), STR("POST /embeddings ")));
    model_site_close(&site);
}

static void a_long_text_is_cut_at_a_character(void **state) {
    (void)state;
    struct embedding out;
    static const struct fake_answer ok[] = { { 200, "{\"data\":[{\"embedding\":[1]}]}" } };
    struct embedding_text text = { { "", 0 }, { body, EMBEDDING_TEXT_BYTES_MAX + 9 } };
    body[0] = 'x';
    for (size_t i = 1; i < text.text.n; i += 2) memcpy(body + i, "\xc3\xa9", 2);
    open_site(SITE_OPENAI, ok, 1);
    assert_int_equal(embed(EMBED_PASSAGE, &text, 1, &out), OK);
    json_t *rq = site_request(&site, 0);
    assert_int_equal(json_string_length(json_array_get(json_object_get(rq, "input"), 0)),
                     EMBEDDING_TEXT_BYTES_MAX - 1);
    json_decref(rq);
    model_site_close(&site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(gemini_embeds_passages_and_questions, start, stop),
        cmocka_unit_test_setup_teardown(the_first_generation_takes_its_task_as_a_field, start, stop),
        cmocka_unit_test_setup_teardown(vectors_that_are_none_are_refused, start, stop),
        cmocka_unit_test_setup_teardown(codes_say_whether_to_come_back, start, stop),
        cmocka_unit_test_setup_teardown(a_busy_service_says_when_to_come_back, start, stop),
        cmocka_unit_test_setup_teardown(openai_places_vectors_by_their_index, start, stop),
        cmocka_unit_test_setup_teardown(a_long_text_is_cut_at_a_character, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
