#include "jobs/job_claim.h"
#include "jobs/job_execute.h"
#include "jobs/job_signal.h"

#include <stdlib.h>
#include <time.h>

enum { JOB_ARENA_BYTES = 64 * 1024 * 1024, THREADS_MAX = 80 };

/* Jobs that other processes add are seen after this time; so are jobs whose time has come by a clock that was set. */
#define POLL_US SECOND_US

struct job_runner {
    struct db_pool *pool;
    const struct job_kind *kinds;
    struct job_signal *signal;
    const struct clock *clock;
    struct job_slots slots;
    bool stopping; /* atomic: jobs read it while they run */

    pthread_mutex_t lock;
    pthread_cond_t ended; /* a worker has ended */
    int alive;
    pthread_t threads[THREADS_MAX];
};

struct worker {
    struct job_runner *runner;
    struct db *db;
    struct arena *arena, *next_arena; /* of the job that runs, and of what is claimed behind it */
    struct job_claimed next;          /* claimed with the end of the last job; kind -1: none */
    bool looked;                      /* there was none due, when the count of the signal was `seen` */
    uint64_t seen;
};

static bool is_stopping(const struct job_runner *r) {
    return __atomic_load_n(&r->stopping, __ATOMIC_RELAXED);
}

static int64_t time_until(const struct job_runner *r, int64_t due_us) {
    if (due_us == INT64_MAX) return POLL_US;
    int64_t wait = due_us - clock_now_us(r->clock);
    return wait < 0 ? 0 : wait < POLL_US ? wait : POLL_US;
}

static enum status claim(struct worker *w) {
    struct job_runner *r = w->runner;
    struct err e = { 0 };
    enum status s =
        job_claim_next(w->db, w->arena, r->kinds, &r->slots, clock_now_us(r->clock), &w->next, &e);
    if (s != OK) log_failure(LOG_ERROR, "job_claim_failed", s, &e, NULL, 0);
    return s;
}

/* Takes the job that was handed over, or claims the next, or sleeps until there may be one. */
static void find_next(struct worker *w) {
    struct job_runner *r = w->runner;
    uint64_t seen = job_signal_count(r->signal);
    bool looked = w->looked && w->seen == seen;
    w->looked = false;
    arena_reset(w->arena); /* a claim that failed may have left its payload */
    if (job_handoff_take(r->signal, w->arena, &r->slots, &w->next)) return;
    enum status s = looked ? OK : claim(w);
    if (s != OK)
        job_signal_sleep(r->signal, seen, POLL_US);
    else if (w->next.kind < 0)
        job_signal_sleep(r->signal, seen, time_until(r, w->next.next_due_us));
}

/* Runs the claimed job; what is claimed with its end is the next. */
static void run_claimed(struct worker *w) {
    struct job_runner *r = w->runner;
    struct job_claimed now = w->next;
    struct job_claimer claimer = { .kinds = r->kinds,
                                   .slots = &r->slots,
                                   .arena = w->next_arena,
                                   .signal = r->signal,
                                   .next = { .kind = -1 } };
    struct job_context context = {
        .db = w->db, .arena = w->arena, .clock = r->clock, .stopping = &r->stopping, .claimer = &claimer
    };
    if (now.more) job_signal_wake(r->signal); /* each worker that finds more wakes the next */
    w->seen = job_signal_count(r->signal);    /* before it looks with the end of the job */
    job_execute(&context, &r->kinds[now.kind], &now.job);
    job_slots_release(&r->slots, now.kind);
    w->next = claimer.next;
    w->looked = claimer.looked && r->kinds[now.kind].parallel_max == 0; /* else its own place was not free */
}

static void swap_arenas(struct worker *w) {
    struct arena *used = w->arena;
    arena_reset(used);
    w->arena = w->next_arena;
    w->next_arena = used;
}

static void worker_free(struct worker *w) {
    if (!w) return;
    arena_free(w->arena);
    arena_free(w->next_arena);
    db_close(w->db);
    free(w);
}

static void *work(void *arg) {
    struct worker *w = arg;
    struct job_runner *r = w->runner;
    /* What was claimed is begun even while stopping: the job sees that itself, and is given back if it is long. */
    while (w->next.kind >= 0 || !is_stopping(r)) {
        if (w->next.kind < 0) find_next(w);
        if (w->next.kind < 0) continue;
        run_claimed(w);
        swap_arenas(w);
    }
    worker_free(w);
    pthread_mutex_lock(&r->lock);
    r->alive--;
    pthread_cond_signal(&r->ended);
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

static enum status worker_new(struct job_runner *r, struct worker **out, struct err *e) {
    struct worker *w = calloc(1, sizeof *w);
    if (!w) return fail(e, E_INTERNAL, NULL, "no memory for a job worker");
    w->runner = r;
    w->next.kind = -1;
    enum status s = db_open(r->pool, &w->db, e);
    w->arena = arena_new(JOB_ARENA_BYTES);
    w->next_arena = arena_new(JOB_ARENA_BYTES);
    if (s == OK && (!w->arena || !w->next_arena)) s = fail(e, E_INTERNAL, NULL, "no memory for a job worker");
    if (s != OK) {
        worker_free(w);
        return s;
    }
    *out = w;
    return OK;
}

static enum status start_worker(struct job_runner *r, struct err *e) {
    struct worker *w = NULL;
    enum status s = worker_new(r, &w, e);
    if (s != OK) return s;
    pthread_mutex_lock(&r->lock);
    bool started = pthread_create(&r->threads[r->alive], NULL, work, w) == 0;
    if (started) r->alive++;
    pthread_mutex_unlock(&r->lock);
    if (started) return OK;
    worker_free(w);
    return fail(e, E_RETRY, NULL, "a job worker cannot be started");
}

static enum status check_kinds(const struct job_kind *kinds, struct err *e) {
    int n = 0;
    for (; kinds[n].name; n++)
        if (n == JOB_KINDS_MAX || !kinds[n].run || kinds[n].lease_us <= 0 || kinds[n].attempts_max < 1)
            return fail(e, E_INTERNAL, NULL, "the job kind %s is not complete", kinds[n].name);
    return OK;
}

enum status job_runner_start(struct db_pool *pool, const struct job_kind *kinds, int threads,
                             struct job_signal *signal, const struct clock *clock, struct job_runner **out,
                             struct err *e) {
    pthread_condattr_t attributes;
    enum status s = check_kinds(kinds, e);
    if (s != OK) return s;
    if (threads < 1 || threads > THREADS_MAX) return fail(e, E_INTERNAL, NULL, "%d job workers", threads);
    struct job_runner *r = calloc(1, sizeof *r);
    if (!r) return fail(e, E_INTERNAL, NULL, "no memory for the job runner");
    r->pool = pool;
    r->kinds = kinds;
    r->signal = signal;
    r->clock = clock;
    job_slots_init(&r->slots);
    pthread_mutex_init(&r->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&r->ended, &attributes);
    pthread_condattr_destroy(&attributes);
    for (int i = 0; i < threads && s == OK; i++) s = start_worker(r, e);
    if (s != OK) {
        (void)job_runner_stop(r, MINUTE_US);
        return s;
    }
    job_signal_serve(signal, kinds);
    *out = r;
    return OK;
}

/* True when no worker is left. */
static bool wait_for_workers(struct job_runner *r, int64_t grace_us) {
    int64_t until = clock_monotonic_us() + grace_us;
    struct timespec deadline = { (time_t)(until / SECOND_US), (long)(until % SECOND_US) * 1000 };
    pthread_mutex_lock(&r->lock);
    while (r->alive > 0 && pthread_cond_timedwait(&r->ended, &r->lock, &deadline) == 0) {
    }
    bool all = r->alive == 0;
    pthread_mutex_unlock(&r->lock);
    return all;
}

bool job_runner_stop(struct job_runner *r, int64_t grace_us) {
    if (!r) return true;
    __atomic_store_n(&r->stopping, true, __ATOMIC_RELAXED);
    job_signal_serve(r->signal,
                     NULL); /* what was handed over and not begun is the next start's: job_release_all() */
    job_signal_wake_all(r->signal);
    if (!wait_for_workers(r, grace_us)) return false; /* r stays: they use it */
    for (int i = 0; i < THREADS_MAX; i++)
        if (r->threads[i]) pthread_join(r->threads[i], NULL);
    pthread_cond_destroy(&r->ended);
    pthread_mutex_destroy(&r->lock);
    job_slots_done(&r->slots);
    free(r);
    return true;
}

enum status job_run_due(struct db *db, const struct job_kind *kinds, struct arena *arena,
                        const struct clock *clock, int *ran, struct err *e) {
    static const bool never = false;
    struct job_slots slots;
    enum status s = check_kinds(kinds, e);
    *ran = 0;
    if (s != OK) return s;
    job_slots_init(&slots);
    for (;;) {
        struct job_claimed next;
        s = job_claim_next(db, arena, kinds, &slots, clock_now_us(clock), &next, e);
        if (s != OK || next.kind < 0) break;
        struct job_context context = { .db = db, .arena = arena, .clock = clock, .stopping = &never };
        job_execute(&context, &kinds[next.kind], &next.job);
        job_slots_release(&slots, next.kind);
        arena_reset(arena);
        ++*ran;
    }
    job_slots_done(&slots);
    return s;
}
