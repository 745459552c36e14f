#ifndef METRICS_METRICS_H
#define METRICS_METRICS_H
/*
 * metrics -- what the program did and how well: counters of this process for Prometheus (/metrics), and from what is recorded the series of
 * the dashboard (/api/metrics/dashboard/). No name, number or word of anybody, only counts.
 *
 * Constant after start but for the counters, which are atomic; shared by all threads.
 */
#include "metrics/request_meter.h"
#include "metrics/sample.h"
#include "metrics/work_meter.h"
#include "models/model_call.h"
#include "models/models.h"

struct metrics {
    struct request_meter *requests;
    struct work_meter work;
    struct http_watch http_watch; /* to be handed to the server, the kinds of jobs and rag */
    struct job_watch job_watch;
    struct rag_watch rag_watch;
    struct sampler sampler;
    const struct model_prices *prices;
    const char *database_path; /* "": it is no file */
    struct str time_zone;      /* the clinic's, for those who read series */
    int64_t started_at_us;
};

extern const struct route metrics_routes[]; /* room: struct metrics */

/* The counters, in the arena; `kinds` are those that the runner gets. */
enum status metrics_init(struct metrics *, struct arena *, const struct route_set *sets, int http_threads,
                         struct job_kind *kinds, struct err *) MUST_CHECK;

#endif
