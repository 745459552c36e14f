#include "metrics/metrics.h"

enum status metrics_init(struct metrics *room, struct arena *arena, const struct route_set *sets,
                         int http_threads, struct job_kind *kinds, struct err *e) {
    room->work.kinds = kinds;
    room->job_watch = (struct job_watch) { &room->work, work_meter_job_ended };
    room->rag_watch = (struct rag_watch) { &room->work, work_meter_answered };
    for (size_t i = 0; kinds[i].name; i++) kinds[i].watch = &room->job_watch;
    enum status s = request_meter_new(arena, sets, http_threads, &room->requests, e);
    room->http_watch = (struct http_watch) { room->requests, request_meter_add };
    return s;
}
