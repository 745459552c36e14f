/* What is read from the tables, held against rows whose sums are known. */
#include "test.h"

#include <math.h>

#include "metrics/activity.h"
#include "metrics/sample.h"
#include "support/temp_db.h"

#define NOW_US (20000 * DAY_US + 12 * HOUR_US + 30 * MINUTE_US)

static struct temp_db t;
static struct activity *activity;

static void sql(const char *text) {
    const struct db_query q = { "test", text, -1, 0, 0 };
    assert_int_equal(db_begin(t.db, NULL), OK);
    assert_int_equal(db_finish(t.db, db_run(t.db, &q, NULL, NULL, NULL, NULL, NULL), NULL), OK);
}

static int start(void **state) {
    (void)state;
    if (zone_use(STR("UTC"), NULL) != OK) return -1;
    temp_db_open(&t);
    activity = arena_alloc(t.arena, sizeof *activity);
    return activity ? 0 : -1;
}

static int stop(void **state) {
    (void)state;
    temp_db_close(&t);
    return 0;
}

static void read_hours(int64_t hours) {
    assert_int_equal(activity_read(t.db, t.arena, NOW_US, hours, NULL, activity, NULL), OK);
}

/* One message; times are seconds before now, errors and what it answers are SQL. */
static void message(int id, const char *direction, const char *kind, const char *status, int ago_s,
                    const char *sent_s, const char *answers, const char *error) {
    char text[700];
    snprintf(
        text, sizeof text,
        "INSERT INTO message (id, direction, kind, phone, body, status, status_rank, created_at_us, updated_at_us, sent_at_us, "
        "answers_id, error_code) VALUES (%d, '%s', '%s', '+221770000001', 'x', '%s', 1, %lld, 0, %lld - 1000000 * %s, %s, %s)",
        id, direction, kind, status, (long long)(NOW_US - ago_s * SECOND_US), (long long)NOW_US, sent_s,
        answers, error);
    sql(text);
}

static void test_nothing_is_not_zero(void **state) {
    (void)state;
    read_hours(24);
    assert_int_equal(activity->all.out, 0);
    assert_int_equal(activity->response_all.count, 0);
    assert_true(isnan(activity_share(activity->all.indexed, 0)));
    assert_true(isnan(activity_up(activity, 3)));
}

static void test_how_far_messages_came(void **state) {
    (void)state;
    message(1, "in", "text", "processed", 100, "NULL", "NULL", "NULL");
    message(2, "out", "reply", "read", 98, "96", "1", "NULL");
    message(3, "out", "bulk", "delivered", 50, "49", "NULL", "NULL");
    message(4, "out", "bulk", "failed", 50, "NULL", "NULL", "'63024'");
    message(5, "out", "notice", "queued", 40, "NULL", "NULL", "NULL");
    message(6, "out", "notice", "failed", 40, "NULL", "NULL", "'not_needed'");
    message(7, "out", "notice", "failed", 200000, "NULL", "NULL", "'63016'"); /* too long ago */
    read_hours(24);
    assert_int_equal(activity->all.received, 1);
    assert_int_equal(activity->all.out, 4);
    assert_int_equal(activity->all.sent, 2);
    assert_int_equal(activity->all.delivered, 2);
    assert_int_equal(activity->all.read, 1);
    assert_int_equal(activity->all.failed, 1);
    assert_int_equal(activity->all.broadcast_delivered, 1);
    assert_int_equal(activity->message_errors.count, 1);
    assert_str_equal(activity->message_errors.items[0].name, STR("63024"));
    assert_int_equal(activity->response_all.count, 1); /* from question to the reply that left */
    assert_int_equal(activity->response_all.p95_us, 4 * SECOND_US);
    assert_int_equal(activity->buckets[activity->period.count - 1].out, 4);
}

static void test_a_replaced_message_is_no_failure(void **state) {
    (void)state;
    message(1, "out", "notice", "failed", 100, "NULL", "NULL", "'63016'");
    message(2, "out", "notice", "sent", 90, "89", "NULL", "NULL");
    sql("UPDATE message SET replaces_id = 1 WHERE id = 2");
    read_hours(24);
    assert_int_equal(activity->all.out, 1);
    assert_int_equal(activity->all.failed, 0);
    assert_int_equal(activity->message_errors.count, 0);
}

static void sample(int64_t at_us, const char *sending, const char *model) {
    char text[200];
    snprintf(text, sizeof text, "INSERT INTO metric_sample VALUES (%lld, '%s', '%s', 'none', 0, 0, 0)",
             (long long)at_us, sending, model);
    sql(text);
}

static void test_when_the_program_ran(void **state) {
    (void)state;
    int64_t hour_us = NOW_US - 90 * MINUTE_US; /* 11:00 */
    for (int i = 0; i < 6; i++)
        sample(hour_us + i * SAMPLE_US, i < 3 ? "ok" : "paused", i == 0 ? "refused" : "ok");
    read_hours(2);
    assert_true(isnan(activity_up(activity, 0))); /* before the first */
    assert_true(fabs(activity_up(activity, 1) - 0.5) < 1e-9);
    assert_true(fabs(activity_well(activity, 1) - 2.0 / 12) < 1e-9);
    assert_true(activity_up(activity, 2) < 1e-9); /* half an hour, and none: it was off */
    assert_true(fabs(activity_up(activity, activity->period.count) - 6.0 / 18) < 1e-9);
}

static void test_old_samples_go(void **state) {
    (void)state;
    assert_int_equal(db_begin(t.db, NULL), OK);
    for (int i = 0; i < 1200; i++) sample(i * SAMPLE_US, "ok", "ok");
    assert_int_equal(db_finish(t.db, OK, NULL), OK);
    assert_int_equal(sample_clean_up(t.db, 1190 * SAMPLE_US, NULL), OK);
    read_hours(1);
    assert_int_equal(activity->sampled_since_us, 1190 * SAMPLE_US);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_nothing_is_not_zero, start, stop),
        cmocka_unit_test_setup_teardown(test_how_far_messages_came, start, stop),
        cmocka_unit_test_setup_teardown(test_a_replaced_message_is_no_failure, start, stop),
        cmocka_unit_test_setup_teardown(test_when_the_program_ran, start, stop),
        cmocka_unit_test_setup_teardown(test_old_samples_go, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
