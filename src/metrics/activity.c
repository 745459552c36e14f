#include "metrics/activity.h"

#include <math.h>

#include "metrics/sample.h"

double activity_share(int64_t n, int64_t all) {
    return all > 0 ? (double)n / (double)all : (double)NAN;
}

/* How many samples there should be. */
static int64_t expected(const struct activity *a, size_t bucket) {
    int64_t us = 0;
    if (!a->sampled_since_us) return 0;
    if (bucket < a->period.count)
        return (period_passed_us(&a->period, bucket, a->sampled_since_us) + SAMPLE_US - 1) / SAMPLE_US;
    for (size_t i = 0; i < a->period.count; i++) us += period_passed_us(&a->period, i, a->sampled_since_us);
    return (us + SAMPLE_US - 1) / SAMPLE_US;
}

static double share_of_time(const struct activity *a, size_t bucket, int64_t n) {
    double share = activity_share(n, expected(a, bucket));
    return share > 1 ? 1 : share;
}

static const struct activity_sums *sums_of(const struct activity *a, size_t bucket) {
    return bucket < a->period.count ? &a->buckets[bucket] : &a->all;
}

double activity_up(const struct activity *a, size_t bucket) {
    return share_of_time(a, bucket, sums_of(a, bucket)->samples);
}

double activity_well(const struct activity *a, size_t bucket) {
    return share_of_time(a, bucket, sums_of(a, bucket)->samples_well);
}
