#ifndef JOBS_JOB_H
#define JOBS_JOB_H
/*
 * job -- work that must happen, kept as rows and therefore never lost.
 *
 * A use case adds its job in its own transaction, so that both are there or neither. Runners claim a row with a lease, and only the holder
 * of the lease can finish it; a runner that died leaves a lease that expires, and the job runs again. So a job may run twice: each kind
 * says in its header why this does no harm. Failures are retried with a growing delay (2^attempts seconds, at most an hour, ± 20 %) while
 * the status is E_RETRY, E_UNCERTAIN, E_INTERNAL or E_CONFLICT (somebody was faster) and attempts are left; then the job is dead,
 * kept, and `on_dead` is told.
 */
#include "base/clock.h"
#include "base/config.h"
#include "db/db.h"

struct job {
    int64_t id;
    struct str kind, payload; /* payload: JSON, at most JOB_PAYLOAD_MAX bytes */
    int attempts;             /* this run included */
    bool last_attempt;
};

enum { JOB_PAYLOAD_MAX = 16 * 1024, JOB_KINDS_MAX = 64, JOB_KEY_MAX = 200 };

struct job_context {
    void *room;          /* job_kind.room */
    struct db *db;       /* of this worker thread */
    struct arena *arena; /* reset after each job */
    const struct clock *clock;
    const bool *stopping;        /* read it with job_is_stopping() */
    bool finished;               /* job_finish() was called in a transaction that committed */
    struct job_claimer *claimer; /* of the runner: takes the next job with the end of this one; may be NULL */
};

/* Long work looks at this between steps and returns E_RETRY when the program stops; that does not count as an attempt. */
static inline bool job_is_stopping(const struct job_context *c) {
    return __atomic_load_n(c->stopping, __ATOMIC_RELAXED);
}

struct job_kind;
typedef enum status job_fn(struct job_context *, const struct job *, struct err *);

enum job_end { JOB_DONE, JOB_AGAIN, JOB_GIVEN_UP, JOB_END_COUNT };

/* Told of each run that ended, on the worker that had it: cheap, never waiting. */
struct job_watch {
    void *ctx;
    void (*ended)(void *ctx, const struct job_kind *, enum job_end, int64_t us);
};

struct job_kind {
    const char *name;
    job_fn *run;
    /*
     * After the last attempt or a final failure; NULL: nothing to tell. Runs in no transaction and before the job is marked dead, so
     * that a crash between the two tells it again: twice must do no harm. The err holds why the job died (empty when its last lease
     * ran out, or when it is told again). A failure of its own is tried again later.
     */
    job_fn *on_dead;
    void *room;
    int64_t lease_us; /* longer than any run; renewed by job_renew() */
    int attempts_max;
    int parallel_max;     /* runs of this kind at once in this process; 0: any number */
    int64_t delay_max_us; /* the longest wait for the next attempt that is our own choice; 0: an hour */
    const struct job_watch *watch; /* NULL: nobody counts */
};

/* What waits for new jobs; shared by everything that adds them in this process. NULL in programs without a runner. */
struct job_signal;
struct job_signal *job_signal_new(void) MUST_CHECK;
void job_signal_free(struct job_signal *);

/*
 * Adds a job inside the caller's transaction. run_at_us 0 means now. A unique key that an unfinished job of the kind already
 * holds makes this a silent success; an empty one is none.
 */
enum status job_add(struct db *, struct job_signal *, struct str kind, struct str payload, int64_t run_at_us,
                    struct str unique_key, int64_t now_us, struct err *) MUST_CHECK;

/* A job that waits for its time is due now. Inside the caller's transaction; nothing when there is none. */
enum status job_hasten(struct db *, struct str kind, struct str unique_key, int64_t now_us,
                       struct err *) MUST_CHECK;

/*
 * Finishes a running job inside a transaction of its run function, so that its results and its end are committed together: the run
 * function then returns OK. E_CONFLICT when the lease was lost: roll back. A run function that does not call it is finished by the
 * runner in a transaction of its own, after it returned OK.
 */
enum status job_finish(struct job_context *, const struct job *, struct err *) MUST_CHECK;

/* Prolongs the lease of a running job; E_CONFLICT when it was lost (stop at once and do not write). */
enum status job_renew(struct job_context *, const struct job *, int64_t lease_us, struct err *) MUST_CHECK;

/*
 * Ends the leases that a killed process left, so that its jobs run now and not minutes later. For the start of a process that knows it is
 * alone on its database (it holds the lock of the data directory). Such a run does not count as an attempt (a power cut is not the job's
 * fault), up to JOB_CUTS_FORGIVEN: a job that ends the program each time must not do so for ever. Inside the caller's transaction.
 */
enum { JOB_CUTS_FORGIVEN = 30 };
enum status job_release_all(struct db *, int64_t now_us, struct err *) MUST_CHECK;

struct job_runner;

/* Starts `threads` workers over the kinds (array ends with name NULL; constant until job_runner_stop). */
enum status job_runner_start(struct db_pool *, const struct job_kind *kinds, int threads, struct job_signal *,
                             const struct clock *, struct job_runner **, struct err *) MUST_CHECK;

/*
 * Takes no more jobs, waits for the running ones at most grace_us, frees. Then true. False when some were cut: their leases expire later, and
 * they still use the pool, the kinds and the signal, so end the process with _exit() and free none of these. NULL is fine.
 */
bool job_runner_stop(struct job_runner *, int64_t grace_us);

/* For commands and tests: runs what is due now on the calling thread until nothing is; *ran counts. The arena is reset after each job. */
enum status job_run_due(struct db *, const struct job_kind *kinds, struct arena *, const struct clock *,
                        int *ran, struct err *) MUST_CHECK;

#endif
