#ifndef JOBS_JOB_LIST_H
#define JOBS_JOB_LIST_H
/*
 * job_list -- the jobs as administrators look at them, and the deletion of old ones.
 */
#include "http/route.h"
#include "jobs/job.h"

/* GET /api/jobs/: ?state=, ?kind=, newest first. Ends with path NULL; its room is NULL. */
extern const struct route jobs_routes[];

/* Deletes the jobs that were done before `before_us`, some hundreds a transaction so that nobody waits; dead ones stay. */
enum status job_cleanup(struct db *, int64_t before_us, int64_t *deleted, struct err *) MUST_CHECK;

#endif
