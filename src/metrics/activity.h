#ifndef METRICS_ACTIVITY_H
#define METRICS_ACTIVITY_H
/*
 * activity -- what happened in a period: read row by row from what is recorded, summed by bucket and over all. Each row counts where it began,
 * with what has become of it until now.
 */
#include "metrics/echo.h"
#include "metrics/name_count.h"
#include "metrics/period.h"
#include "metrics/spread.h"
#include "models/model_call.h"

struct db;

struct activity_sums {
    int64_t questions, answered, refused,
        escalated;                              /* of patients to the assistant; a danger sign is escalated */
    int64_t received;                           /* messages of patients */
    int64_t out, sent, delivered, read, failed; /* messages to them; each is in all that it has passed */
    int64_t broadcast_sent, broadcast_delivered, broadcast_read, broadcast_replied;
    int64_t documents, indexed, documents_failed;
    int64_t model_calls, model_failed;
    int64_t samples, samples_well; /* of the services (sample.h) */
};

struct activity {
    struct arena *arena;
    struct period period;
    struct activity_sums all, buckets[PERIOD_BUCKETS_MAX];
    struct spread response, indexing; /* from question to reply; from upload to indexed */
    struct spread_figures response_all, response_by[PERIOD_BUCKETS_MAX], indexing_all,
        indexing_by[PERIOD_BUCKETS_MAX];
    struct name_counts intents; /* also: refused */
    struct name_counts engines, message_errors, document_errors;
    struct echo echo;
    const struct model_prices *prices;
    double model_usd;
    int64_t sampled_since_us; /* the first sample that is kept; 0: there is none */
};

/* `prices` may be NULL. Some tens of thousands of rows take some tens of milliseconds. */
enum status activity_read(struct db *, struct arena *, int64_t now_us, int64_t hours,
                          const struct model_prices *, struct activity *, struct err *) MUST_CHECK;

/* Share of n in all; NaN where there is nothing. */
double activity_share(int64_t n, int64_t all);

/* Share of the time at which the program ran, and at which all its services did: of a bucket, or of all (bucket: period.count). NaN: not known. */
double activity_up(const struct activity *, size_t bucket);
double activity_well(const struct activity *, size_t bucket);

#endif
