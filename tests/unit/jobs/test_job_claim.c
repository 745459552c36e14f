#include "test.h"

#include "jobs/held_clock.h"
#include "jobs/job_claim.h"
#include "jobs/job_execute.h"
#include "queries.h"
#include "support/temp_db.h"

/* A worker's two arenas and what it knows of the next job; the run function ends its job in a transaction that ends with `then`. */
struct fixture {
    struct temp_db t;
    struct arena *next_arena;
    int64_t now_us;
    struct clock clock;
    struct job_kind kinds[2];
    struct job_slots slots;
    struct job_claimer claimer;
    bool stopping;
    enum status then;
};

static enum status run(struct job_context *c, const struct job *job, struct err *e) {
    struct fixture *f = c->room;
    enum status s = db_begin(c->db, e);
    if (s != OK) return s;
    s = job_finish(c, job, e);
    return db_finish(c->db, s == OK ? f->then : s, e);
}

static int start(void **state) {
    static struct fixture f;
    f = (struct fixture) { .now_us = 1000 * SECOND_US, .then = OK };
    temp_db_open(&f.t);
    f.next_arena = arena_new(1 << 20);
    f.clock = held_clock(&f.now_us);
    f.kinds[0] = (struct job_kind) { "work", run, NULL, &f, MINUTE_US, 3, 0 };
    job_slots_init(&f.slots);
    f.claimer = (struct job_claimer) { f.kinds, &f.slots, f.next_arena, { .kind = -1 } };
    log_close();
    assert_int_equal(log_open(&(struct log_options) { LOG_ERROR, "/dev/null", false }, NULL), OK);
    *state = &f;
    return f.next_arena ? 0 : -1;
}

static int stop(void **state) {
    struct fixture *f = *state;
    job_slots_done(&f->slots);
    arena_free(f->next_arena);
    temp_db_close(&f->t);
    return 0;
}

static void add(struct fixture *f, const char *payload) {
    assert_int_equal(db_begin(f->t.db, NULL), OK);
    assert_int_equal(job_add(f->t.db, NULL, STR("work"), str_from_c(payload), 0, STR(""), f->now_us++, NULL),
                     OK);
    assert_int_equal(db_finish(f->t.db, OK, NULL), OK);
}

/* Claims the first job and runs it, as a worker would. */
static void run_first(struct fixture *f) {
    struct job_claimed first;
    struct job_context c = { .db = f->t.db,
                             .arena = f->t.arena,
                             .clock = &f->clock,
                             .stopping = &f->stopping,
                             .claimer = &f->claimer };
    assert_int_equal(job_claim_next(f->t.db, f->t.arena, f->kinds, &f->slots, f->now_us, &first, NULL), OK);
    assert_int_equal(first.kind, 0);
    job_execute(&c, &f->kinds[0], &first.job);
    job_slots_release(&f->slots, first.kind);
}

static int64_t count(struct fixture *f, const char *job_state) {
    const struct db_val args[] = { db_text(str_from_c(job_state)), db_text(STR("")) };
    int64_t n = -1;
    assert_int_equal(db_get_i64(f->t.db, &q_job_count, args, &n, NULL), OK);
    return n;
}

static void the_end_of_one_job_takes_the_next(void **state) {
    struct fixture *f = *state;
    add(f, "{\"n\":1}");
    add(f, "{\"n\":2}");
    run_first(f);
    assert_int_equal(f->claimer.next.kind, 0);
    assert_str_equal(f->claimer.next.job.payload, STR("{\"n\":2}"));
    assert_int_equal(f->claimer.next.job.attempts, 1);
    assert_int_equal(count(f, "done"), 1);
    assert_int_equal(count(f, "running"), 1);
    assert_int_equal(f->slots.running[0], 1);
}

static void nothing_due_leaves_no_next(void **state) {
    struct fixture *f = *state;
    add(f, "{}");
    run_first(f);
    assert_int_equal(f->claimer.next.kind, -1);
    assert_int_equal(count(f, "done"), 1);
}

/* The claim is part of what was rolled back: the second job is nobody's, and its slot is free. */
static void an_end_that_fails_takes_nothing(void **state) {
    struct fixture *f = *state;
    add(f, "{\"n\":1}");
    add(f, "{\"n\":2}");
    f->then = E_RETRY;
    run_first(f);
    assert_int_equal(f->claimer.next.kind, -1);
    assert_int_equal(count(f, "ready"), 2);
    assert_int_equal(f->slots.running[0], 0);
}

static void who_stops_takes_nothing_more(void **state) {
    struct fixture *f = *state;
    add(f, "{\"n\":1}");
    add(f, "{\"n\":2}");
    f->stopping = true;
    run_first(f);
    assert_int_equal(f->claimer.next.kind, -1);
    assert_int_equal(count(f, "done"), 1);
    assert_int_equal(count(f, "ready"), 1);
}

static void the_limit_of_a_kind_holds(void **state) {
    struct fixture *f = *state;
    f->kinds[0].parallel_max = 1; /* the ending job still holds its place */
    add(f, "{\"n\":1}");
    add(f, "{\"n\":2}");
    run_first(f);
    assert_int_equal(f->claimer.next.kind, -1);
    assert_int_equal(count(f, "ready"), 1);
}

#define PLACED(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void) {
    const struct CMUnitTest tests[] = {
        PLACED(the_end_of_one_job_takes_the_next), PLACED(nothing_due_leaves_no_next),
        PLACED(an_end_that_fails_takes_nothing),   PLACED(who_stops_takes_nothing_more),
        PLACED(the_limit_of_a_kind_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
