#include "test.h"

#include "models/model_call.h"

#include <jansson.h>

#include "db/db.h"
#include "support/temp_db.h"

#define DAY_ONE (20000 * DAY_US)

static struct temp_db t;
static struct reply reply;
static struct model_prices prices;

static int start(void **state) {
    (void)state;
    temp_db_open(&t);
    buf_init(&reply.body, 1 << 16);
    prices = (struct model_prices) { { true, 300000 }, { true, 2500000 }, { false, 0 } };
    return 0;
}

static int stop(void **state) {
    (void)state;
    buf_done(&reply.body);
    temp_db_close(&t);
    return 0;
}

static void add(enum model_call_kind kind, int64_t at_us, const char *outcome) {
    const struct model_call call = { .kind = kind,
                                     .question_id = 7,
                                     .provider = "gemini",
                                     .model = STR("gemini-3.5-flash-lite"),
                                     .model_version = STR("v"),
                                     .host = STR("models.example"),
                                     .outcome = str_from_c(outcome),
                                     .http_code = 200,
                                     .calls = 2,
                                     .texts = 1,
                                     .sent_bytes = 1000,
                                     .tokens_in = 1000000,
                                     .tokens_out = 200000,
                                     .duration_us = 1500,
                                     .at_us = at_us };
    assert_int_equal(db_begin(t.db, NULL), OK);
    assert_int_equal(db_finish(t.db, model_call_add(t.db, &call, NULL), NULL), OK);
}

static enum status get(size_t route, const char *query, struct err *e) {
    struct request rq = { .arena = t.arena,
                          .db = t.db,
                          .room = &prices,
                          .path = str_from_c(model_call_routes[route].path),
                          .query = str_from_c(query) };
    buf_clear(&reply.body);
    return model_call_routes[route].handler(&rq, &reply, e);
}

static json_t *get_list(size_t route, const char *query, json_int_t count) {
    assert_int_equal(get(route, query, NULL), OK);
    json_t *doc = json_loadb(reply.body.p, reply.body.n, 0, NULL);
    assert_non_null(doc);
    assert_int_equal(json_integer_value(json_object_get(doc, "count")), count);
    return doc;
}

static json_t *row(json_t *doc, size_t i) {
    return json_array_get(json_object_get(doc, "results"), i);
}

static void calls_are_listed_newest_first(void **state) {
    (void)state;
    add(CALL_GENERATE, DAY_ONE, "generated");
    add(CALL_EMBED_PASSAGES, DAY_ONE + 1, "E_RETRY");
    json_t *doc = get_list(0, "", 2), *embedded = row(doc, 0), *written = row(doc, 1);
    assert_string_equal(json_string_value(json_object_get(embedded, "kind")), "embed_passages");
    assert_true(json_is_null(json_object_get(embedded, "cost_usd")));
    assert_true(json_is_null(json_object_get(embedded, "patient")));
    assert_float_equal(json_real_value(json_object_get(written, "cost_usd")), 0.3 + 0.5, 1e-9);
    assert_int_equal(json_integer_value(json_object_get(written, "requests")), 2);
    assert_int_equal(json_integer_value(json_object_get(written, "question")), 7);
    assert_float_equal(json_real_value(json_object_get(written, "duration_ms")), 1.5, 1e-9);
    json_decref(doc);
    json_decref(get_list(0, "kind=generate", 1));
    json_decref(get_list(0, "outcome=E_RETRY", 1));
    json_decref(get_list(0, "patient=3", 0));
}

static void an_unknown_filter_is_refused(void **state) {
    (void)state;
    struct err e = { 0 };
    assert_int_equal(get(0, "kind=speak", &e), E_INVALID);
    assert_int_equal(get(0, "patient=x", &e), E_INVALID);
}

static void days_are_summed(void **state) {
    (void)state;
    add(CALL_GENERATE, DAY_ONE, "generated");
    add(CALL_GENERATE, DAY_ONE + DAY_US - 1, "late");
    add(CALL_GENERATE, DAY_ONE + DAY_US, "generated");
    add(CALL_EMBED_QUESTION, DAY_ONE, "OK");
    json_t *doc = get_list(1, "", 3), *second = row(doc, 0), *first = row(doc, 2);
    assert_string_equal(json_string_value(json_object_get(second, "day")), "2024-10-05");
    assert_string_equal(json_string_value(json_object_get(first, "day")), "2024-10-04");
    assert_string_equal(json_string_value(json_object_get(first, "kind")), "generate");
    assert_int_equal(json_integer_value(json_object_get(first, "calls")), 2);
    assert_int_equal(json_integer_value(json_object_get(first, "failed")), 1);
    assert_int_equal(json_integer_value(json_object_get(first, "requests")), 4);
    assert_int_equal(json_integer_value(json_object_get(first, "sent_bytes")), 2000);
    assert_float_equal(json_real_value(json_object_get(first, "cost_usd")), 1.6, 1e-9);
    json_decref(doc);
}

static void a_price_of_nothing_is_a_price(void **state) {
    (void)state;
    prices = (struct model_prices) { { true, 0 }, { true, 0 }, { true, 0 } };
    add(CALL_GENERATE, DAY_ONE, "generated");
    json_t *doc = get_list(0, "", 1);
    assert_true(json_is_number(json_object_get(row(doc, 0), "cost_usd")));
    json_decref(doc);
}

static int64_t notifications(void) {
    static const struct db_query count = { "count",
                                           "SELECT count(*) FROM notification WHERE kind = 'model.refused'",
                                           -1, 0, 1 };
    int64_t n = -1;
    assert_int_equal(db_get_i64(t.db, &count, NULL, &n, NULL), OK);
    return n;
}

/* Answers go on without the model: without this nobody would know. */
static void a_refusal_is_told_once(void **state) {
    (void)state;
    static const struct db_query read = { "read", "UPDATE notification SET read_at_us = 1", -1, 0, 0 };
    add(CALL_GENERATE, DAY_ONE, "busy");
    add(CALL_EMBED_PASSAGES, DAY_ONE, "E_RETRY");
    assert_int_equal(notifications(), 0);
    add(CALL_GENERATE, DAY_ONE, "refused");
    add(CALL_GENERATE, DAY_ONE, "refused");
    add(CALL_EMBED_PASSAGES, DAY_ONE, "E_INVALID");
    assert_int_equal(notifications(), 1);
    assert_int_equal(db_begin(t.db, NULL), OK);
    assert_int_equal(db_finish(t.db, db_run(t.db, &read, NULL, NULL, NULL, NULL, NULL), NULL), OK);
    add(CALL_GENERATE, DAY_ONE, "refused");
    assert_int_equal(notifications(), 2);
}

static void what_is_old_is_thrown_away(void **state) {
    (void)state;
    add(CALL_GENERATE, DAY_ONE, "generated");
    add(CALL_GENERATE, DAY_ONE + DAY_US, "generated");
    assert_int_equal(model_call_clean_up(t.db, DAY_ONE + DAY_US, NULL), OK);
    json_t *doc = get_list(0, "", 1);
    assert_int_equal(json_integer_value(json_object_get(row(doc, 0), "id")), 2);
    json_decref(doc);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(calls_are_listed_newest_first, start, stop),
        cmocka_unit_test_setup_teardown(an_unknown_filter_is_refused, start, stop),
        cmocka_unit_test_setup_teardown(days_are_summed, start, stop),
        cmocka_unit_test_setup_teardown(a_price_of_nothing_is_a_price, start, stop),
        cmocka_unit_test_setup_teardown(a_refusal_is_told_once, start, stop),
        cmocka_unit_test_setup_teardown(what_is_old_is_thrown_away, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
