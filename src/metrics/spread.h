#ifndef METRICS_SPREAD_H
#define METRICS_SPREAD_H
/*
 * spread -- how long each of many things took, and the mean, the half and the 95 of 100 of them, over all and by bucket.
 */
#include "base/arena.h"
#include "base/status.h"

struct spread_item {
    size_t bucket;
    int64_t us;
};

struct spread {
    struct arena *arena;
    struct spread_item *items;
    size_t count, room;
};

struct spread_figures {
    int64_t count;
    double mean_us;
    int64_t p50_us, p95_us; /* of those that there are: the smallest that so many do not exceed */
};

enum status spread_add(struct spread *, size_t bucket, int64_t us, struct err *) MUST_CHECK;

/* Sorts; nothing may be added afterwards. */
void spread_figures(struct spread *, struct spread_figures *all, struct spread_figures *by_bucket,
                    size_t buckets);

#endif
