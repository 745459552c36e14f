#include "test.h"

#include "jobs/held_clock.h"
#include "jobs/job.h"
#include "jobs/job_store.h"
#include "queries.h"
#include "support/temp_db.h"

#include <string.h>

/* What a job kind of these tests is told to do, and what it saw. */
struct room {
    enum status answer;      /* of the run function */
    enum status dead_answer; /* of on_dead */
    bool finishes;           /* calls job_finish() in its own transaction, which ends with `then` */
    enum status then;
    bool leaves_open;
    int runs, deaths, attempts;
    bool last_attempt;
    char payload[64], order[64], dead_because[64];
};

static enum status run(struct job_context *c, const struct job *job, struct err *e) {
    static const struct message why = { "why", "pourquoi", "why" };
    struct room *r = c->room;
    enum status s;
    r->runs++;
    r->attempts = job->attempts;
    r->last_attempt = job->last_attempt;
    snprintf(r->payload, sizeof r->payload, "%.*s", STR_ARG(job->payload));
    size_t n = strlen(r->order);
    if (n + 1 < sizeof r->order) r->order[n] = r->payload[0];
    if (r->leaves_open) {
        assert_int_equal(db_begin(c->db, e), OK);
        assert_int_equal(db_begin(c->db, e), OK);
    }
    if (r->finishes) {
        if ((s = db_begin(c->db, e)) != OK) return s;
        s = job_finish(c, job, e);
        s = db_finish(c->db, s == OK ? r->then : s, e);
        return r->then == OK ? s : r->answer;
    }
    return r->answer == OK ? OK : fail(e, r->answer, &why, "on purpose");
}

static enum status on_dead(struct job_context *c, const struct job *job, struct err *e) {
    struct room *r = c->room;
    (void)job;
    r->deaths++;
    snprintf(r->dead_because, sizeof r->dead_because, "%s", e->message ? e->message->code : "");
    return r->dead_answer;
}

struct fixture {
    struct temp_db t;
    struct room room;
    int64_t now_us;
    struct clock clock;
    struct job_kind kinds[3];
};

static int start(void **state) {
    static struct fixture f;
    f = (struct fixture) { .now_us = 1000 * SECOND_US };
    temp_db_open(&f.t);
    f.clock = held_clock(&f.now_us);
    f.kinds[0] = (struct job_kind) { "one", run, on_dead, &f.room, MINUTE_US, 3, 0 };
    f.kinds[1] = (struct job_kind) { "two", run, NULL, &f.room, MINUTE_US, 1, 0 };
    log_close();
    assert_int_equal(log_open(&(struct log_options) { LOG_ERROR, "/dev/null", false }, NULL), OK);
    *state = &f;
    return 0;
}

static int stop(void **state) {
    struct fixture *f = *state;
    temp_db_close(&f->t);
    return 0;
}

static void add(struct fixture *f, const char *kind, const char *payload, int64_t run_at_us,
                const char *key) {
    struct err e = { 0 };
    assert_int_equal(db_begin(f->t.db, &e), OK);
    enum status s = job_add(f->t.db, NULL, str_from_c(kind), str_from_c(payload), run_at_us, str_from_c(key),
                            f->now_us, &e);
    assert_int_equal(db_finish(f->t.db, s, &e), OK);
}

static int run_due(struct fixture *f) {
    int ran = -1;
    assert_int_equal(job_run_due(f->t.db, f->kinds, f->t.arena, &f->clock, &ran, NULL), OK);
    return ran;
}

static int64_t count(struct fixture *f, const char *job_state) {
    const struct db_val args[] = { db_text(str_from_c(job_state)), db_text(STR("")) };
    int64_t n = -1;
    assert_int_equal(db_get_i64(f->t.db, &q_job_count, args, &n, NULL), OK);
    return n;
}

static void runs_in_order_and_once(void **state) {
    struct fixture *f = *state;
    add(f, "one", "c", f->now_us - 1, "");
    add(f, "two", "b", f->now_us - 2, "");
    add(f, "one", "a", f->now_us - 3, "");
    add(f, "two", "d", f->now_us - 1, "");
    add(f, "one", "x", f->now_us + 1, "");
    assert_int_equal(run_due(f), 4);
    assert_string_equal(f->room.order, "abcd");
    assert_int_equal(run_due(f), 0);
    assert_int_equal(count(f, "done"), 4);
    f->now_us++;
    assert_int_equal(run_due(f), 1);
    assert_string_equal(f->room.payload, "x");
}

static void belongs_to_the_transaction_that_adds_it(void **state) {
    struct fixture *f = *state;
    struct err e = { 0 };
    assert_int_equal(job_add(f->t.db, NULL, STR("one"), STR("{}"), 0, STR(""), 1, &e), E_INTERNAL);
    assert_int_equal(db_begin(f->t.db, NULL), OK);
    assert_int_equal(job_add(f->t.db, NULL, STR("one"), STR("{}"), 0, STR(""), f->now_us, NULL), OK);
    assert_int_equal(db_finish(f->t.db, E_INVALID, NULL), E_INVALID);
    assert_int_equal(run_due(f), 0);
}

static void a_key_is_held_by_one_unfinished_job(void **state) {
    struct fixture *f = *state;
    add(f, "one", "a", 0, "k");
    add(f, "one", "b", 0, "k");
    add(f, "two", "c", 0, "k");
    add(f, "one", "d", 0, "");
    add(f, "one", "e", 0, "");
    assert_int_equal(run_due(f), 4);
    assert_string_equal(f->room.order, "acde");
    add(f, "one", "b", 0, "k");
    assert_int_equal(run_due(f), 1);
}

static void refuses_what_is_too_long(void **state) {
    struct fixture *f = *state;
    static char big[JOB_PAYLOAD_MAX + 1];
    memset(big, 'x', sizeof big);
    assert_int_equal(db_begin(f->t.db, NULL), OK);
    struct str most = { big, JOB_PAYLOAD_MAX }, more = { big, JOB_PAYLOAD_MAX + 1 };
    assert_int_equal(job_add(f->t.db, NULL, STR("one"), most, 0, STR(""), 1, NULL), OK);
    assert_int_equal(job_add(f->t.db, NULL, STR("one"), more, 0, STR(""), 1, NULL), E_LIMIT);
    assert_int_equal(
        job_add(f->t.db, NULL, STR("one"), STR("{}"), 0, (struct str) { big, JOB_KEY_MAX + 1 }, 1, NULL),
        E_LIMIT);
    assert_int_equal(db_finish(f->t.db, OK, NULL), OK);
}

/* A job that a crash loop has cut again and again has many attempts behind it, and its next one must not wait for an hour. */
static void a_kind_may_bound_the_delay(void **state) {
    struct fixture *f = *state;
    f->kinds[0].attempts_max = 100;
    f->kinds[0].delay_max_us = MINUTE_US;
    f->room.answer = E_RETRY;
    add(f, "one", "a", 0, "");
    for (int i = 0; i < 20; i++) {
        assert_int_equal(run_due(f), 1);
        f->now_us += MINUTE_US;
    }
}

static void is_tried_again_with_growing_delays_and_then_dead(void **state) {
    struct fixture *f = *state;
    f->room.answer = E_RETRY;
    add(f, "one", "{}", 0, "k");
    assert_int_equal(run_due(f), 1);
    assert_int_equal(count(f, "ready"), 1);
    assert_int_equal(f->room.attempts, 1);
    assert_false(f->room.last_attempt);

    f->now_us += 1599999; /* 2 s - 20 % */
    assert_int_equal(run_due(f), 0);
    f->now_us += 800001;
    assert_int_equal(run_due(f), 1);
    f->now_us += 3199999;
    assert_int_equal(run_due(f), 0);
    f->now_us += 1600001;
    assert_int_equal(run_due(f), 1);
    assert_true(f->room.last_attempt);
    assert_int_equal(f->room.deaths, 1);
    assert_string_equal(f->room.dead_because, "why");
    assert_int_equal(count(f, "dead"), 1);
    f->now_us += DAY_US;
    assert_int_equal(run_due(f), 0);
    add(f, "one", "{}", 0, "k"); /* a dead job holds its key no longer */
    assert_int_equal(run_due(f), 1);
}

static void a_final_failure_is_not_tried_again(void **state) {
    struct fixture *f = *state;
    f->room.answer = E_INVALID;
    add(f, "one", "{}", 0, "");
    add(f, "two", "{}", 0, "");
    assert_int_equal(run_due(f), 2);
    assert_int_equal(f->room.deaths, 1);
    assert_int_equal(count(f, "dead"), 2);
}

static void who_came_second_is_tried_again(void **state) {
    struct fixture *f = *state;
    f->room.answer = E_CONFLICT;
    add(f, "one", "{}", 0, "");
    assert_int_equal(run_due(f), 1);
    assert_int_equal(f->room.deaths, 0);
    f->room.answer = OK;
    f->now_us += MINUTE_US;
    assert_int_equal(run_due(f), 1);
    assert_int_equal(count(f, "done"), 1);
}

static void death_is_told_until_it_was_heard(void **state) {
    struct fixture *f = *state;
    f->room.answer = E_INVALID;
    f->room.dead_answer = E_RETRY;
    add(f, "one", "{}", 0, "");
    assert_int_equal(run_due(f), 1);
    assert_int_equal(count(f, "dead"), 0);
    f->room.dead_answer = OK;
    f->now_us += MINUTE_US;
    assert_int_equal(run_due(f), 1);
    assert_int_equal(f->room.runs, 1);
    assert_int_equal(f->room.deaths, 2);
    assert_int_equal(count(f, "dead"), 1);
}

static void an_expired_lease_is_claimed_again(void **state) {
    struct fixture *f = *state;
    add(f, "one", "{}", 0, "");
    /* A worker that dies after its claim: the claim alone, as job_claim_next() does it. */
    const struct db_val claim[] = { db_int(1), db_int(0), db_int(f->now_us), db_int(f->now_us + MINUTE_US) };
    assert_int_equal(db_begin(f->t.db, NULL), OK);
    assert_int_equal(db_run(f->t.db, &q_job_claim, claim, NULL, NULL, NULL, NULL), OK);
    assert_int_equal(db_finish(f->t.db, OK, NULL), OK);

    f->now_us += MINUTE_US - 1;
    assert_int_equal(run_due(f), 0);
    f->now_us += 1;
    assert_int_equal(run_due(f), 1);
    assert_int_equal(f->room.attempts, 2);
    assert_int_equal(count(f, "done"), 1);
}

/* A server that starts alone does not wait for the leases of the process that was killed. */
static void released_leases_are_claimed_at_once(void **state) {
    struct fixture *f = *state;
    add(f, "one", "{}", 0, "");
    add(f, "one", "{}", f->now_us + HOUR_US, "");
    const struct db_val claim[] = { db_int(1), db_int(0), db_int(f->now_us), db_int(f->now_us + MINUTE_US) };
    assert_int_equal(db_begin(f->t.db, NULL), OK);
    assert_int_equal(db_run(f->t.db, &q_job_claim, claim, NULL, NULL, NULL, NULL), OK);
    assert_int_equal(db_finish(f->t.db, OK, NULL), OK);
    assert_int_equal(run_due(f), 0);

    assert_int_equal(db_begin(f->t.db, NULL), OK);
    assert_int_equal(db_finish(f->t.db, job_release_all(f->t.db, f->now_us, NULL), NULL), OK);
    assert_int_equal(run_due(f), 1); /* the job of later stays one of later */
    assert_int_equal(f->room.attempts, 1);
}

static void start_again(struct fixture *f) {
    assert_int_equal(db_begin(f->t.db, NULL), OK);
    assert_int_equal(db_finish(f->t.db, job_release_all(f->t.db, f->now_us, NULL), NULL), OK);
}

static void claim_and_die(struct fixture *f) {
    struct job_head head;
    struct str payload;
    assert_int_equal(job_store_head(f->t.db, f->kinds, 0, &head, NULL), OK);
    assert_int_equal(db_begin(f->t.db, NULL), OK);
    assert_int_equal(
        job_store_claim(f->t.db, f->t.arena, &head, f->now_us, f->now_us + MINUTE_US, &payload, NULL), OK);
    assert_int_equal(db_finish(f->t.db, OK, NULL), OK);
}

/* More power cuts than a job has attempts: it runs at once after each start, and none of them is held against it. */
static void runs_that_a_crash_cut_start_again_at_once(void **state) {
    struct fixture *f = *state;
    add(f, "one", "{}", 0, "");
    for (int i = 0; i < f->kinds[0].attempts_max + 3; i++) {
        claim_and_die(f);
        assert_int_equal(run_due(f), 0);
        start_again(f);
    }
    assert_int_equal(run_due(f), 1);
    assert_int_equal(f->room.attempts, 1);
    assert_int_equal(count(f, "done"), 1);
}

static void a_job_that_ends_the_program_each_time_is_given_up(void **state) {
    struct fixture *f = *state;
    int starts = 0;
    add(f, "one", "{}", 0, "");
    while (count(f, "dead") == 0 && starts < 100) {
        struct job_head head;
        assert_int_equal(job_store_head(f->t.db, f->kinds, 0, &head, NULL), OK);
        if (head.attempts >= f->kinds[0].attempts_max)
            assert_int_equal(run_due(f), 1);
        else
            claim_and_die(f);
        start_again(f);
        starts++;
    }
    assert_int_equal(starts, JOB_CUTS_FORGIVEN + f->kinds[0].attempts_max + 1);
    assert_int_equal(f->room.runs, 0);
}

/* A document that crashes the program each time must not do so for ever. */
static void a_job_whose_last_lease_ran_out_is_dead(void **state) {
    struct fixture *f = *state;
    add(f, "two", "{}", 0, "");
    f->kinds[1].on_dead = on_dead;
    const struct db_val claim[] = { db_int(1), db_int(0), db_int(f->now_us), db_int(f->now_us + MINUTE_US) };
    assert_int_equal(db_begin(f->t.db, NULL), OK);
    assert_int_equal(db_run(f->t.db, &q_job_claim, claim, NULL, NULL, NULL, NULL), OK);
    assert_int_equal(db_finish(f->t.db, OK, NULL), OK);
    f->now_us += MINUTE_US;
    assert_int_equal(run_due(f), 1);
    assert_int_equal(f->room.runs, 0);
    assert_int_equal(f->room.deaths, 1);
    assert_string_equal(f->room.dead_because, "");
    assert_int_equal(count(f, "dead"), 1);
}

static void results_and_end_are_one_transaction(void **state) {
    struct fixture *f = *state;
    f->room.finishes = true;
    add(f, "one", "{}", 0, "");
    assert_int_equal(run_due(f), 1);
    assert_int_equal(count(f, "done"), 1);

    /* The end is undone with the results. */
    f->room.then = E_RETRY;
    f->room.answer = E_RETRY;
    add(f, "one", "{}", 0, "");
    assert_int_equal(run_due(f), 1);
    assert_int_equal(count(f, "done"), 1);
    assert_int_equal(count(f, "ready"), 1);
}

static void a_lost_lease_cannot_finish_or_renew(void **state) {
    struct fixture *f = *state;
    bool stopping = false;
    struct job_context c = { .db = f->t.db, .arena = f->t.arena, .clock = &f->clock, .stopping = &stopping };
    add(f, "one", "{}", 0, "");
    const struct db_val claim[] = { db_int(1), db_int(0), db_int(f->now_us), db_int(f->now_us + MINUTE_US) };
    assert_int_equal(db_begin(f->t.db, NULL), OK);
    assert_int_equal(db_run(f->t.db, &q_job_claim, claim, NULL, NULL, NULL, NULL), OK);
    assert_int_equal(db_finish(f->t.db, OK, NULL), OK);

    struct job held = { .id = 1, .kind = STR("one"), .attempts = 1 };
    assert_int_equal(job_renew(&c, &held, HOUR_US, NULL), OK);
    f->now_us += MINUTE_US;
    assert_int_equal(run_due(f), 0); /* renewed */
    f->now_us += HOUR_US;
    assert_int_equal(run_due(f), 1); /* by somebody else */

    assert_int_equal(job_renew(&c, &held, HOUR_US, NULL), E_CONFLICT);
    assert_int_equal(job_finish(&c, &held, NULL), E_INTERNAL); /* no transaction */
    assert_int_equal(db_begin(f->t.db, NULL), OK);
    assert_int_equal(job_finish(&c, &held, NULL), E_CONFLICT);
    assert_int_equal(db_finish(f->t.db, E_CONFLICT, NULL), E_CONFLICT);
    assert_false(c.finished);
}

static void a_forgotten_transaction_is_undone(void **state) {
    struct fixture *f = *state;
    f->room.leaves_open = true;
    add(f, "one", "{}", 0, "");
    assert_int_equal(run_due(f), 1);
    assert_false(db_in_transaction(f->t.db));
    assert_int_equal(count(f, "done"), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(runs_in_order_and_once, start, stop),
        cmocka_unit_test_setup_teardown(belongs_to_the_transaction_that_adds_it, start, stop),
        cmocka_unit_test_setup_teardown(a_key_is_held_by_one_unfinished_job, start, stop),
        cmocka_unit_test_setup_teardown(refuses_what_is_too_long, start, stop),
        cmocka_unit_test_setup_teardown(a_kind_may_bound_the_delay, start, stop),
        cmocka_unit_test_setup_teardown(is_tried_again_with_growing_delays_and_then_dead, start, stop),
        cmocka_unit_test_setup_teardown(a_final_failure_is_not_tried_again, start, stop),
        cmocka_unit_test_setup_teardown(who_came_second_is_tried_again, start, stop),
        cmocka_unit_test_setup_teardown(death_is_told_until_it_was_heard, start, stop),
        cmocka_unit_test_setup_teardown(an_expired_lease_is_claimed_again, start, stop),
        cmocka_unit_test_setup_teardown(released_leases_are_claimed_at_once, start, stop),
        cmocka_unit_test_setup_teardown(runs_that_a_crash_cut_start_again_at_once, start, stop),
        cmocka_unit_test_setup_teardown(a_job_that_ends_the_program_each_time_is_given_up, start, stop),
        cmocka_unit_test_setup_teardown(a_job_whose_last_lease_ran_out_is_dead, start, stop),
        cmocka_unit_test_setup_teardown(results_and_end_are_one_transaction, start, stop),
        cmocka_unit_test_setup_teardown(a_lost_lease_cannot_finish_or_renew, start, stop),
        cmocka_unit_test_setup_teardown(a_forgotten_transaction_is_undone, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
