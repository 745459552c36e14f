/* A POST that creates, sent twice, through the real server and a real database. */
#include "test.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "accounts/notification.h"
#include "base/log.h"
#include "http/idempotency.h"
#include "http/server.h"
#include "queries.h"
#include "http/raw_client.h"
#include "support/temp_db.h"

struct shop {
    struct temp_db t;
    struct http_server *server;
    struct str address;
    _Atomic int64_t now_us; /* read by the threads of the server */
};

static const struct message too_bad = { "too_bad", "Dommage.", "Too bad." };

/* Creates a row and answers how many there are; {"fail":…} fails after the row was written. */
static enum status create(struct request *rq, struct reply *re, struct err *e) {
    int64_t count = 0;
    const struct db_val all[] = { db_int(0) };
    enum status s = db_begin(rq->db, e);
    if (s != OK) return s;
    s = notification_add(rq->db, STR("test"), 0, 0, SEVERITY_KNOW, rq->now_us, e);
    if (s == OK) s = db_get_i64(rq->db, &q_notification_count, all, &count, e);
    s = db_finish(rq->db, s, e);
    if (s != OK) return s;
    if (str_find(rq->body, STR("fail")) < rq->body.n) return fail(e, E_CONFLICT, &too_bad, "asked to fail");
    buf_addf(&re->body, "{\"count\":%lld}", (long long)count);
    return OK;
}

static enum status authenticate(void *ctx, struct request *rq, struct identity *who, struct err *e) {
    (void)ctx, (void)e;
    if (request_header(rq, "Authorization").n > 0)
        *who = (struct identity) { .user_id = 7, .role = ROLE_NURSE };
    return OK;
}

static const struct route routes[] = { { .method = HTTP_POST,
                                         .path = "/things/",
                                         .permission = PERM_PUBLIC,
                                         .run_on = RUN_WORKER,
                                         .body_max_bytes = 1000,
                                         .handler = create,
                                         .summary = "Create",
                                         .success = 201,
                                         .creates = true },
                                       { 0 } };

static int64_t now_of(void *ctx) {
    const struct shop *shop = ctx;
    return shop->now_us;
}

static int begin(void **state) {
    struct shop *shop = calloc(1, sizeof *shop);
    const struct route_set sets[] = { { routes, NULL }, { 0 } };
    const struct http_authenticator auth = { .authenticate = authenticate };
    const struct clock clock = { now_of, shop };
    struct err e = { 0 };
    shop->now_us = DAY_US * 20000;
    temp_db_open(&shop->t);
    const struct http_options options = { .listen = STR("127.0.0.1:0"),
                                          .public_url = STR("http://localhost"),
                                          .http_threads = 2,
                                          .request_workers = 8,
                                          .header_deadline_us = 20 * SECOND_US,
                                          .body_deadline_us = 20 * SECOND_US,
                                          .sets = sets,
                                          .auth = &auth,
                                          .clock = &clock,
                                          .db = shop->t.pool };
    if (http_server_start(&options, &shop->server, &e) != OK) fail_msg("%s", e.detail);
    shop->address = http_server_address(shop->server);
    *state = shop;
    return 0;
}

static int end(void **state) {
    struct shop *shop = *state;
    http_server_stop(shop->server, SECOND_US);
    temp_db_close(&shop->t);
    free(shop);
    return 0;
}

static int64_t rows(const struct shop *shop) {
    const struct db_val all[] = { db_int(0) };
    int64_t n = -1;
    assert_int_equal(db_get_i64(shop->t.db, &q_notification_count, all, &n, NULL), OK);
    return n;
}

static void post(const struct shop *shop, const char *headers, const char *body, struct answer *a) {
    char request[1024];
    snprintf(
        request, sizeof request,
        "POST /things/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAccept-Language: en\r\n%s"
        "Content-Length: %zu\r\n\r\n%s",
        headers, strlen(body), body);
    client_ask(shop->address, request, a);
}

static void expect(const struct shop *shop, const char *headers, const char *body, int status,
                   const char *wanted, bool replayed) {
    struct answer a;
    post(shop, headers, body, &a);
    assert_int_equal(a.status, status);
    if (wanted) assert_string_equal(a.body, wanted);
    assert_int_equal(answer_header(&a, "Idempotency-Replayed") != NULL, replayed);
    answer_free(&a);
}

static void without_a_key_each_creates(void **state) {
    expect(*state, "", "{}", 201, "{\"count\":1}", false);
    expect(*state, "", "{}", 201, "{\"count\":2}", false);
}

static void the_same_key_answers_the_first_response(void **state) {
    const struct shop *shop = *state;
    expect(shop, "Idempotency-Key: k1\r\n", "{}", 201, "{\"count\":1}", false);
    expect(shop, "Idempotency-Key: k2\r\n", "{}", 201, "{\"count\":2}", false);
    expect(shop, "Idempotency-Key: k1\r\n", "{}", 201, "{\"count\":1}", true);
    assert_int_equal(rows(shop), 2);
}

static void another_body_is_a_conflict(void **state) {
    const struct shop *shop = *state;
    expect(shop, "Idempotency-Key: k1\r\n", "{}", 201, NULL, false);
    expect(shop, "Idempotency-Key: k1\r\n", "{\"a\":1}", 409,
           "{\"detail\":\"This idempotency key was already used for another request.\","
           "\"code\":\"idempotency_key_reused\"}",
           false);
    assert_int_equal(rows(shop), 1);
}

static void callers_do_not_meet_on_a_key(void **state) {
    const struct shop *shop = *state;
    expect(shop, "Idempotency-Key: k1\r\n", "{}", 201, NULL, false);
    expect(shop, "Idempotency-Key: k1\r\nAuthorization: x\r\n", "{}", 201, NULL, false);
    assert_int_equal(rows(shop), 2);
}

static void a_failure_leaves_nothing_behind(void **state) {
    const struct shop *shop = *state;
    expect(shop, "Idempotency-Key: k1\r\n", "{\"fail\":1}", 409, NULL, false);
    assert_int_equal(rows(shop), 0);
    expect(shop, "Idempotency-Key: k1\r\n", "{}", 201, "{\"count\":1}", false);
}

static void keys_are_forgotten_after_a_day(void **state) {
    struct shop *shop = *state;
    expect(shop, "Idempotency-Key: k1\r\n", "{}", 201, NULL, false);
    shop->now_us += DAY_US - 1;
    expect(shop, "Idempotency-Key: k1\r\n", "{}", 201, NULL, true);
    shop->now_us += 2;
    expect(shop, "Idempotency-Key: k1\r\n", "{}", 201, "{\"count\":2}", false);
    shop->now_us += DAY_US + 1;
    assert_int_equal(idempotency_clean_up(shop->t.db, shop->now_us, NULL), OK);
    expect(shop, "Idempotency-Key: k1\r\n", "{}", 201, "{\"count\":3}", false);
}

static void odd_keys_are_refused(void **state) {
    const struct shop *shop = *state;
    char header[400] = "Idempotency-Key: ";
    size_t n = strlen(header);
    memset(header + n, 'k', IDEMPOTENCY_KEY_MAX + 1);
    snprintf(header + n + IDEMPOTENCY_KEY_MAX, 8, "\r\n");
    expect(shop, header, "{}", 201, NULL, false);
    snprintf(header + n + IDEMPOTENCY_KEY_MAX, 8, "k\r\n");
    expect(shop, header, "{}", 400, NULL, false);
    expect(shop, "Idempotency-Key: a b\r\n", "{}", 400, NULL, false);
    expect(shop, "Idempotency-Key: \xC3\xA9\r\n", "{}", 400, NULL, false);
    assert_int_equal(rows(shop), 1);
}

enum { MANY = 24 };

static void many_at_once_create_once(void **state) {
    const struct shop *shop = *state;
    int fds[MANY], replayed = 0;
    static const char request[] = "POST /things/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                  "Idempotency-Key: same\r\nContent-Length: 2\r\n\r\n{}";
    for (int i = 0; i < MANY; i++) fds[i] = client_connect(shop->address);
    for (int i = 0; i < MANY; i++) client_send_text(fds[i], request);
    for (int i = 0; i < MANY; i++) {
        struct answer a;
        client_read(fds[i], &a);
        assert_int_equal(a.status, 201);
        assert_string_equal(a.body, "{\"count\":1}");
        replayed += answer_header(&a, "Idempotency-Replayed") != NULL;
        answer_free(&a);
        close(fds[i]);
    }
    assert_int_equal(replayed, MANY - 1);
    assert_int_equal(rows(shop), 1);
}

int main(void) {
    const struct log_options quiet = { .level = LOG_ERROR, .file = "/dev/null" };
    if (log_open(&quiet, NULL) != OK) return 1;
#define IN_A_SHOP(test) cmocka_unit_test_setup_teardown(test, begin, end)
    const struct CMUnitTest tests[] = {
        IN_A_SHOP(without_a_key_each_creates),
        IN_A_SHOP(the_same_key_answers_the_first_response),
        IN_A_SHOP(another_body_is_a_conflict),
        IN_A_SHOP(callers_do_not_meet_on_a_key),
        IN_A_SHOP(a_failure_leaves_nothing_behind),
        IN_A_SHOP(keys_are_forgotten_after_a_day),
        IN_A_SHOP(odd_keys_are_refused),
        IN_A_SHOP(many_at_once_create_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
