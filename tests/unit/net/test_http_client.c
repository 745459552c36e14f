#include "test.h"

#include "net/http_client.h"
#include "support/fake_service.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/clock.h"

static struct arena *arena;
static struct http_client *client;
static struct fake_service *service;

static int start(void **state) {
    (void)state;
    arena = arena_new(64 << 20);
    return arena && http_client_new(arena, &client, NULL) == OK ? 0 : -1;
}

static int stop(void **state) {
    (void)state;
    http_client_free(client);
    if (service) fake_service_stop(service);
    service = NULL;
    arena_free(arena);
    return 0;
}

static struct str url(const char *path) {
    struct str text;
    assert_true(arena_printf(arena, &text, "%s%s", fake_service_url(service), path));
    return text;
}

static struct http_send_request get(struct str where) {
    return (struct http_send_request) { .verb = VERB_GET, .url = where, .timeout_us = 10 * SECOND_US };
}

static enum status send_to(const struct http_send_request *rq, struct http_answer *out) {
    struct err e = { 0 };
    enum status s = http_send(client, arena, rq, out, &e);
    if (s != OK) assert_true(e.detail[0] != 0 && e.message != NULL);
    return s;
}

static void sends_what_it_is_given_and_gives_what_comes(void **state) {
    (void)state;
    const struct fake_answer answers[] = { { 207, "{\"a\":1}", "X-Index-Host: one.example\r\nX-Other: 1\r\n",
                                             FAKE_KEEP } };
    struct http_answer got;
    service = fake_service_start(answers, 1);
    struct http_send_request rq = { .verb = VERB_POST,
                                    .url = url("/v1/things?x=1"),
                                    .headers = { { STR("Content-Type"), STR("application/json") },
                                                 { STR("x-goog-api-key"), STR("a-key") } },
                                    .body = STR("{\"q\":\"\xc3\xa9\"}"),
                                    .timeout_us = 10 * SECOND_US,
                                    .wanted_header = STR("x-index-host") };
    assert_int_equal(send_to(&rq, &got), OK);
    assert_int_equal(got.code, 207);
    assert_str_equal(got.body, STR("{\"a\":1}"));
    assert_str_equal(got.header, STR("one.example"));
    assert_int_equal(got.retry_after_us, 0);

    struct str head = fake_service_head(service, 0);
    assert_true(str_starts(head, STR("POST /v1/things?x=1 HTTP/1.1\r\n")));
    assert_true(str_find(head, STR("\r\nContent-Type: application/json\r\n")) < head.n);
    assert_true(str_find(head, STR("\r\nx-goog-api-key: a-key\r\n")) < head.n);
    assert_true(str_find(head, STR("Expect")) == head.n);
    assert_str_equal(fake_service_body(service, 0), rq.body);
}

static void each_verb_leaves_as_itself(void **state) {
    (void)state;
    static const struct fake_answer ok[] = { { 200, "{}" }, { 200, "{}" }, { 200, "{}" }, { 204 } };
    static const char *const starts[] = { "GET /x ", "POST /x ", "DELETE /x ", "PATCH /x " };
    struct http_answer got;
    service = fake_service_start(ok, COUNT_OF(ok));
    for (int verb = VERB_GET; verb <= VERB_PATCH; verb++) {
        struct http_send_request rq = get(url("/x"));
        rq.verb = (enum http_verb)verb;
        if (verb == VERB_PATCH) rq.body = STR("{}");
        assert_int_equal(send_to(&rq, &got), OK);
        assert_true(str_starts(fake_service_head(service, (size_t)verb), str_from_c(starts[verb])));
    }
    assert_int_equal(got.code, 204);
    assert_int_equal(got.body.n, 0);
}

static void a_connection_serves_many_requests(void **state) {
    (void)state;
    static const struct fake_answer ok[] = { { 200, "{}" }, { 503, "{}" }, { 200, "{}" }, { 200, "{}" } };
    struct http_answer got;
    service = fake_service_start(ok, COUNT_OF(ok));
    for (size_t i = 0; i < COUNT_OF(ok); i++) {
        struct http_send_request rq = get(url("/"));
        assert_int_equal(send_to(&rq, &got), OK);
        assert_int_equal(got.code, ok[i].code);
    }
    assert_int_equal(fake_service_connection_count(service), 1);
}

static void a_redirect_is_an_answer(void **state) {
    (void)state;
    static const struct fake_answer away[] = { { 302, "", "Location: /elsewhere\r\n" } };
    struct http_answer got;
    service = fake_service_start(away, 1);
    struct http_send_request rq = get(url("/"));
    assert_int_equal(send_to(&rq, &got), OK);
    assert_int_equal(got.code, 302);
    assert_int_equal(fake_service_request_count(service), 1);
}

static void no_proxy_is_taken_from_the_environment(void **state) {
    (void)state;
    static const struct fake_answer ok[] = { { 200, "{}" } };
    char proxy[64];
    struct http_answer got;
    snprintf(proxy, sizeof proxy, "http://127.0.0.1:%d", fake_service_closed_port());
    setenv("http_proxy", proxy, 1);
    setenv("ALL_PROXY", proxy, 1);
    service = fake_service_start(ok, 1);
    struct http_send_request rq = get(url("/"));
    assert_int_equal(send_to(&rq, &got), OK);
    unsetenv("http_proxy");
    unsetenv("ALL_PROXY");
}

static int64_t retry_after(const char *header) {
    const struct fake_answer busy[] = { { 429, "{}", header } };
    struct http_answer got;
    service = fake_service_start(busy, 1);
    struct http_send_request rq = get(url("/"));
    assert_int_equal(send_to(&rq, &got), OK);
    fake_service_stop(service);
    service = NULL;
    return got.retry_after_us;
}

static void retry_after_is_a_duration(void **state) {
    (void)state;
    assert_int_equal(retry_after("Retry-After: 37\r\n"), 37 * SECOND_US);
    assert_int_equal(retry_after("retry-after:  2 \r\n"), 2 * SECOND_US);
    assert_int_equal(retry_after("Retry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n"), 0);
    assert_int_equal(retry_after("Retry-After: Fri, 31 Dec 2199 23:59:59 GMT\r\n"), DAY_US);
    assert_int_equal(retry_after("Retry-After: 999999999999\r\n"), DAY_US);
    assert_int_equal(retry_after("Retry-After: -3\r\n"), 0);
    assert_int_equal(retry_after("Retry-After: soon\r\n"), 0);
    assert_int_equal(retry_after(NULL), 0);
}

static void a_date_to_come_is_counted_from_now(void **state) {
    (void)state;
    char header[96];
    time_t in_an_hour = time(NULL) + 3600;
    struct tm tm;
    assert_non_null(gmtime_r(&in_an_hour, &tm));
    strftime(header, sizeof header, "Retry-After: %a, %d %b %Y %H:%M:%S GMT\r\n", &tm);
    assert_in_range(retry_after(header), 3590 * SECOND_US, 3600 * SECOND_US);
}

static void an_answer_larger_than_allowed_is_refused(void **state) {
    (void)state;
    static const struct fake_answer large[] = { { 200, "0123456789" }, { 200, "0123456789" } };
    struct http_answer got = { .code = 7 };
    service = fake_service_start(large, 2);
    struct http_send_request rq = get(url("/"));
    rq.answer_bytes_max = 9;
    assert_int_equal(send_to(&rq, &got), E_LIMIT);
    assert_int_equal(got.code, 7);
    rq.answer_bytes_max = 10;
    assert_int_equal(send_to(&rq, &got), OK);
    assert_int_equal(got.body.n, 10);
}

static void a_request_without_its_whole_answer_is_uncertain(void **state) {
    (void)state;
    static const struct fake_answer broken[] = { { .end = FAKE_CUT },
                                                 { 200, "0123456789", NULL, FAKE_CUT },
                                                 { .end = FAKE_HOLD } };
    struct http_answer got;
    service = fake_service_start(broken, COUNT_OF(broken));
    for (size_t i = 0; i < COUNT_OF(broken); i++) {
        struct http_send_request rq = get(url("/"));
        if (broken[i].end == FAKE_HOLD) rq.timeout_us = SECOND_US / 2;
        assert_int_equal(send_to(&rq, &got), E_UNCERTAIN);
    }
    assert_int_equal(fake_service_request_count(service), 3);
}

static void what_reached_nobody_may_be_tried_again(void **state) {
    (void)state;
    char where[64];
    struct http_answer got;
    snprintf(where, sizeof where, "http://127.0.0.1:%d/", fake_service_closed_port());
    struct http_send_request rq = get(str_from_c(where));
    assert_int_equal(send_to(&rq, &got), E_RETRY);
    rq.url = STR("https://no-such-name.invalid/");
    assert_int_equal(send_to(&rq, &got), E_RETRY);
    rq.timeout_us = 0;
    assert_int_equal(send_to(&rq, &got), E_RETRY);
}

static void only_http_is_spoken(void **state) {
    (void)state;
    struct http_answer got;
    struct http_send_request rq = get(STR("file:///etc/hostname"));
    assert_int_equal(send_to(&rq, &got), E_RETRY);
}

/* Made for this test, in nobody's list of trusted ones. */
static const char own_key[] = "-----BEGIN PRIVATE KEY-----\n"
                              "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgjI47OaijNLxYlO/n\n"
                              "jvjuGBBYkc7scXrNmF5AU3ateg+hRANCAAR6V41rAYgDUMrsysiJTUaWPTwWuchS\n"
                              "vqUM3h2E2ErIRN9ECLWgAUXGOKKJZcp0g/e9bA9bgr3xr41HVo5CJB4G\n"
                              "-----END PRIVATE KEY-----\n";

static const char own_certificate[] = "-----BEGIN CERTIFICATE-----\n"
                                      "MIIBnDCCAUGgAwIBAgIUYSbpKEuqYHKLZPo05TEdS0mzRd0wCgYIKoZIzj0EAwIw\n"
                                      "FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNjAwMTc1M1oYDzIxMjYxMTAy\n"
                                      "MDAxNzUzWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO\n"
                                      "PQMBBwNCAAR6V41rAYgDUMrsysiJTUaWPTwWuchSvqUM3h2E2ErIRN9ECLWgAUXG\n"
                                      "OKKJZcp0g/e9bA9bgr3xr41HVo5CJB4Go28wbTAdBgNVHQ4EFgQUCZnK6ebdrslp\n"
                                      "uuD8gBuRCLFLKeYwHwYDVR0jBBgwFoAUCZnK6ebdrslpuuD8gBuRCLFLKeYwDwYD\n"
                                      "VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI\n"
                                      "zj0EAwIDSQAwRgIhAN8G3l4g1h41cE0plwSmAUpH4T++kBgKqYZCEVwNuU75AiEA\n"
                                      "/+gHda1vqpPDZWX4gZ2jVon7/82seqkiHIjWEYFVAvU=\n"
                                      "-----END CERTIFICATE-----\n";

static enum MHD_Result answer_anybody(void *ctx, struct MHD_Connection *connection, const char *path,
                                      const char *method, const char *version, const char *body,
                                      size_t *body_n, void **state) {
    static char nothing[] = "";
    atomic_int *asked = ctx;
    struct MHD_Response *r = MHD_create_response_from_buffer(0, nothing, MHD_RESPMEM_PERSISTENT);
    (void)path, (void)method, (void)version, (void)body, (void)body_n, (void)state;
    atomic_fetch_add(asked, 1);
    enum MHD_Result done = MHD_queue_response(connection, 200, r);
    MHD_destroy_response(r);
    return done;
}

static void a_certificate_that_nobody_vouches_for_is_refused(void **state) {
    (void)state;
    char where[64];
    atomic_int asked = 0;
    struct http_answer got;
    struct err e = { 0 };
    struct MHD_Daemon *server = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_TLS, 0, NULL, NULL,
                                                 answer_anybody, &asked, MHD_OPTION_HTTPS_MEM_KEY, own_key,
                                                 MHD_OPTION_HTTPS_MEM_CERT, own_certificate, MHD_OPTION_END);
    assert_non_null(server);
    snprintf(where, sizeof where, "https://localhost:%d/",
             MHD_get_daemon_info(server, MHD_DAEMON_INFO_BIND_PORT)->port);
    struct http_send_request rq = get(str_from_c(where));
    assert_int_equal(http_send(client, arena, &rq, &got, &e), E_RETRY);
    assert_string_equal(e.message->code, "service_not_trusted");
    assert_int_equal(atomic_load(&asked), 0);
    MHD_stop_daemon(server);
}

static void what_a_stranger_named_leads_to_no_inner_network(void **state) {
    (void)state;
    static const struct fake_answer ok[] = { { 200, "{}" }, { 200, "{}" } };
    char by_name[64];
    struct http_answer got;
    struct err e = { 0 };
    service = fake_service_start(ok, COUNT_OF(ok));
    struct http_send_request rq = get(url("/"));
    assert_int_equal(send_to(&rq, &got), OK); /* its connection stays open, and is not used below */

    rq.reach = REACH_PUBLIC;
    assert_int_equal(http_send(client, arena, &rq, &got, &e), E_DENIED);
    assert_string_equal(e.message->code, "service_out_of_reach");
    snprintf(by_name, sizeof by_name, "http://localhost%s", strrchr(fake_service_url(service), ':'));
    rq.url = str_from_c(by_name);
    assert_int_equal(http_send(client, arena, &rq, &got, NULL), E_DENIED);
    static const char *const inside[] = { "http://10.0.0.1/",
                                          "http://169.254.169.254/latest/meta-data/",
                                          "http://[::ffff:192.168.1.1]/",
                                          "http://[fe80::1]/",
                                          "http://2130706433/",
                                          "http://0x7f.1/" };
    for (size_t i = 0; i < COUNT_OF(inside); i++) {
        rq.url = str_from_c(inside[i]);
        assert_int_equal(http_send(client, arena, &rq, &got, NULL), E_DENIED);
    }
    assert_int_equal(fake_service_request_count(service), 1);
}

static void a_service_on_this_machine_may_lead_to_this_machine(void **state) {
    (void)state;
    static const struct fake_answer ok[] = { { 200, "{}" }, { 200, "{}" } };
    struct http_answer got;
    service = fake_service_start(ok, COUNT_OF(ok));
    struct http_send_request rq = get(url("/"));
    rq.reach = REACH_PUBLIC_OR_LOOPBACK;
    assert_int_equal(send_to(&rq, &got), OK);
    rq.url = STR("http://192.168.0.1/");
    assert_int_equal(http_send(client, arena, &rq, &got, NULL), E_DENIED);
    rq = get(url("/")); /* the rule is of a request, not of the handle that it used */
    assert_int_equal(send_to(&rq, &got), OK);
}

enum { THREADS = 8, ROUNDS = 5 };

static void *ask_often(void *ctx) {
    struct arena *own = arena_new(1 << 20);
    atomic_int *answered = ctx;
    for (int i = 0; own && i < ROUNDS; i++) {
        struct http_answer got;
        struct http_send_request rq = { .verb = VERB_POST,
                                        .url = str_from_c(fake_service_url(service)),
                                        .body = STR("{}"),
                                        .timeout_us = 20 * SECOND_US };
        if (http_send(client, own, &rq, &got, NULL) == OK && got.code == 200) atomic_fetch_add(answered, 1);
    }
    arena_free(own);
    return NULL;
}

static void many_threads_share_a_client(void **state) {
    (void)state;
    struct fake_answer ok[THREADS * ROUNDS];
    pthread_t threads[THREADS];
    atomic_int answered = 0;
    for (size_t i = 0; i < COUNT_OF(ok); i++) ok[i] = (struct fake_answer) { 200, "{}" };
    service = fake_service_start(ok, COUNT_OF(ok));
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, ask_often, &answered), 0);
    for (size_t i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    assert_int_equal(atomic_load(&answered), THREADS * ROUNDS);
    assert_in_range(fake_service_connection_count(service), 1, THREADS);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(sends_what_it_is_given_and_gives_what_comes, start, stop),
        cmocka_unit_test_setup_teardown(each_verb_leaves_as_itself, start, stop),
        cmocka_unit_test_setup_teardown(a_connection_serves_many_requests, start, stop),
        cmocka_unit_test_setup_teardown(a_redirect_is_an_answer, start, stop),
        cmocka_unit_test_setup_teardown(no_proxy_is_taken_from_the_environment, start, stop),
        cmocka_unit_test_setup_teardown(retry_after_is_a_duration, start, stop),
        cmocka_unit_test_setup_teardown(a_date_to_come_is_counted_from_now, start, stop),
        cmocka_unit_test_setup_teardown(an_answer_larger_than_allowed_is_refused, start, stop),
        cmocka_unit_test_setup_teardown(a_request_without_its_whole_answer_is_uncertain, start, stop),
        cmocka_unit_test_setup_teardown(what_reached_nobody_may_be_tried_again, start, stop),
        cmocka_unit_test_setup_teardown(only_http_is_spoken, start, stop),
        cmocka_unit_test_setup_teardown(a_certificate_that_nobody_vouches_for_is_refused, start, stop),
        cmocka_unit_test_setup_teardown(what_a_stranger_named_leads_to_no_inner_network, start, stop),
        cmocka_unit_test_setup_teardown(a_service_on_this_machine_may_lead_to_this_machine, start, stop),
        cmocka_unit_test_setup_teardown(many_threads_share_a_client, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
