#ifndef METRICS_WORK_METER_H
#define METRICS_WORK_METER_H
/*
 * work_meter -- what this process did beside HTTP: runs of jobs by kind and end, answers by engine and outcome, and how long each took.
 */
#include "base/buf.h"
#include "jobs/job.h"
#include "metrics/histogram.h"
#include "rag/rag.h"

enum { METER_ENGINES = 4, METER_OUTCOMES = 3 };

struct work_meter {
    const struct job_kind *kinds; /* those of the runner, ends with name NULL */
    struct {
        atomic_llong ends[JOB_END_COUNT];
        struct histogram took;
    } jobs[JOB_KINDS_MAX]; /* in the order of the kinds */
    struct {
        atomic_llong outcomes[METER_OUTCOMES];
        struct histogram took;
    } engines[METER_ENGINES];
};

/* The job_watch.ended of these kinds, and the rag_watch.answered; ctx: the meter. */
void work_meter_job_ended(void *ctx, const struct job_kind *, enum job_end, int64_t us);
void work_meter_answered(void *ctx, const struct rag_answer *, int64_t us);

void work_meter_write(struct work_meter *, struct buf *out);

#endif
