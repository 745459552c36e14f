#include "test.h"

#include <pthread.h>

#include "http/static_site.h"
#include "metrics/request_meter.h"

static const struct route people[] = { { .method = HTTP_GET, .path = "/api/people/" },
                                       { .method = HTTP_POST, .path = "/api/people/" },
                                       { 0 } };
static const struct route papers[] = { { .method = HTTP_DELETE, .path = "/api/papers/{id}/" }, { 0 } };
static const struct route_set sets[] = { { papers, NULL }, { people, NULL }, { 0 } };

static struct arena *arena;
static struct request_meter *meter;
static struct buf out;

static int start(void **state) {
    (void)state;
    arena = arena_new(4 << 20);
    buf_init(&out, 1 << 18);
    return request_meter_new(arena, sets, 4, &meter, NULL) == OK ? 0 : -1;
}

static int stop(void **state) {
    (void)state;
    buf_done(&out);
    arena_free(arena);
    return 0;
}

static void assert_told(const char *line) {
    buf_clear(&out);
    request_meter_write(meter, &out);
    struct str text = buf_str(&out);
    if (str_find(text, str_from_c(line)) >= text.n) fail_msg("no %s in\n%.*s", line, STR_ARG(text));
}

static void test_by_route_and_class(void **state) {
    (void)state;
    request_meter_add(meter, 0, &people[1], 201, 2000);
    request_meter_add(meter, 3, &people[1], 200, 2000);
    request_meter_add(meter, 1, &papers[0], 404, 10);
    request_meter_add(meter, 0, NULL, 404, 10);
    request_meter_add(meter, 0, &static_route, 304, 10);
    assert_told("requests_total{method=\"POST\",route=\"/api/people/\",status=\"2xx\"} 2\n");
    assert_told("requests_total{method=\"DELETE\",route=\"/api/papers/{id}/\",status=\"4xx\"} 1\n");
    assert_told("requests_total{method=\"(any)\",route=\"(none)\",status=\"4xx\"} 1\n");
    assert_told("requests_total{method=\"GET\",route=\"(dashboard)\",status=\"3xx\"} 1\n");
    assert_told("_count{method=\"POST\",route=\"/api/people/\"} 2\n");
}

static void test_what_was_never_asked_has_no_line(void **state) {
    (void)state;
    request_meter_write(meter, &out);
    assert_true(str_find(buf_str(&out), STR("route=")) == out.n);
}

static void test_events_have_no_duration(void **state) {
    (void)state;
    request_meter_add(meter, 0, &people[0], 200, -1);
    assert_told("requests_total{method=\"GET\",route=\"/api/people/\",status=\"2xx\"} 1\n");
    assert_true(str_find(buf_str(&out), STR("_count")) == out.n);
}

enum { THREADS = 4, EACH = 20000 };

static void *hammer(void *arg) {
    for (int i = 0; i < EACH; i++) request_meter_add(meter, *(int *)arg, &people[0], 200, i);
    return NULL;
}

static void test_nothing_is_lost_between_threads(void **state) {
    pthread_t threads[THREADS];
    int numbers[THREADS] = { 0, 1, 1, 70 }; /* two share a shard; one is beyond all */
    (void)state;
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, hammer, &numbers[i]), 0);
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    assert_told("status=\"2xx\"} 80000\n");
    assert_told("_count{method=\"GET\",route=\"/api/people/\"} 80000\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_by_route_and_class, start, stop),
        cmocka_unit_test_setup_teardown(test_what_was_never_asked_has_no_line, start, stop),
        cmocka_unit_test_setup_teardown(test_events_have_no_duration, start, stop),
        cmocka_unit_test_setup_teardown(test_nothing_is_lost_between_threads, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
