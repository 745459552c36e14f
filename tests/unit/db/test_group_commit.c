#include "test.h"

#include "base/clock.h"
#include "queries.h"
#include "support/temp_db.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WRITERS = 16, ROWS_EACH = 100 };

static enum status insert(struct db *db, struct str email, struct err *e) {
    const struct db_val args[] = { db_text(email),   db_text(STR("x")),  db_text(STR("nurse")),
                                   db_text(STR("")), db_text(STR("fr")), db_int(1),
                                   db_int(0),        db_int(1) };
    return db_run(db, &q_user_insert, args, NULL, NULL, NULL, e);
}

static int64_t count(struct db *db) {
    int64_t n = -1;
    assert_int_equal(db_get_i64(db, &q_user_count, NULL, &n, NULL), OK);
    return n;
}

struct writer {
    struct db_pool *pool;
    int number, failures;
};

/* Every tenth use case fails on purpose after it has written. */
static void *write_rows(void *ctx) {
    struct writer *w = ctx;
    struct db *db;
    char email[64];

    if (db_open(w->pool, &db, NULL) != OK) return NULL;
    for (int i = 0; i < ROWS_EACH; i++) {
        snprintf(email, sizeof email, "w%d-%d@example.org", w->number, i);
        if (db_begin(db, NULL) != OK) abort();
        enum status s = insert(db, str_from_c(email), NULL);
        if (s == OK && i % 10 == 9) s = E_INVALID;
        if (db_finish(db, s, NULL) != OK) w->failures++;
    }
    db_close(db);
    return NULL;
}

static void many_writers_lose_nothing_and_undo_only_their_own(void **state) {
    struct writer writers[WRITERS];
    pthread_t threads[WRITERS];
    struct temp_db t;
    int failures = 0;

    (void)state;
    temp_db_open(&t);
    for (int i = 0; i < WRITERS; i++) {
        writers[i] = (struct writer) { t.pool, i, 0 };
        assert_int_equal(pthread_create(&threads[i], NULL, write_rows, &writers[i]), 0);
    }
    for (int i = 0; i < WRITERS; i++) {
        pthread_join(threads[i], NULL);
        failures += writers[i].failures;
    }
    assert_int_equal(failures, WRITERS * ROWS_EACH / 10);
    assert_int_equal(count(t.db), WRITERS * ROWS_EACH - failures);
    temp_db_close(&t);
}

static void a_failure_undoes_its_own_savepoint_only(void **state) {
    struct temp_db t;

    (void)state;
    temp_db_open(&t);
    assert_int_equal(db_begin(t.db, NULL), OK);
    assert_int_equal(insert(t.db, STR("outer@example.org"), NULL), OK);
    assert_int_equal(db_begin(t.db, NULL), OK);
    assert_int_equal(insert(t.db, STR("inner@example.org"), NULL), OK);
    assert_int_equal(db_finish(t.db, E_INVALID, NULL), E_INVALID);
    assert_int_equal(db_begin(t.db, NULL), OK);
    assert_int_equal(insert(t.db, STR("second@example.org"), NULL), OK);
    assert_int_equal(db_finish(t.db, OK, NULL), OK);
    assert_int_equal(db_finish(t.db, OK, NULL), OK);
    assert_int_equal(count(t.db), 2);
    temp_db_close(&t);
}

static void a_taken_key_is_a_conflict_and_the_rest_stays_usable(void **state) {
    struct temp_db t;
    struct err e = { 0 };

    (void)state;
    temp_db_open(&t);
    assert_int_equal(db_begin(t.db, NULL), OK);
    assert_int_equal(insert(t.db, STR("a@example.org"), NULL), OK);
    assert_int_equal(insert(t.db, STR("a@example.org"), &e), E_CONFLICT);
    assert_null(strstr(e.detail, "a@example.org"));
    assert_int_equal(db_finish(t.db, OK, NULL), OK);
    assert_int_equal(count(t.db), 1);
    temp_db_close(&t);
}

static void a_write_outside_a_transaction_is_refused(void **state) {
    struct temp_db t;

    (void)state;
    temp_db_open(&t);
    assert_int_equal(insert(t.db, STR("a@example.org"), NULL), E_INTERNAL);
    assert_int_equal(count(t.db), 0);
    temp_db_close(&t);
}

static void count_call(void *ctx) {
    ++*(int *)ctx;
}

static void calls_after_a_commit_follow_the_transaction(void **state) {
    struct temp_db t;
    int kept = 0, undone = 0;

    (void)state;
    temp_db_open(&t);
    assert_int_equal(db_begin(t.db, NULL), OK);
    assert_int_equal(db_after_commit(t.db, count_call, &kept, NULL), OK);
    assert_int_equal(db_after_commit(t.db, count_call, &kept, NULL), OK); /* the same call once */
    assert_int_equal(db_begin(t.db, NULL), OK);
    assert_int_equal(db_after_commit(t.db, count_call, &undone, NULL), OK);
    assert_int_equal(db_finish(t.db, E_CONFLICT, NULL), E_CONFLICT);
    assert_int_equal(kept, 0);
    assert_int_equal(db_finish(t.db, OK, NULL), OK);
    assert_int_equal(kept, 1);
    assert_int_equal(undone, 0);
    assert_int_equal(db_begin(t.db, NULL), OK);
    assert_int_equal(db_after_commit(t.db, count_call, &undone, NULL), OK);
    assert_int_equal(db_finish(t.db, E_INVALID, NULL), E_INVALID);
    assert_int_equal(undone, 0);
    temp_db_close(&t);
}

struct ends {
    int kept, undone;
};

static void count_end(void *ctx, bool committed) {
    struct ends *ends = ctx;
    ends->kept += committed;
    ends->undone += !committed;
}

static void what_was_taken_in_hope_hears_how_it_ended(void **state) {
    struct temp_db t;
    struct ends outer = { 0 }, inner = { 0 };

    (void)state;
    temp_db_open(&t);
    assert_int_equal(db_after_end(t.db, count_end, &outer, NULL), E_INTERNAL); /* in no transaction */
    assert_int_equal(db_begin(t.db, NULL), OK);
    assert_int_equal(db_after_end(t.db, count_end, &outer, NULL), OK);
    assert_int_equal(db_after_end(t.db, count_end, &outer, NULL), OK);
    assert_int_equal(db_begin(t.db, NULL), OK);
    assert_int_equal(db_after_end(t.db, count_end, &inner, NULL), OK);
    assert_int_equal(db_finish(t.db, E_CONFLICT, NULL), E_CONFLICT);
    assert_int_equal(inner.undone, 1);
    assert_int_equal(db_begin(t.db, NULL), OK);
    assert_int_equal(db_after_end(t.db, count_end, &inner, NULL), OK);
    assert_int_equal(db_finish(t.db, OK, NULL), OK);
    assert_int_equal(inner.kept, 0);
    assert_int_equal(outer.kept + outer.undone, 0);
    assert_int_equal(db_finish(t.db, OK, NULL), OK);
    assert_int_equal(outer.kept, 2);
    assert_int_equal(inner.kept, 1);
    assert_int_equal(db_begin(t.db, NULL), OK);
    assert_int_equal(db_after_end(t.db, count_end, &outer, NULL), OK);
    db_close(t.db); /* whoever closes it in the middle has undone it */
    assert_int_equal(outer.undone, 1);
    assert_int_equal(db_open(t.pool, &t.db, NULL), OK);
    temp_db_close(&t);
}

/* The child says over a pipe what was acknowledged, and is killed at a moment of its own choosing. */
static void what_was_acknowledged_survives_kill_9(void **state) {
    struct temp_db t;
    int ends[2], acknowledged = 0;
    char byte;

    (void)state;
    temp_db_open(&t);
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        struct db_pool *pool;
        struct db *db;
        char email[32];
        if (db_pool_open(str_from_c(t.url), false, &pool, NULL) != OK || db_open(pool, &db, NULL) != OK)
            _exit(1);
        for (int i = 0;; i++) {
            snprintf(email, sizeof email, "%d@example.org", i);
            if (db_begin(db, NULL) != OK || db_finish(db, insert(db, str_from_c(email), NULL), NULL) != OK)
                _exit(1);
            if (write(ends[1], "x", 1) != 1) _exit(1);
        }
    }
    close(ends[1]);
    while (acknowledged < 200 && read(ends[0], &byte, 1) == 1) acknowledged++;
    kill(child, SIGKILL);
    while (read(ends[0], &byte, 1) == 1) acknowledged++;
    waitpid(child, NULL, 0);
    assert_in_range(count(t.db), acknowledged, acknowledged + 1);
    close(ends[0]);
    temp_db_close(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failure_undoes_its_own_savepoint_only),
        cmocka_unit_test(a_taken_key_is_a_conflict_and_the_rest_stays_usable),
        cmocka_unit_test(a_write_outside_a_transaction_is_refused),
        cmocka_unit_test(calls_after_a_commit_follow_the_transaction),
        cmocka_unit_test(what_was_taken_in_hope_hears_how_it_ended),
        cmocka_unit_test(many_writers_lose_nothing_and_undo_only_their_own),
        cmocka_unit_test(what_was_acknowledged_survives_kill_9),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
