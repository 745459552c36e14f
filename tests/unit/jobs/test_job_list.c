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

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(deletes_old_jobs_that_are_done) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
