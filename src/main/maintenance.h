#ifndef MAIN_MAINTENANCE_H
#define MAIN_MAINTENANCE_H
/*
 * maintenance -- what is thrown away by age: expired sessions, old failed sign-ins, done jobs, records of idempotent
 * requests, the log of calls to models, the list of backups that were made, samples of the services.
 *
 * A job that runs once a day and adds its next run in the transaction that ends it. Running it twice throws nothing more away.
 */
#include "jobs/job.h"

#define MAINTENANCE_JOB "maintenance"

/* Done jobs are kept as long as somebody may ask what happened; dead ones stay until somebody looked. */
#define DONE_JOBS_KEPT_US (7 * DAY_US)

struct maintenance {
    struct job_signal *signal;
    int metrics_days; /* how long samples are kept */
};

struct job_kind maintenance_job_kind(struct maintenance *);

/* Adds the next run unless one waits already. In the caller's transaction. */
enum status maintenance_add_job(struct db *, struct job_signal *, int64_t run_at_us, int64_t now_us,
                                struct err *) MUST_CHECK;

/* One round, for `medirecord cleanup`. */
enum status maintenance_round(struct db *, int metrics_days, int64_t now_us, struct err *) MUST_CHECK;

#endif
