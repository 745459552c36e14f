#ifndef METRICS_SERIES_H
#define METRICS_SERIES_H
/*
 * series -- the activity of a period as rows of figures, a bucket each: for charts as JSON, to take away as CSV.
 */
#include "base/json_out.h"
#include "metrics/activity.h"

/* A list of objects. A figure that nobody knows is null. */
void series_write_json(const struct activity *, struct json_out *);

/* With its head, UTF-8 and its mark, CRLF; a figure that nobody knows is empty. */
void series_write_csv(const struct activity *, struct buf *);

/* A share or a duration as JSON: NaN is null. */
void series_put(struct json_out *, const char *key, double value);

#endif
