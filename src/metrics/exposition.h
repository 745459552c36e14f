#ifndef METRICS_EXPOSITION_H
#define METRICS_EXPOSITION_H
/*
 * exposition -- the text format of Prometheus, version 0.0.4: a family is its HELP, its TYPE, and one line a set of labels.
 */
#include "base/buf.h"
#include "metrics/histogram.h"

#define EXPOSITION_TYPE "text/plain; version=0.0.4; charset=utf-8"

struct label {
    const char *name;
    struct str value; /* any text; escaped */
};

/* type: "counter", "gauge" or "histogram". Then the lines of this family and of no other. */
void exposition_family(struct buf *, const char *name, const char *type, const char *help);
void exposition_value(struct buf *, const char *name, const struct label *, size_t count, double value);
/* The lines of a histogram in seconds: _bucket, _sum and _count. */
void exposition_histogram(struct buf *, const char *name, const struct label *, size_t count,
                          const struct histogram_sum *);

/* A family of one line. */
void exposition_single(struct buf *, const char *name, const char *type, const char *help, double value);

#endif
