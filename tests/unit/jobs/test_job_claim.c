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
    struct job_kind kinds[3];
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
    f.kinds[1] = (struct job_kind) { "other", run, NULL, &f, MINUTE_US, 3, 0 };
    job_slots_init(&f.slots);
    f.claimer = (struct job_claimer) {
        .kinds = f.kinds, .slots = &f.slots, .arena = f.next_arena, .next = { .kind = -1 }
    };
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

static void add_at(struct fixture *f, const char *kind, const char *payload, int64_t run_at_us) {
    assert_int_equal(db_begin(f->t.db, NULL), OK);
    assert_int_equal(
        job_add(f->t.db, NULL, str_from_c(kind), str_from_c(payload), run_at_us, STR(""), f->now_us++, NULL),
        OK);
    assert_int_equal(db_finish(f->t.db, OK, NULL), OK);
}

static void add(struct fixture *f, const char *payload) {
    add_at(f, "work", payload, 0);
}

static struct job_claimed claim(struct fixture *f) {
    struct job_claimed c;
    assert_int_equal(job_claim_next(f->t.db, f->t.arena, f->kinds, &f->slots, f->now_us, &c, NULL), OK);
    return c;
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

/* However many of a kind that is full, or that this program does not know, stand before it. */
static void what_may_not_run_is_in_nobodys_way(void **state) {
    static const char *const before[] = { "work", "gone" };
    static const int how_many[] = { 1, JOB_HEADS_MAX - 1, JOB_HEADS_MAX, 3 * JOB_HEADS_MAX };
    struct fixture *f = *state;
    f->kinds[0].parallel_max = 1;
    f->slots.running[0] = 1;
    for (size_t i = 0; i < COUNT_OF(before); i++) {
        for (size_t k = 0; k < COUNT_OF(how_many); k++) {
            for (int n = 0; n < how_many[k]; n++) add_at(f, before[i], "{}", 0);
            add_at(f, "other", "{\"n\":7}", 0);
            struct job_claimed c = claim(f);
            assert_int_equal(c.kind, 1);
            assert_str_equal(c.job.payload, STR("{\"n\":7}"));
            assert_int_equal(claim(f).kind, -1);
        }
    }
}

static void the_earliest_goes_first_also_behind_a_full_kind(void **state) {
    struct fixture *f = *state;
    f->kinds[0].parallel_max = 1;
    f->slots.running[0] = 1;
    for (int n = 0; n < 2 * JOB_HEADS_MAX; n++) add(f, "{}");
    add_at(f, "other", "second", 900 * SECOND_US);
    add_at(f, "other", "first", 800 * SECOND_US);
    assert_str_equal(claim(f).job.payload, STR("first"));
    f->slots.running[0] = 0;
    assert_str_equal(claim(f).job.payload, STR("second"));
    assert_int_equal(claim(f).kind, 0);
}

static void says_when_the_next_is_due(void **state) {
    struct fixture *f = *state;
    assert_int_equal(claim(f).next_due_us, INT64_MAX);
    add_at(f, "other", "{}", 5000 * SECOND_US);
    assert_int_equal(claim(f).next_due_us, 5000 * SECOND_US);
    f->kinds[0].parallel_max = 1;
    f->slots.running[0] = 1;
    for (int n = 0; n < 2 * JOB_HEADS_MAX; n++) add(f, "{}");
    assert_int_equal(claim(f).next_due_us, 5000 * SECOND_US);
}

/* So that one more worker looks for work only when there is some, be it of a kind that is full: its place may be free by then. */
static void says_whether_there_is_more(void **state) {
    struct fixture *f = *state;
    add_at(f, "other", "{}", 5000 * SECOND_US);
    add(f, "{}");
    assert_false(claim(f).more);
    add(f, "{}");
    add(f, "{}");
    assert_true(claim(f).more);
    f->kinds[0].parallel_max = 2;
    add_at(f, "other", "{}", 0);
    struct job_claimed c = claim(f);
    assert_int_equal(c.kind, 1);
    assert_true(c.more);
}

#define PLACED(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void) {
    const struct CMUnitTest tests[] = {
        PLACED(the_end_of_one_job_takes_the_next), PLACED(nothing_due_leaves_no_next),
        PLACED(an_end_that_fails_takes_nothing),   PLACED(who_stops_takes_nothing_more),
        PLACED(the_limit_of_a_kind_holds),         PLACED(what_may_not_run_is_in_nobodys_way),
        PLACED(says_when_the_next_is_due),         PLACED(the_earliest_goes_first_also_behind_a_full_kind),
        PLACED(says_whether_there_is_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
