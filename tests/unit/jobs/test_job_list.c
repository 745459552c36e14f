#include "test.h"

#include "jobs/job_list.h"
#include "queries.h"
#include "support/temp_db.h"

static int64_t count(struct db *db, const char *job_state) {
    const struct db_val args[] = { db_text(str_from_c(job_state)), db_text(STR("")) };
    int64_t n = -1;
    assert_int_equal(db_get_i64(db, &q_job_count, args, &n, NULL), OK);
    return n;
}

static const struct db_query finish_all = {
    "finish_all",
    "UPDATE job SET state = CASE WHEN id % 10 = 0 THEN 'dead' ELSE 'done' END, due_at_us = NULL, finished_at_us = id WHERE id <= $1",
    -1, 1, 0
};

static void deletes_old_jobs_that_are_done(void **state) {
    (void)state;
    struct temp_db t;
    const struct db_val most[] = { db_int(2000) };
    int64_t deleted = -1;
    temp_db_open(&t);
    assert_int_equal(db_begin(t.db, NULL), OK);
    for (int i = 0; i < 2100; i++)
        assert_int_equal(job_add(t.db, NULL, STR("x"), STR("{}"), 0, STR(""), 1, NULL), OK);
    assert_int_equal(db_run(t.db, &finish_all, most, NULL, NULL, NULL, NULL), OK);
    assert_int_equal(db_finish(t.db, OK, NULL), OK);

    assert_int_equal(job_cleanup(t.db, 1501, &deleted, NULL), OK);
    assert_int_equal(deleted, 1350); /* 1 to 1500 without the tenth that is dead */
    assert_int_equal(count(t.db, "done"), 450);
    assert_int_equal(count(t.db, "dead"), 200);
    assert_int_equal(count(t.db, "ready"), 100);
    assert_int_equal(job_cleanup(t.db, 1501, &deleted, NULL), OK);
    assert_int_equal(deleted, 0);
    temp_db_close(&t);
}

static enum status write(struct db *db, enum status (*deed)(struct db *, int64_t id, struct err *),
                         int64_t id) {
    assert_int_equal(db_begin(db, NULL), OK);
    return db_finish(db, deed(db, id, NULL), NULL);
}

static enum status retry(struct db *db, int64_t id, struct err *e) {
    return job_retry(db, NULL, id, 77, e);
}

static const struct db_query kill_one = {
    "kill_one",
    "UPDATE job SET state = 'dead', due_at_us = NULL, attempts = 5, cut = 2, finished_at_us = 9, last_error = 'x' WHERE id = $1",
    -1, 1, 0
};
static const struct db_query look_at = {
    "look_at", "SELECT attempts * 1000 + cut * 100 + due_at_us FROM job WHERE id = $1", -1, 1, 1
};

static void what_was_given_up_begins_anew_or_goes(void **state) {
    (void)state;
    struct temp_db t;
    const struct db_val first[] = { db_int(1) };
    int64_t seen = -1;
    temp_db_open(&t);
    assert_int_equal(db_begin(t.db, NULL), OK);
    assert_int_equal(job_add(t.db, NULL, STR("x"), STR("{}"), 5, STR("k"), 1, NULL), OK);
    assert_int_equal(db_finish(t.db, OK, NULL), OK);
    assert_int_equal(write(t.db, retry, 1), E_NOT_FOUND); /* it waits */
    assert_int_equal(write(t.db, job_discard, 1), E_NOT_FOUND);

    assert_int_equal(db_begin(t.db, NULL), OK);
    assert_int_equal(db_run(t.db, &kill_one, first, NULL, NULL, NULL, NULL), OK);
    assert_int_equal(job_add(t.db, NULL, STR("x"), STR("{}"), 5, STR("k"), 1, NULL), OK);
    assert_int_equal(db_finish(t.db, OK, NULL), OK);
    assert_int_equal(write(t.db, retry, 1), E_CONFLICT); /* the second one does its work */
    const struct db_val second[] = { db_int(2) };
    assert_int_equal(db_begin(t.db, NULL), OK);
    assert_int_equal(db_run(t.db, &kill_one, second, NULL, NULL, NULL, NULL), OK);
    assert_int_equal(db_finish(t.db, OK, NULL), OK);
    assert_int_equal(write(t.db, retry, 1), OK);
    assert_int_equal(db_get_i64(t.db, &look_at, first, &seen, NULL), OK);
    assert_int_equal(seen, 77); /* no attempt, due now */
    assert_int_equal(write(t.db, job_discard, 2), OK);
    assert_int_equal(count(t.db, "dead"), 0);
    assert_int_equal(count(t.db, "ready"), 1);
    temp_db_close(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(deletes_old_jobs_that_are_done),
                                        cmocka_unit_test(what_was_given_up_begins_anew_or_goes) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
