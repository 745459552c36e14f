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
void job_slots_release(struct job_slots *, int kind);

struct job_claimed {
    int kind; /* index into the kinds; -1: nothing is due */
    struct job job;
    int64_t next_due_us; /* with kind -1: when the next one is due; INT64_MAX: none known */
};

/* The payload lives in the arena. Success with a kind takes a slot, which the caller releases. */
enum status job_claim_next(struct db *, struct arena *, const struct job_kind *kinds, struct job_slots *,
                           int64_t now_us, struct job_claimed *, struct err *) MUST_CHECK;

#endif
