#ifndef MAIN_MAINTENANCE_H
#define MAIN_MAINTENANCE_H
/*
 * maintenance -- what is thrown away by age: expired sessions, old failed sign-ins, done jobs, records of idempotent
 * requests, the log of calls to models, the list of backups that were made, samples of the services.
 *
 * A job that runs once a day and adds its next run in the transaction that ends it. Running it twice throws nothing more away.
 */
#include "base/config.h"
#include "jobs/job.h"

#define MAINTENANCE_JOB "maintenance"

/* How long what a clinic may choose is kept. Done jobs: as long as somebody may ask what happened; dead ones stay until somebody looked. */
struct retention {
    int64_t metrics_us, model_calls_us, done_jobs_us, backup_rows_us;
};
struct retention retention_of(const struct config *);

struct maintenance {
    struct job_signal *signal;
    struct retention kept;
};

struct job_kind maintenance_job_kind(struct maintenance *);

/* Adds the next run unless one waits already. In the caller's transaction. */
enum status maintenance_add_job(struct db *, struct job_signal *, int64_t run_at_us, int64_t now_us,
                                struct err *) MUST_CHECK;

/* One round, for `medirecord cleanup`. */
enum status maintenance_round(struct db *, const struct retention *, int64_t now_us, struct err *) MUST_CHECK;

#endif
