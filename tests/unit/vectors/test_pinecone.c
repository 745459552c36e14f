/*
 * What is sent to Pinecone, byte for byte where it matters, and what is made of each way of answering.
 */
#include "vectors/pinecone.h"

#include "base/clock.h"
#include "support/fake_service.h"
#include "test.h"
#include "vectors/vector.h"

#define INDEX(host, more)                                                                                    \
    "{\"name\":\"dossier\",\"dimension\":3,\"metric\":\"cosine\",\"host\":\"" host                           \
    "\",\"status\":{\"ready\":true,\"state\":\"Ready\"}" more "}"

static struct arena *arena;
static struct http_client *client;
static struct fake_service *service;
static struct vector_store *store;
static char index_json[512];
static struct fake_answer answers[8];

static int setup(void **state) {
    (void)state;
    arena = arena_new((size_t)64 << 20);
    return arena && crypto_init(NULL) == OK && http_client_new(arena, &client, NULL) == OK ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    pinecone_close(store);
    store = NULL;
    http_client_free(client);
    if (service) fake_service_stop(service);
    service = NULL;
    arena_free(arena);
    return 0;
}

/* The index first (its host is the service itself), then these. */
static void serve(const struct fake_answer *then, size_t count) {
    static struct fake_answer first;
    first = (struct fake_answer) { .code = 200, .body = index_json };
    answers[0] = first;
    for (size_t i = 0; i < count; i++) answers[i + 1] = then[i];
    service = fake_service_start(answers, count + 1);
    snprintf(
        index_json, sizeof index_json,
        "{\"name\":\"dossier\",\"dimension\":3,\"metric\":\"cosine\",\"host\":\"%s\",\"status\":{\"ready\":true}}",
        fake_service_url(service));
    const struct pinecone_options options = { STR("a-key"), STR("dossier"),
                                              str_from_c(fake_service_url(service)) };
    assert_int_equal(pinecone_open(arena, &options, client, &store, NULL), OK);
}

static const float question[3] = { 0.6F, 0, 0.8F };

static enum status search(struct vector_hit hits[4], size_t *count) {
    return store->search(store->ctx, arena, STR("mr-1"), question, 3, clock_monotonic_us() + 5 * SECOND_US,
                         hits, 4, count, NULL);
}

static bool holds(struct str text, const char *words) {
    return str_find(text, str_from_c(words)) < text.n;
}

static void a_search_says_key_version_and_namespace(void **state) {
    (void)state;
    const struct fake_answer then[] = {
        { .code = 200,
          .body =
              "{\"matches\":[{\"id\":\"doc7#3\",\"score\":0.9},{\"id\":\"else\",\"score\":0.8},{\"id\":\"doc7#4\",\"score\":"
              "0.5}],\"namespace\":\"mr-1\"}" },
        { .code = 200, .body = "{\"matches\":[]}" },
    };
    struct vector_hit hits[4];
    size_t count;
    serve(then, 2);
    assert_int_equal(search(hits, &count), OK);
    assert_int_equal(count, 2);
    assert_int_equal(hits[0].document_id, 7);
    assert_int_equal(hits[0].chunk_id, 3);
    assert_true(hits[0].cosine > 0.89F && hits[0].cosine < 0.91F);
    assert_int_equal(hits[1].chunk_id, 4);
    assert_true(holds(fake_service_head(service, 0), "GET /indexes/dossier HTTP"));
    struct str head = fake_service_head(service, 1);
    assert_true(holds(head, "POST /query HTTP") && holds(head, "Api-Key: a-key") &&
                holds(head, "X-Pinecone-Api-Version: 2026-04"));
    assert_str_equal(
        fake_service_body(service, 1),
        STR("{\"namespace\":\"mr-1\",\"topK\":4,\"includeValues\":false,\"includeMetadata\":false,"
            "\"vector\":[0.600000024,0,0.800000012]}"));
    /* The host is asked for once. */
    assert_int_equal(search(hits, &count), OK);
    assert_int_equal(count, 0);
    assert_int_equal(fake_service_request_count(service), 3);
}

static void an_index_that_does_not_fit_is_refused_before_anything_is_sent(void **state) {
    (void)state;
    static const char *const bad[] = {
        INDEX("http://127.0.0.1:1", ",\"vector_type\":\"sparse\""),
        "{\"dimension\":3,\"metric\":\"euclidean\",\"host\":\"http://127.0.0.1:1\",\"status\":{\"ready\":true}}",
        "{\"dimension\":3,\"metric\":\"cosine\",\"host\":\"http://evil.example\",\"status\":{\"ready\":true}}",
        "{\"dimension\":3,\"metric\":\"cosine\",\"status\":{\"ready\":true}}",
        "{\"metric\":\"cosine\",\"host\":\"http://127.0.0.1:1\",\"status\":{\"ready\":true}}",
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct vector_hit hits[4];
        size_t count;
        serve(NULL, 0);
        snprintf(index_json, sizeof index_json, "%s", bad[i]);
        assert_int_equal(search(hits, &count), E_INVALID);
        assert_int_equal(fake_service_request_count(service), 1);
        pinecone_close(store);
        fake_service_stop(service);
    }
    service = NULL;
    store = NULL;
}

static void another_length_is_refused(void **state) {
    (void)state;
    struct vector_hit hits[4];
    size_t count;
    struct vector_store_facts facts;
    struct err e = { 0 };
    serve(NULL, 0);
    assert_int_equal(store->search(store->ctx, arena, STR("mr-1"), question, 2,
                                   clock_monotonic_us() + 5 * SECOND_US, hits, 4, &count, &e),
                     E_INVALID);
    assert_string_equal(e.message->code, "pinecone_unfit");
    assert_string_equal(e.arg, "2");
    assert_int_equal(store->check(store->ctx, arena, 2, &facts, NULL), E_INVALID);
    assert_int_equal(fake_service_request_count(service), 1);
}

static void an_index_that_is_not_ready_is_asked_for_again(void **state) {
    (void)state;
    struct vector_hit hits[4];
    size_t count;
    serve(NULL, 0);
    snprintf(
        index_json, sizeof index_json,
        "{\"dimension\":3,\"metric\":\"cosine\",\"host\":\"http://127.0.0.1:1\",\"status\":{\"ready\":false}}");
    assert_int_equal(search(hits, &count), E_RETRY);
}

static void each_refusal_says_what_can_be_done(void **state) {
    (void)state;
    static const struct {
        struct fake_answer answer;
        enum status status;
        int retry_after_s;
    } ways[] = {
        { { .code = 429, .body = "{}", .headers = "Retry-After: 7\r\n" }, E_RETRY, 7 },
        { { .code = 503, .body = "{}" }, E_RETRY, 0 },
        { { .code = 401, .body = "Unauthorized" }, E_INVALID, 0 },
        { { .code = 402, .body = "{}" }, E_INVALID, 0 },
        { { .code = 400, .body = "{\"code\":3}" }, E_INVALID, 0 },
        { { .code = 200, .body = "[]" }, E_RETRY, 0 },
        { { .code = 200, .body = "{\"vectors\":" }, E_RETRY, 0 },
        { { .code = 200, .body = "{\"vectors\":[]}", .end = FAKE_CUT }, E_RETRY, 0 },
    };
    for (size_t i = 0; i < COUNT_OF(ways); i++) {
        struct vector_item *items;
        size_t count;
        struct err e = { 0 };
        serve(&ways[i].answer, 1);
        assert_int_equal(store->list(store->ctx, arena, STR("mr-1"), &items, &count, &e), ways[i].status);
        assert_int_equal(e.retry_after_s, ways[i].retry_after_s);
        pinecone_close(store);
        fake_service_stop(service);
    }
    service = NULL;
    store = NULL;
}

static void a_service_that_is_down_is_not_waited_for(void **state) {
    (void)state;
    const struct fake_answer down[] = { { .code = 503 }, { .code = 503 }, { .code = 503 } };
    struct vector_hit hits[4];
    size_t count;
    serve(down, 3);
    for (int i = 0; i < 3; i++) assert_int_equal(search(hits, &count), E_RETRY);
    assert_int_equal(search(hits, &count), E_RETRY);
    assert_int_equal(fake_service_request_count(service), 4);
}

static void a_list_goes_on_until_its_end(void **state) {
    (void)state;
    const struct fake_answer then[] = {
        { .code = 200,
          .body =
              "{\"vectors\":[{\"id\":\"doc1#1\"},{\"id\":\"strange\"}],\"pagination\":{\"next\":\"a+/=\"}}" },
        { .code = 200, .body = "{\"vectors\":[{\"id\":\"doc1#2\"}]}" },
        { .code = 404, .body = "{\"code\":5}" },
    };
    struct vector_item *items;
    size_t count;
    serve(then, 3);
    assert_int_equal(store->list(store->ctx, arena, STR("mr-1"), &items, &count, NULL), OK);
    assert_int_equal(count, 3);
    assert_int_equal(items[0].chunk_id, 1);
    assert_int_equal(items[1].chunk_id, 0);
    assert_str_equal(items[1].packed, STR("strange"));
    assert_int_equal(items[2].chunk_id, 2);
    assert_true(holds(fake_service_head(service, 1), "GET /vectors/list?limit=100&namespace=mr-1 HTTP"));
    assert_true(holds(fake_service_head(service, 2), "&paginationToken=a%2B%2F%3D HTTP"));
    /* A namespace that does not exist is empty. */
    assert_int_equal(store->list(store->ctx, arena, STR("mr-2"), &items, &count, NULL), OK);
    assert_int_equal(count, 0);
}

static void vectors_go_out_in_requests_that_fit(void **state) {
    (void)state;
    enum { MANY = 1500 };
    const struct fake_answer then[] = { { .code = 200, .body = "{\"upsertedCount\":1000}" },
                                        { .code = 200, .body = "{\"upsertedCount\":500}" } };
    struct vector_item *items = arena_array(arena, MANY, sizeof *items);
    unsigned char packed[VECTOR_SCALE_BYTES + 3];
    assert_non_null(items);
    assert_true(vector_pack(question, 3, packed));
    for (int i = 0; i < MANY; i++)
        items[i] = (struct vector_item) { 7, i + 1, { (const char *)packed, sizeof packed } };
    serve(then, 2);
    assert_int_equal(store->put(store->ctx, arena, STR("mr-1"), 3, items, MANY, NULL), OK);
    assert_int_equal(fake_service_request_count(service), 3);
    struct str body = fake_service_body(service, 1);
    assert_true(
        str_starts(body, STR("{\"namespace\":\"mr-1\",\"vectors\":[{\"id\":\"doc7#1\",\"values\":[0.")));
    assert_true(holds(body, "\"doc7#1000\"") && !holds(body, "\"doc7#1001\"") && !holds(body, "metadata"));
    assert_true(holds(fake_service_body(service, 2), "\"doc7#1001\""));
}

static void removing_and_forgetting(void **state) {
    (void)state;
    const struct fake_answer then[] = { { .code = 200, .body = "{}" },
                                        { .code = 404,
                                          .body = "{\"code\":5,\"message\":\"Namespace not found\"}" } };
    const struct vector_item items[] = { { 7, 3, { 0 } }, { 0, 0, STR("a\"strange\"id") } };
    serve(then, 2);
    assert_int_equal(store->remove(store->ctx, arena, STR("mr-1"), items, 2, NULL), OK);
    assert_str_equal(fake_service_body(service, 1),
                     STR("{\"namespace\":\"mr-1\",\"ids\":[\"doc7#3\",\"a\\\"strange\\\"id\"]}"));
    assert_int_equal(store->forget(store->ctx, arena, STR("mr-1"), NULL), OK);
    assert_str_equal(fake_service_body(service, 2), STR("{\"deleteAll\":true,\"namespace\":\"mr-1\"}"));
}

static void namespaces_of_others_are_left_alone(void **state) {
    (void)state;
    const struct fake_answer then[] = {
        { .code = 200,
          .body = "{\"namespaces\":[{\"name\":\"mr-1-a\"},{\"name\":\"other\"},{\"name\":\"mr-1-b\"}]}" },
        { .code = 200,
          .body =
              "{\"namespaces\":{\"a\":{\"vectorCount\":5},\"b\":{}},\"dimension\":3,\"totalVectorCount\":5}" },
    };
    struct str *names;
    size_t count;
    struct vector_store_facts facts;
    serve(then, 2);
    assert_int_equal(store->namespaces(store->ctx, arena, STR("mr-1-"), &names, &count, NULL), OK);
    assert_int_equal(count, 2);
    assert_str_equal(names[1], STR("mr-1-b"));
    assert_int_equal(store->check(store->ctx, arena, 3, &facts, NULL), OK);
    assert_true(facts.dimensions == 3 && facts.vectors == 5 && facts.namespaces == 2);
}

static void settings_that_lack_are_told(void **state) {
    (void)state;
    const struct pinecone_options options = { .api_key = STR("a-key"),
                                              .base_url = STR("https://api.pinecone.io") };
    struct vector_store *none = NULL;
    struct err e = { 0 };
    assert_int_equal(pinecone_open(arena, &options, client, &none, &e), E_INVALID);
    assert_string_equal(e.message->code, "pinecone_setting_missing");
    assert_null(none);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_search_says_key_version_and_namespace, setup, teardown),
        cmocka_unit_test_setup_teardown(an_index_that_does_not_fit_is_refused_before_anything_is_sent, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(another_length_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(an_index_that_is_not_ready_is_asked_for_again, setup, teardown),
        cmocka_unit_test_setup_teardown(each_refusal_says_what_can_be_done, setup, teardown),
        cmocka_unit_test_setup_teardown(a_service_that_is_down_is_not_waited_for, setup, teardown),
        cmocka_unit_test_setup_teardown(a_list_goes_on_until_its_end, setup, teardown),
        cmocka_unit_test_setup_teardown(vectors_go_out_in_requests_that_fit, setup, teardown),
        cmocka_unit_test_setup_teardown(removing_and_forgetting, setup, teardown),
        cmocka_unit_test_setup_teardown(namespaces_of_others_are_left_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(settings_that_lack_are_told, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
