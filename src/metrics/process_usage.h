#ifndef METRICS_PROCESS_USAGE_H
#define METRICS_PROCESS_USAGE_H
/*
 * process_usage -- what this process takes of its machine, under the names that every Prometheus exporter uses.
 */
#include "base/buf.h"
#include "base/clock.h"

/* database_path: a file whose size is told, with its journal; empty: none. */
void process_usage_write(struct buf *out, const char *database_path, int64_t started_at_us);

#endif
