#include "test.h"

#include "base/clock.h"
#include "db/sqlite_writer.h"
#include "support/temp_db.h"

#include <pthread.h>
#include <sched.h>

/*
 * Two members of one batch, by hand: the first holds the connection until the second queues, so that the two are committed together.
 */
struct fixture {
    struct temp_db t;
    struct sqlite_writer w;
    struct sqlite_turn first, second;
};

static int start(void **state) {
    static struct fixture f;
    struct err e = { 0 };
    temp_db_open(&f.t);
    if (sqlite_writer_open(strchr(f.t.url, ':') + 1, &f.w, &e) != OK) return -1;
    sqlite_turn_init(&f.first);
    sqlite_turn_init(&f.second);
    *state = &f;
    return sqlite_script(
               &f.w.connection,
               "CREATE TABLE parent (id INTEGER PRIMARY KEY);"
               "CREATE TABLE child (id INTEGER PRIMARY KEY, parent BIGINT REFERENCES parent(id) DEFERRABLE INITIALLY DEFERRED)",
               NULL) == OK
               ? 0
               : -1;
}

static int stop(void **state) {
    struct fixture *f = *state;
    sqlite_turn_done(&f->first);
    sqlite_turn_done(&f->second);
    sqlite_writer_close(&f->w);
    temp_db_close(&f->t);
    return 0;
}

static enum status script(struct fixture *f, const char *sql) {
    return sqlite_script(&f->w.connection, sql, NULL);
}

static int64_t count(struct fixture *f, const char *sql) {
    const struct db_query q = { "count", sql, -1, 0, 1 };
    int64_t n = -1;
    assert_int_equal(db_get_i64(f->t.db, &q, NULL, &n, NULL), OK);
    return n;
}

static void wait_until_somebody_queues(struct fixture *f) {
    for (bool queued = false; !queued; sched_yield()) {
        pthread_mutex_lock(&f->w.lock);
        queued = f->w.queue != NULL;
        pthread_mutex_unlock(&f->w.lock);
    }
    f->w.opened_us = clock_monotonic_us(); /* young enough to be joined, however slow this machine is */
}

struct member {
    struct fixture *f;
    const char *sql; /* NULL: undoes */
    enum status result;
    struct err why;
};

static void *be_second(void *arg) {
    struct member *m = arg;
    if (sqlite_writer_begin(&m->f->w, &m->f->second, &m->why) != OK) return NULL;
    m->result = script(m->f, m->sql ? m->sql : "INSERT INTO parent VALUES (1000)");
    if (m->sql && m->result == OK) {
        m->result = sqlite_writer_keep(&m->f->w, &m->f->second, &m->why);
    } else {
        sqlite_writer_undo(&m->f->w);
        m->result = E_INVALID;
    }
    return NULL;
}

/* The first member keeps `first`, the second one keeps `second` or undoes. */
static enum status two_members(struct fixture *f, const char *first, const char *second, struct member *other,
                               struct err *why) {
    pthread_t thread;
    *other = (struct member) { f, second, E_INTERNAL, { 0 } };
    assert_int_equal(sqlite_writer_begin(&f->w, &f->first, NULL), OK);
    assert_int_equal(script(f, first), OK);
    assert_int_equal(pthread_create(&thread, NULL, be_second, other), 0);
    wait_until_somebody_queues(f);
    enum status s = sqlite_writer_keep(&f->w, &f->first, why);
    pthread_join(thread, NULL);
    assert_false(f->w.held);
    assert_null(f->w.queue);
    assert_null(f->w.batch);
    assert_false(f->w.open);
    return s;
}

static void two_are_committed_together(void **state) {
    struct fixture *f = *state;
    struct member other;
    assert_int_equal(
        two_members(f, "INSERT INTO parent VALUES (1)", "INSERT INTO parent VALUES (2)", &other, NULL), OK);
    assert_int_equal(other.result, OK);
    assert_int_equal(count(f, "SELECT count(*) FROM parent"), 2);
}

static void one_that_undoes_commits_for_the_other(void **state) {
    struct fixture *f = *state;
    struct member other;
    assert_int_equal(two_members(f, "INSERT INTO parent VALUES (1)", NULL, &other, NULL), OK);
    assert_int_equal(other.result, E_INVALID);
    assert_int_equal(count(f, "SELECT sum(id) FROM parent"), 1);
}

/* A deferred constraint breaks the commit itself: the reason why we have none, and a way to test it. */
static void a_failing_commit_fails_both(void **state) {
    struct fixture *f = *state;
    struct member other;
    struct err why = { 0 };
    assert_int_equal(
        two_members(f, "INSERT INTO child VALUES (1, 77)", "INSERT INTO parent VALUES (2)", &other, &why),
        E_RETRY);
    assert_int_equal(other.result, E_RETRY);
    assert_true(why.message && why.retry_after_s > 0);
    assert_true(other.why.message && other.why.retry_after_s > 0);
    assert_int_equal(count(f, "SELECT count(*) FROM parent"), 0);
    assert_int_equal(count(f, "SELECT count(*) FROM child"), 0);

    /* And the writer still works. */
    assert_int_equal(
        two_members(f, "INSERT INTO parent VALUES (1)", "INSERT INTO parent VALUES (2)", &other, NULL), OK);
    assert_int_equal(count(f, "SELECT count(*) FROM parent"), 2);
}

static void a_lost_transaction_is_told_to_both(void **state) {
    struct fixture *f = *state;
    struct member other;
    assert_int_equal(two_members(f, "INSERT INTO parent VALUES (1)", "ROLLBACK", &other, NULL), E_RETRY);
    assert_int_equal(other.result, E_RETRY);
    assert_int_equal(count(f, "SELECT count(*) FROM parent"), 0);
}

static void savepoints_stay_inside(void **state) {
    struct fixture *f = *state;
    assert_int_equal(sqlite_writer_begin(&f->w, &f->first, NULL), OK);
    assert_int_equal(sqlite_writer_save(&f->w, NULL), OK);
    assert_int_equal(script(f, "INSERT INTO parent VALUES (1)"), OK);
    assert_int_equal(sqlite_writer_save(&f->w, NULL), OK);
    assert_int_equal(script(f, "INSERT INTO parent VALUES (2)"), OK);
    sqlite_writer_save_undo(&f->w);
    assert_int_equal(sqlite_writer_save_keep(&f->w, NULL), OK);
    assert_int_equal(sqlite_writer_keep(&f->w, &f->first, NULL), OK);
    assert_int_equal(count(f, "SELECT sum(id) FROM parent"), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(two_are_committed_together, start, stop),
        cmocka_unit_test_setup_teardown(one_that_undoes_commits_for_the_other, start, stop),
        cmocka_unit_test_setup_teardown(a_failing_commit_fails_both, start, stop),
        cmocka_unit_test_setup_teardown(a_lost_transaction_is_told_to_both, start, stop),
        cmocka_unit_test_setup_teardown(savepoints_stay_inside, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
