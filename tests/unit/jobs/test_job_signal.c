#include "test.h"

#include "base/clock.h"
#include "jobs/job_signal.h"

#include <pthread.h>
#include <sched.h>

static void a_wake_up_before_the_sleep_is_not_missed(void **state) {
    (void)state;
    struct job_signal *s = job_signal_new();
    assert_non_null(s);
    uint64_t seen = job_signal_count(s);
    job_signal_wake(s);
    int64_t before = clock_monotonic_us();
    job_signal_sleep(s, seen, 10 * MINUTE_US);
    assert_true(clock_monotonic_us() - before < MINUTE_US);
    job_signal_free(s);
    job_signal_free(NULL);
}

static void a_sleep_ends_by_itself(void **state) {
    (void)state;
    struct job_signal *s = job_signal_new();
    assert_non_null(s);
    int64_t before = clock_monotonic_us();
    job_signal_sleep(s, job_signal_count(s), 2000);
    assert_true(clock_monotonic_us() - before >= 2000);
    job_signal_sleep(s, job_signal_count(s), 0);
    job_signal_free(s);
}

static void *sleep_long(void *s) {
    job_signal_sleep(s, 0, 10 * MINUTE_US);
    return NULL;
}

static void everybody_can_be_woken(void **state) {
    (void)state;
    struct job_signal *s = job_signal_new();
    pthread_t threads[8];
    int64_t before = clock_monotonic_us();
    for (int i = 0; i < 8; i++) assert_int_equal(pthread_create(&threads[i], NULL, sleep_long, s), 0);
    job_signal_wake_all(s); /* some sleep by now, the others see that the count is another */
    for (int i = 0; i < 8; i++) pthread_join(threads[i], NULL);
    assert_true(clock_monotonic_us() - before < MINUTE_US);
    job_signal_free(s);
}

/* ---- jobs that are handed over ---- */

static enum status run(struct job_context *c, const struct job *job, struct err *e) {
    (void)c, (void)job, (void)e;
    return OK;
}

static const struct job_kind kinds[] = {
    { "limited", run, NULL, NULL, MINUTE_US, 3, 2 },
    { "once", run, NULL, NULL, MINUTE_US, 1, 0 },
    { "work", run, NULL, NULL, 3 * MINUTE_US, 3, 0 },
    { 0 },
};

struct fixture {
    struct job_signal *signal;
    struct job_slots slots;
    struct arena *arena;
    pthread_t sleeper;
};

static int start(void **state) {
    static struct fixture f;
    f = (struct fixture) { .signal = job_signal_new(), .arena = arena_new(1 << 20) };
    job_slots_init(&f.slots);
    job_signal_serve(f.signal, kinds);
    *state = &f;
    return f.signal && f.arena ? 0 : -1;
}

static int stop(void **state) {
    struct fixture *f = *state;
    job_slots_done(&f->slots);
    arena_free(f->arena);
    job_signal_free(f->signal);
    return 0;
}

static struct job_handoff *reserve(struct fixture *f, const char *kind) {
    int64_t lease_us = 0;
    struct job_handoff *h = job_handoff_reserve(f->signal, str_from_c(kind), STR("{\"n\":1}"), &lease_us);
    if (h) assert_int_equal(lease_us, str_eq(str_from_c(kind), STR("once")) ? MINUTE_US : 3 * MINUTE_US);
    return h;
}

/* Sleeps until something is handed over. */
static void start_sleeper(struct fixture *f) {
    struct job_handoff *h;
    assert_int_equal(pthread_create(&f->sleeper, NULL, sleep_long, f->signal), 0);
    while (!(h = reserve(f, "work"))) sched_yield();
    job_handoff_withdraw(h);
}

static void nothing_is_handed_over_while_nobody_sleeps(void **state) {
    struct fixture *f = *state;
    struct job_claimed c;
    assert_null(reserve(f, "work"));
    assert_false(job_handoff_waits(f->signal));
    assert_false(job_handoff_take(f->signal, f->arena, &f->slots, &c));
}

static void a_sleeper_is_given_one_job(void **state) {
    struct fixture *f = *state;
    struct job_claimed c;
    start_sleeper(f);
    struct job_handoff *h = reserve(f, "once");
    assert_non_null(h);
    assert_null(reserve(f, "work")); /* the one that sleeps has something to do */
    job_handoff_name(h, 7);
    assert_false(job_handoff_waits(f->signal));
    job_handoff_give(h);
    pthread_join(f->sleeper, NULL);
    assert_true(job_handoff_waits(f->signal));
    assert_true(job_handoff_take(f->signal, f->arena, &f->slots, &c));
    assert_int_equal(c.kind, 1);
    assert_int_equal(c.job.id, 7);
    assert_str_equal(c.job.kind, STR("once"));
    assert_str_equal(c.job.payload, STR("{\"n\":1}"));
    assert_int_equal(c.job.attempts, 1);
    assert_true(c.job.last_attempt);
    assert_int_equal(f->slots.running[1], 1);
    assert_false(job_handoff_take(f->signal, f->arena, &f->slots, &c));
}

static void what_need_not_be_run_is_not_given(void **state) {
    struct fixture *f = *state;
    start_sleeper(f);
    struct job_handoff *h = reserve(f, "work");
    assert_non_null(h);
    job_handoff_give(h); /* it got no name: there is such a job already */
    assert_false(job_handoff_waits(f->signal));
    assert_non_null(h = reserve(f, "work"));
    job_handoff_withdraw(h);
    job_signal_wake_all(f->signal);
    pthread_join(f->sleeper, NULL);
    assert_false(job_handoff_waits(f->signal));
}

static void only_what_any_worker_may_run_is_handed_over(void **state) {
    struct fixture *f = *state;
    static char large[4096];
    int64_t lease_us;
    start_sleeper(f);
    assert_null(reserve(f, "limited"));
    assert_null(reserve(f, "unknown"));
    memset(large, 'x', sizeof large);
    assert_null(job_handoff_reserve(f->signal, STR("work"), (struct str) { large, sizeof large }, &lease_us));
    job_signal_wake_all(f->signal);
    pthread_join(f->sleeper, NULL);
}

/* Its row keeps the lease until that ends. */
static void nothing_is_handed_to_the_workers_of_later(void **state) {
    struct fixture *f = *state;
    struct job_claimed c;
    start_sleeper(f);
    struct job_handoff *h = reserve(f, "work");
    assert_non_null(h);
    job_handoff_name(h, 1);
    job_signal_serve(f->signal, NULL);
    assert_null(reserve(f, "work"));
    job_signal_serve(f->signal, kinds);
    job_handoff_give(h);
    assert_false(job_handoff_take(f->signal, f->arena, &f->slots, &c));
    job_signal_wake_all(f->signal);
    pthread_join(f->sleeper, NULL);
}

#define PLACED(test) cmocka_unit_test_setup_teardown(test, start, stop)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wake_up_before_the_sleep_is_not_missed),
        cmocka_unit_test(a_sleep_ends_by_itself),
        cmocka_unit_test(everybody_can_be_woken),
        PLACED(nothing_is_handed_over_while_nobody_sleeps),
        PLACED(a_sleeper_is_given_one_job),
        PLACED(what_need_not_be_run_is_not_given),
        PLACED(only_what_any_worker_may_run_is_handed_over),
        PLACED(nothing_is_handed_to_the_workers_of_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
