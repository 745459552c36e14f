#include "test.h"

#include "jobs/job.h"
#include "queries.h"
#include "support/temp_db.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* Counts runs, says when enough of them are over, and can hold every run at a gate. */
struct room {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int runs, now, most;
    bool gate_closed, heeds_stopping;
};

static void room_init(struct room *r) {
    *r = (struct room) { 0 };
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->changed, NULL);
}

static enum status run(struct job_context *c, const struct job *job, struct err *e) {
    struct room *r = c->room;
    (void)job, (void)e;
    pthread_mutex_lock(&r->lock);
    r->runs++;
    if (++r->now > r->most) r->most = r->now;
    pthread_cond_broadcast(&r->changed);
    while (r->gate_closed && !(r->heeds_stopping && job_is_stopping(c)))
        pthread_cond_wait(&r->changed, &r->lock);
    r->now--;
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->lock);
    return r->heeds_stopping && job_is_stopping(c) ? E_RETRY : OK;
}

static void wait_for_runs(struct room *r, int runs, int now) {
    pthread_mutex_lock(&r->lock);
    while (r->runs < runs || r->now != now) pthread_cond_wait(&r->changed, &r->lock);
    pthread_mutex_unlock(&r->lock);
}

static void open_gate(struct room *r) {
    pthread_mutex_lock(&r->lock);
    r->gate_closed = false;
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->lock);
}

static int64_t count(struct db *db, const char *job_state) {
    const struct db_val args[] = { db_text(str_from_c(job_state)), db_text(STR("")) };
    int64_t n = -1;
    assert_int_equal(db_get_i64(db, &q_job_count, args, &n, NULL), OK);
    return n;
}

static void add_many(struct db *db, struct job_signal *signal, int n) {
    struct clock clock = clock_system();
    assert_int_equal(db_begin(db, NULL), OK);
    for (int i = 0; i < n; i++)
        assert_int_equal(job_add(db, signal, STR("work"), STR("{}"), 0, STR(""), clock_now_us(&clock), NULL),
                         OK);
    assert_int_equal(db_finish(db, OK, NULL), OK);
}

struct fixture {
    struct temp_db t;
    struct room room;
    struct clock clock;
    struct job_signal *signal;
    struct job_kind kinds[2];
    struct job_runner *runner;
};

static int start(void **state) {
    static struct fixture f;
    f = (struct fixture) { 0 };
    temp_db_open(&f.t);
    room_init(&f.room);
    f.clock = clock_system();
    f.signal = job_signal_new();
    f.kinds[0] = (struct job_kind) { "work", run, NULL, &f.room, MINUTE_US, 5, 0 };
    *state = &f;
    return f.signal ? 0 : -1;
}

static int stop(void **state) {
    struct fixture *f = *state;
    job_signal_free(f->signal);
    temp_db_close(&f->t);
    return 0;
}

static void start_runner(struct fixture *f, int threads) {
    assert_int_equal(job_runner_start(f->t.pool, f->kinds, threads, f->signal, &f->clock, &f->runner, NULL),
                     OK);
}

static void runs_everything_once_on_several_threads(void **state) {
    struct fixture *f = *state;
    f->room.gate_closed = true;
    start_runner(f, 4);
    add_many(f->t.db, f->signal, 200);
    wait_for_runs(&f->room, 4, 4); /* one wake-up is enough to get all four to work */
    open_gate(&f->room);
    wait_for_runs(&f->room, 200, 0);
    assert_true(job_runner_stop(f->runner, MINUTE_US));
    assert_int_equal(f->room.runs, 200);
    assert_int_equal(f->room.most, 4);
    assert_int_equal(count(f->t.db, "done"), 200);
}

static void keeps_to_the_limit_of_a_kind(void **state) {
    struct fixture *f = *state;
    f->kinds[0].parallel_max = 2;
    start_runner(f, 6);
    add_many(f->t.db, f->signal, 100);
    wait_for_runs(&f->room, 100, 0);
    assert_true(job_runner_stop(f->runner, MINUTE_US));
    assert_in_range(f->room.most, 1, 2);
}

/* Jobs of another process come without a wake-up: the poll finds them. */
static void finds_jobs_that_nobody_announces(void **state) {
    struct fixture *f = *state;
    start_runner(f, 1);
    add_many(f->t.db, NULL, 3);
    wait_for_runs(&f->room, 3, 0);
    assert_true(job_runner_stop(f->runner, MINUTE_US));
    assert_int_equal(count(f->t.db, "done"), 3);
}

static void waits_for_running_jobs_when_it_stops(void **state) {
    struct fixture *f = *state;
    f->room.gate_closed = true;
    f->room.heeds_stopping = false;
    start_runner(f, 2);
    add_many(f->t.db, f->signal, 10);
    wait_for_runs(&f->room, 2, 2);
    assert_false(job_runner_stop(f->runner, 1000)); /* they are held at the gate */
    open_gate(&f->room);
    assert_true(job_runner_stop(f->runner, MINUTE_US));
    assert_int_equal(f->room.runs, 2);
    assert_int_equal(count(f->t.db, "done"), 2);
    /* One may have been handed to a worker that had just claimed another: it is the next start's. */
    assert_int_equal(db_begin(f->t.db, NULL), OK);
    assert_int_equal(db_finish(f->t.db, job_release_all(f->t.db, clock_now_us(&f->clock), NULL), NULL), OK);
    /* What is released stays "running", and is due: anyone's. */
    assert_int_equal(count(f->t.db, "ready") + count(f->t.db, "running"), 8);
}

static void *open_when_stopping(void *arg) {
    struct fixture *f = arg;
    while (job_runner_stop(f->runner, 1000) == false) {
        pthread_mutex_lock(&f->room.lock);
        pthread_cond_broadcast(&f->room.changed);
        pthread_mutex_unlock(&f->room.lock);
    }
    return NULL;
}

static void stopping_costs_no_attempt(void **state) {
    struct fixture *f = *state;
    pthread_t stopper;
    f->room.gate_closed = true;
    f->room.heeds_stopping = true;
    f->kinds[0].attempts_max = 1;
    start_runner(f, 1);
    add_many(f->t.db, f->signal, 1);
    wait_for_runs(&f->room, 1, 1);
    assert_int_equal(pthread_create(&stopper, NULL, open_when_stopping, f), 0);
    pthread_join(stopper, NULL);
    assert_int_equal(count(f->t.db, "ready"), 1);
    f->room.gate_closed = false;
    int ran;
    assert_int_equal(job_run_due(f->t.db, f->kinds, f->t.arena, &f->clock, &ran, NULL), OK);
    assert_int_equal(ran, 1);
    assert_int_equal(count(f->t.db, "done"), 1);
}

static void add_keyed(struct fixture *f, const char *key) {
    struct clock clock = clock_system();
    assert_int_equal(db_begin(f->t.db, NULL), OK);
    assert_int_equal(
        job_add(f->t.db, f->signal, STR("work"), STR("{}"), 0, str_from_c(key), clock_now_us(&clock), NULL),
        OK);
    assert_int_equal(db_finish(f->t.db, OK, NULL), OK);
}

/* Adds a job, and says whether it was born in a worker's hands. It stays only if it was. */
static bool add_handed_over(struct fixture *f, const char *key) {
    const struct db_val running[] = { db_text(STR("running")), db_text(STR("")) };
    struct clock clock = clock_system();
    int64_t before = count(f->t.db, "running"), n = 0;
    assert_int_equal(db_begin(f->t.db, NULL), OK);
    assert_int_equal(
        job_add(f->t.db, f->signal, STR("work"), STR("{}"), 0, str_from_c(key), clock_now_us(&clock), NULL),
        OK);
    assert_int_equal(db_get_i64(f->t.db, &q_job_count, running, &n, NULL), OK);
    enum status s = n > before ? OK : E_CONFLICT;
    assert_int_equal(db_finish(f->t.db, s, NULL), s);
    return s == OK;
}

/* Nobody has to look for it, and what is rolled back nobody runs. */
static void a_worker_that_sleeps_is_handed_the_job(void **state) {
    struct fixture *f = *state;
    start_runner(f, 1);
    for (int i = 1; i <= 20; i++) {
        while (!add_handed_over(f, "")) sched_yield();
        wait_for_runs(&f->room, i, 0);
    }
    assert_true(job_runner_stop(f->runner, MINUTE_US));
    assert_int_equal(f->room.runs, 20);
    assert_int_equal(count(f->t.db, "done"), 20);
    assert_int_equal(count(f->t.db, "running"), 0);
}

static void a_key_that_is_held_hands_nothing_over(void **state) {
    struct fixture *f = *state;
    f->room.gate_closed = true;
    start_runner(f, 2);
    while (!add_handed_over(f, "one")) sched_yield();
    wait_for_runs(&f->room, 1, 1);
    for (int i = 0; i < 20; i++) {
        assert_false(add_handed_over(f, "one"));
        add_keyed(f, "one");
    }
    open_gate(&f->room);
    wait_for_runs(&f->room, 1, 0);
    assert_true(job_runner_stop(f->runner, MINUTE_US));
    assert_int_equal(f->room.runs, 1);
    assert_int_equal(count(f->t.db, "done"), 1);
}

static enum status tell(struct job_context *c, const struct job *job, struct err *e) {
    (void)e;
    int32_t id = (int32_t)job->id;
    return write(*(int *)c->room, &id, sizeof id) == sizeof id ? OK : E_INTERNAL;
}

/* A process of its own with two workers, until its parent closes the pipe. */
static void race_in_child(const char *url, int results, int until_closed) {
    struct job_kind kinds[] = { { "work", tell, NULL, &results, MINUTE_US, 5, 0 }, { 0 } };
    struct clock clock = clock_system();
    struct job_signal *signal = job_signal_new();
    struct job_runner *runner;
    struct db_pool *pool;
    char byte;
    if (!signal || db_pool_open(str_from_c(url), false, &pool, NULL) != OK) _exit(1);
    if (job_runner_start(pool, kinds, 2, signal, &clock, &runner, NULL) != OK) _exit(1);
    while (read(until_closed, &byte, 1) > 0) {
    }
    _exit(job_runner_stop(runner, MINUTE_US) ? 0 : 1);
}

static void two_processes_share_the_work(void **state) {
    struct fixture *f = *state;
    enum { JOBS = 300 };
    int results[2], hold[2], status;
    bool seen[JOBS + 1] = { false };
    pid_t children[2];
    assert_true(pipe(results) == 0 && pipe(hold) == 0);
    for (int i = 0; i < 2; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            close(hold[1]);
            race_in_child(f->t.url, results[1], hold[0]);
        }
    }
    close(results[1]);
    close(hold[0]);
    add_many(f->t.db, NULL, JOBS);
    for (int i = 0; i < JOBS; i++) {
        int32_t id;
        assert_int_equal(read(results[0], &id, sizeof id), sizeof id);
        assert_in_range(id, 1, JOBS);
        assert_false(seen[id]);
        seen[id] = true;
    }
    close(hold[1]);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_int_equal(status, 0);
    }
    assert_int_equal(count(f->t.db, "done"), JOBS);
    close(results[0]);
}

static void refuses_kinds_that_are_not_complete(void **state) {
    struct fixture *f = *state;
    f->kinds[0].lease_us = 0;
    assert_int_equal(job_runner_start(f->t.pool, f->kinds, 1, f->signal, &f->clock, &f->runner, NULL),
                     E_INTERNAL);
    assert_true(job_runner_stop(NULL, 0));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        /* First, because a process with threads does not fork well. */
        cmocka_unit_test_setup_teardown(two_processes_share_the_work, start, stop),
        cmocka_unit_test_setup_teardown(runs_everything_once_on_several_threads, start, stop),
        cmocka_unit_test_setup_teardown(keeps_to_the_limit_of_a_kind, start, stop),
        cmocka_unit_test_setup_teardown(finds_jobs_that_nobody_announces, start, stop),
        cmocka_unit_test_setup_teardown(waits_for_running_jobs_when_it_stops, start, stop),
        cmocka_unit_test_setup_teardown(stopping_costs_no_attempt, start, stop),
        cmocka_unit_test_setup_teardown(a_worker_that_sleeps_is_handed_the_job, start, stop),
        cmocka_unit_test_setup_teardown(a_key_that_is_held_hands_nothing_over, start, stop),
        cmocka_unit_test_setup_teardown(refuses_kinds_that_are_not_complete, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
