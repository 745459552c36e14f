#ifndef METRICS_REQUEST_METER_H
#define METRICS_REQUEST_METER_H
/*
 * request_meter -- HTTP requests of this process by route and class of status, and how long they took.
 *
 * A route is counted under the pattern of its row ("/api/patients/{id}/"), never under what a client wrote, so that there are as many lines
 * as rows. Each HTTP thread has a shard of its own, so that counting costs some nanoseconds and no thread waits for another.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "http/server.h"

struct request_meter;

/* For the routes of these sets (ends with routes NULL), which it points into; in the arena, as long as it. */
enum status request_meter_new(struct arena *, const struct route_set *sets, int threads,
                              struct request_meter **, struct err *) MUST_CHECK;

/* The http_watch.ended of a server; ctx: the meter. */
void request_meter_add(void *ctx, int thread, const struct route *, int http, int64_t us);

/* Both families. What was never asked has no line. */
void request_meter_write(struct request_meter *, struct buf *out);

#endif
