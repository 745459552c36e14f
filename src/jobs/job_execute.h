#ifndef JOBS_JOB_EXECUTE_H
#define JOBS_JOB_EXECUTE_H
/*
 * job_execute -- runs one claimed job and records how it went. Private to jobs/.
 */
#include "jobs/job_store.h"

/* How long to wait before attempt number attempts + 1: 2^attempts seconds, at most an hour, ± 20 %. chance: 0..UINT32_MAX. */
int64_t job_delay_us(int attempts, uint32_t chance);

/* Runs, finishes, retries or buries the job; what goes wrong is logged, because there is nobody to tell. */
void job_execute(struct job_context *, const struct job_kind *, const struct job *);

#endif
