#ifndef JOBS_JOB_SIGNAL_H
#define JOBS_JOB_SIGNAL_H
/*
 * job_signal -- how a worker sleeps until there may be work. Private to jobs/.
 *
 * A worker notes the count before it looks for work and sleeps only while the count is the same: no wake-up is missed.
 */
#include "jobs/job.h"

/* One sleeping worker looks for work. */
void job_signal_wake(struct job_signal *);
void job_signal_wake_all(struct job_signal *);

uint64_t job_signal_count(struct job_signal *);

/* Sleeps until the count differs from `seen` and this worker is woken, or for wait_us (a duration). */
void job_signal_sleep(struct job_signal *, uint64_t seen, int64_t wait_us);

#endif
