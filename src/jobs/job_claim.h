#ifndef JOBS_JOB_CLAIM_H
#define JOBS_JOB_CLAIM_H
/*
 * job_claim -- finds the next job that is due among the kinds, and takes its lease. Private to jobs/.
 */
#include "jobs/job_store.h"

#include <pthread.h>

/* How many jobs of each kind this process runs, held against parallel_max. */
struct job_slots {
    pthread_mutex_t lock;
    int running[JOB_KINDS_MAX]; /* in the order of the kinds */
};

void job_slots_init(struct job_slots *);
void job_slots_done(struct job_slots *);
void job_slots_take(struct job_slots *, int kind); /* of a kind that has no limit */
void job_slots_release(struct job_slots *, int kind);

struct job_claimed {
    int kind; /* index into the kinds; -1: nothing is due */
    struct job job;
    bool more;           /* with a job: there was another one due, of whatever kind */
    int64_t next_due_us; /* with kind -1: when the next one is due; INT64_MAX: none known */
};

/*
 * The next job of a worker, taken in the transaction that ends the one before: a busy worker spares a commit a job.
 * next.kind is -1 while there is none; its payload lives in the arena, which is not the one of the running job.
 */
struct job_claimer {
    const struct job_kind *kinds;
    struct job_slots *slots;
    struct arena *arena;
    struct job_signal *signal; /* what was handed over goes first; may be NULL */
    struct job_claimed next;
    bool looked; /* next.kind -1 is because nothing was due */
};

/* Inside the ending job's transaction. OK without a next job when nothing is due. */
enum status job_claim_with_end(struct job_claimer *, struct db *, int64_t now_us, struct err *) MUST_CHECK;

/* That transaction did not commit: there is no next job. */
void job_claim_drop(struct job_claimer *);

/* The payload lives in the arena. Success with a kind takes a slot, which the caller releases. */
enum status job_claim_next(struct db *, struct arena *, const struct job_kind *kinds, struct job_slots *,
                           int64_t now_us, struct job_claimed *, struct err *) MUST_CHECK;

#endif
