#include "test.h"

#include "jobs/job_list.h"
#include "support/temp_db.h"

#include <jansson.h>

static struct temp_db t;
static struct reply reply;

static int start(void **state) {
    (void)state;
    temp_db_open(&t);
    buf_init(&reply.body, 1 << 16);
    return 0;
}

static int stop(void **state) {
    (void)state;
    buf_done(&reply.body);
    temp_db_close(&t);
    return 0;
}

static enum status get(const char *query, struct err *e) {
    struct request rq = {
        .arena = t.arena, .db = t.db, .path = STR("/api/jobs/"), .query = str_from_c(query)
    };
    buf_clear(&reply.body);
    return jobs_routes[0].handler(&rq, &reply, e);
}

static json_t *get_list(const char *query, json_int_t count, size_t rows) {
    assert_int_equal(get(query, NULL), OK);
    json_t *doc = json_loadb(reply.body.p, reply.body.n, 0, NULL);
    assert_non_null(doc);
    assert_int_equal(json_integer_value(json_object_get(doc, "count")), count);
    assert_int_equal(json_array_size(json_object_get(doc, "results")), rows);
    return doc;
}

static void shows_the_newest_first(void **state) {
    (void)state;
    assert_int_equal(db_begin(t.db, NULL), OK);
    for (int i = 0; i < 30; i++)
        assert_int_equal(job_add(t.db, NULL, i % 3 ? STR("a") : STR("b"), STR("{}"), 5, STR(""), 1, NULL),
                         OK);
    assert_int_equal(db_finish(t.db, OK, NULL), OK);

    json_t *doc = get_list("", 30, 25);
    json_t *job = json_array_get(json_object_get(doc, "results"), 0);
    assert_int_equal(json_integer_value(json_object_get(job, "id")), 30);
    assert_string_equal(json_string_value(json_object_get(job, "state")), "ready");
    assert_string_equal(json_string_value(json_object_get(job, "due_at")), "1970-01-01T00:00:00.000005Z");
    assert_true(json_is_null(json_object_get(job, "finished_at")));
    assert_int_equal(json_object_size(job), 9);
    json_decref(doc);
    json_decref(get_list("kind=b&page_size=4&page=3", 10, 2));
    json_decref(get_list("state=done", 0, 0));
}

static void refuses_an_unknown_state(void **state) {
    (void)state;
    struct err e = { 0 };
    assert_int_equal(get("state=lost", &e), E_INVALID);
    assert_string_equal(e.message->code, "job_state_unknown");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(shows_the_newest_first, start, stop),
        cmocka_unit_test_setup_teardown(refuses_an_unknown_state, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
