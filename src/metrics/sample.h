#ifndef METRICS_SAMPLE_H
#define METRICS_SAMPLE_H
/*
 * sample -- each five minutes a row of how the services were, so that one can see afterwards when messages did not leave, a model did not
 * answer, or the program did not run.
 *
 * "metrics.sample" writes the row and adds its next run in the transaction that ends it; run twice, the row of the same five minutes stays.
 */
#include "metrics/service_state.h"

#define SAMPLE_JOB "metrics.sample"
#define SAMPLE_US  (5 * MINUTE_US)

struct sampler {
    const struct messaging *messaging;
    const struct models *models;
    struct job_signal *signal;
};

struct job_kind sampler_job_kind(struct sampler *);

/* The first run, now. In the caller's transaction; nothing when one waits. */
enum status sampler_start(struct sampler *, struct db *, int64_t now_us, struct err *) MUST_CHECK;

/* Deletes the samples before that time, some hundreds a transaction. */
enum status sample_clean_up(struct db *, int64_t before_us, struct err *) MUST_CHECK;

struct sample {
    int64_t at_us;
    struct str sending, model, embedder; /* until the function returns */
    int64_t waiting, oldest_us, dead_jobs;
};
typedef enum status sample_fn(void *ctx, const struct sample *, struct err *);

/* Those of a period, in order. */
enum status sample_each(struct db *, int64_t from_us, int64_t to_us, sample_fn *, void *ctx,
                        struct err *) MUST_CHECK;

#endif
