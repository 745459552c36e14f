#ifndef JOBS_JOB_LIST_H
#define JOBS_JOB_LIST_H
/*
 * job_list -- the jobs as administrators look at them, what they decide about those that were given up, and the deletion of old ones.
 */
#include "http/route.h"
#include "jobs/job.h"

/* GET /api/jobs/: ?state=, ?kind=, newest first. Ends with path NULL; its room is NULL. */
extern const struct route jobs_routes[];

/* Deletes the jobs that were done before `before_us`, some hundreds a transaction so that nobody waits; dead ones stay. */
enum status job_cleanup(struct db *, int64_t before_us, int64_t *deleted, struct err *) MUST_CHECK;

/*
 * What was given up runs again at once, with all of its attempts, or is put aside for good. Both in the caller's transaction. E_NOT_FOUND
 * with a message: there is no job of that id that was given up (somebody was faster). E_CONFLICT with a message: the same work waits already.
 */
enum status job_retry(struct db *, struct job_signal *, int64_t id, int64_t now_us, struct err *) MUST_CHECK;
enum status job_discard(struct db *, int64_t id, struct err *) MUST_CHECK;

#endif
