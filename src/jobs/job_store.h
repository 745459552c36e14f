#ifndef JOBS_JOB_STORE_H
#define JOBS_JOB_STORE_H
/*
 * job_store -- the SQL of the job table. Private to jobs/.
 *
 * What changes a running job names its lease (id and attempts) and answers E_CONFLICT when that is no longer held.
 */
#include "jobs/job.h"

/* An unfinished job that comes first; due may lie in the future. */
struct job_head {
    int64_t id, due_at_us;
    int attempts;
    int kind; /* index into the kinds; -1: none of them */
};

enum { JOB_ERROR_MAX = 300, JOB_HEADS_MAX = 8 };

/* *id is 0 when an unfinished job of the kind has the key. */
enum status job_store_insert(struct db *, struct str kind, struct str payload, int64_t due_at_us,
                             struct str unique_key, int64_t now_us, int64_t *id, struct err *) MUST_CHECK;

/* The same, as its first run: the caller has the lease. */
enum status job_store_insert_running(struct db *, struct str kind, struct str payload, int64_t lease_until_us,
                                     struct str unique_key, int64_t now_us, int64_t *id,
                                     struct err *) MUST_CHECK;

/* The first JOB_HEADS_MAX unfinished jobs of all kinds, earliest first; *count is smaller when there are no more. */
enum status job_store_heads(struct db *, const struct job_kind *kinds, struct job_head heads[JOB_HEADS_MAX],
                            size_t *count, struct err *) MUST_CHECK;

/* The first of kinds[kind]. E_NOT_FOUND, without words, when it has none. */
enum status job_store_head(struct db *, const struct job_kind *kinds, int kind, struct job_head *,
                           struct err *) MUST_CHECK;

/* Takes the lease of a head that is due. E_NOT_FOUND, without words, when somebody else has it by now. */
enum status job_store_claim(struct db *, struct arena *, const struct job_head *, int64_t now_us,
                            int64_t lease_until_us, struct str *payload, struct err *) MUST_CHECK;

enum status job_store_renew(struct db *, const struct job *, int64_t lease_until_us, struct err *) MUST_CHECK;
enum status job_store_done(struct db *, const struct job *, int64_t now_us, struct err *) MUST_CHECK;
enum status job_store_dead(struct db *, const struct job *, int64_t now_us, struct str why,
                           struct err *) MUST_CHECK;

/* Gives the job back, to be run at due_at_us, with a new count of attempts. */
enum status job_store_again(struct db *, const struct job *, int64_t due_at_us, struct str why, int attempts,
                            struct err *) MUST_CHECK;

#endif
