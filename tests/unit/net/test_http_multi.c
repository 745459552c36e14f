/* Many requests under way at once: each answer finds its request, failures too, and a wait can be ended from outside. */
#include "test.h"

#include "net/http_multi.h"
#include "support/fake_service.h"

#include <pthread.h>

#include "base/clock.h"

enum { UNDER_WAY = 4 };

static struct arena *arena;
static struct http_multi *multi;
static struct fake_service *service;
static struct http_send_request requests[UNDER_WAY];
static int tags[UNDER_WAY];

static int start(void **state) {
    (void)state;
    arena = arena_new(64 << 20);
    return arena && http_multi_new(arena, UNDER_WAY, &multi, NULL) == OK ? 0 : -1;
}

static int stop(void **state) {
    (void)state;
    http_multi_free(multi);
    if (service) fake_service_stop(service);
    service = NULL;
    arena_free(arena);
    return 0;
}

static void add(int i, int64_t timeout_us) {
    struct str url;
    assert_true(arena_printf(arena, &url, "%s/%d", fake_service_url(service), i));
    requests[i] = (struct http_send_request) {
        .verb = VERB_POST, .url = url, .body = STR("x"), .timeout_us = timeout_us
    };
    tags[i] = i;
    assert_int_equal(http_multi_add(multi, arena, &requests[i], &tags[i], NULL), OK);
}

/* Waits until `wanted` are done; done[i] is the one of tag i. */
static void wait_for(size_t wanted, struct http_done done[UNDER_WAY]) {
    struct http_done some[UNDER_WAY];
    for (size_t got = 0; got < wanted;) {
        size_t count = http_multi_wait(multi, 10 * SECOND_US, some, UNDER_WAY);
        for (size_t i = 0; i < count; i++) done[*(int *)some[i].tag] = some[i];
        got += count;
    }
}

static void each_answer_finds_its_request(void **state) {
    static const struct fake_answer answers[] = { { 200, "{}" },
                                                  { 201, "{}" },
                                                  { 429, "{}", "Retry-After: 7\r\n" },
                                                  { 200, "{\"a\":1}", NULL, FAKE_CUT } };
    struct http_done done[UNDER_WAY] = { 0 };
    int codes = 0, cut = 0;

    (void)state;
    service = fake_service_start(answers, COUNT_OF(answers));
    for (int i = 0; i < UNDER_WAY; i++) add(i, 10 * SECOND_US);
    assert_int_equal(http_multi_add(multi, arena, &requests[0], &tags[0], NULL), E_LIMIT);
    wait_for(UNDER_WAY, done);
    for (int i = 0; i < UNDER_WAY; i++) {
        if (done[i].status == E_UNCERTAIN) {
            cut++;
            continue;
        }
        assert_int_equal(done[i].status, OK);
        codes += done[i].answer.code;
        if (done[i].answer.code == 429) assert_int_equal(done[i].answer.retry_after_us, 7 * SECOND_US);
    }
    assert_int_equal(cut, 1);
    assert_int_equal(codes, 200 + 201 + 429);
}

/* The kept connection ends when the service has the second request: it may have done it. */
static void what_must_not_be_done_twice_is_not_sent_anew(void **state) {
    static const struct fake_answer answers[] = { { 200, "{}" },
                                                  { 200, NULL, NULL, FAKE_CUT },
                                                  { 200, "{}" } };
    struct http_done done[UNDER_WAY] = { 0 };
    struct str url;

    (void)state;
    service = fake_service_start(answers, COUNT_OF(answers));
    assert_true(arena_printf(arena, &url, "%s/messages", fake_service_url(service)));
    requests[0] = (struct http_send_request) {
        .verb = VERB_POST, .url = url, .body = STR("Body=x"), .timeout_us = 10 * SECOND_US, .once = true
    };
    for (int i = 0; i < 2; i++) {
        assert_int_equal(http_multi_add(multi, arena, &requests[0], &tags[0], NULL), OK);
        wait_for(1, done);
        assert_int_equal(done[0].status, i ? E_UNCERTAIN : OK);
        assert_str_equal(fake_service_body(service, (size_t)i), STR("Body=x"));
    }
    assert_int_equal(fake_service_request_count(service), 2);
}

static void places_and_connections_are_used_again(void **state) {
    static const struct fake_answer answers[] = { { 200, "{}" }, { 200, "{}" }, { 200, "{}" } };
    struct http_done done[UNDER_WAY];

    (void)state;
    service = fake_service_start(answers, COUNT_OF(answers));
    for (size_t i = 0; i < COUNT_OF(answers); i++) {
        add(0, 10 * SECOND_US);
        wait_for(1, done);
        assert_int_equal(done[0].status, OK);
    }
    assert_int_equal(fake_service_connection_count(service), 1);
}

static void nobody_there_and_no_answer_are_told_apart(void **state) {
    static const struct fake_answer answers[] = { { 200, "{}", NULL, FAKE_HOLD } };
    struct http_done done[UNDER_WAY];
    struct str url;

    (void)state;
    service = fake_service_start(answers, COUNT_OF(answers));
    add(0, SECOND_US / 5);
    wait_for(1, done);
    assert_int_equal(done[0].status, E_UNCERTAIN);
    assert_true(arena_printf(arena, &url, "http://127.0.0.1:%d/", fake_service_closed_port()));
    requests[1] = (struct http_send_request) { .verb = VERB_GET, .url = url, .timeout_us = SECOND_US };
    tags[1] = 1;
    assert_int_equal(http_multi_add(multi, arena, &requests[1], &tags[1], NULL), OK);
    wait_for(1, done);
    assert_int_equal(done[1].status, E_RETRY);
}

static void *wake(void *ctx) {
    (void)ctx;
    http_multi_wake(multi);
    return NULL;
}

static void a_wait_is_ended_from_outside(void **state) {
    struct http_done done[UNDER_WAY];
    pthread_t thread;
    int64_t start_us = clock_monotonic_us();

    (void)state;
    assert_int_equal(pthread_create(&thread, NULL, wake, NULL), 0);
    assert_int_equal(http_multi_wait(multi, MINUTE_US, done, UNDER_WAY), 0);
    assert_true(clock_monotonic_us() - start_us < MINUTE_US / 2);
    pthread_join(thread, NULL);
}

static void what_is_under_way_can_be_left(void **state) {
    static const struct fake_answer answers[] = { { 200, "{}", NULL, FAKE_HOLD } };
    struct http_done done[UNDER_WAY];

    (void)state;
    service = fake_service_start(answers, COUNT_OF(answers));
    add(0, MINUTE_US);
    while (fake_service_request_count(service) == 0)
        assert_int_equal(http_multi_wait(multi, SECOND_US / 100, done, UNDER_WAY), 0);
    /* stop() frees it */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_answer_finds_its_request, start, stop),
        cmocka_unit_test_setup_teardown(what_must_not_be_done_twice_is_not_sent_anew, start, stop),
        cmocka_unit_test_setup_teardown(places_and_connections_are_used_again, start, stop),
        cmocka_unit_test_setup_teardown(nobody_there_and_no_answer_are_told_apart, start, stop),
        cmocka_unit_test_setup_teardown(a_wait_is_ended_from_outside, start, stop),
        cmocka_unit_test_setup_teardown(what_is_under_way_can_be_left, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
