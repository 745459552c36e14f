#ifndef METRICS_HISTOGRAM_H
#define METRICS_HISTOGRAM_H
/*
 * histogram -- how long things took, counted in steps from a millisecond to ten seconds. Many threads may add and one may read at the same
 * time: each figure is right, and they are of the same moment but for what is being added.
 */
#include <stdatomic.h>

#include "base/clock.h"

enum { HISTOGRAM_STEPS = 12 };
/* Upper ends, microseconds. What took longer is in the place behind the last. */
extern const int64_t histogram_steps_us[HISTOGRAM_STEPS];

struct histogram {
    atomic_llong counts[HISTOGRAM_STEPS + 1];
    atomic_llong sum_us;
};

/* What was read of one, or of several together. */
struct histogram_sum {
    int64_t counts[HISTOGRAM_STEPS + 1];
    int64_t sum_us;
};

void histogram_add(struct histogram *, int64_t us);
void histogram_read(struct histogram *, struct histogram_sum *add_to);
int64_t histogram_count(const struct histogram_sum *);

#endif
