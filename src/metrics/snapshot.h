#ifndef METRICS_SNAPSHOT_H
#define METRICS_SNAPSHOT_H
/*
 * snapshot -- what Prometheus is told that stands in the database: states as they are now, and what the last 24 hours brought. Each query
 * reads an index, so that a scrape costs the same with ten years of messages behind it.
 */
#include "base/buf.h"
#include "models/model_call.h"

struct db;

/* As many reasons of failure as a label may have; the rest is "other". */
enum { SNAPSHOT_REASONS_MAX = 40 };

enum status snapshot_write(struct db *, const struct model_prices *, int64_t now_us, struct buf *out,
                           struct err *) MUST_CHECK;

#endif
