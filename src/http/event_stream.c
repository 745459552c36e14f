#include "http/event_stream.h"

#include <stdlib.h>

static int64_t stream_read(void *ctx, char *out, size_t max) {
    struct event_stream *s = ctx;

    if (s->text_at == s->text_n) {
        switch (event_hub_next(s->hub, s)) {
        case EVENT_HERE: break;
        case EVENT_NONE: return STREAM_SLEEPS;
        case EVENT_END: return 0;
        }
    }
    struct str part = str_sub((struct str) { s->text, s->text_n }, s->text_at, max);
    memcpy(out, part.p, part.n);
    s->text_at += part.n;
    return (int64_t)part.n;
}

static void stream_done(void *ctx) {
    struct event_stream *s = ctx;
    event_hub_leave(s->hub, s);
    free(s);
}

static enum status events_get(struct request *rq, struct reply *re, struct err *e) {
    static const char hello[] = "retry: 2000\n\n"; /* milliseconds until a client comes back */
    struct event_stream *s = calloc(1, sizeof *s);
    enum status status;

    if (!s) return fail(e, E_RETRY, NULL, "no memory for an event stream");
    s->hub = rq->room;
    s->reply = re->server_private;
    s->ends_us = clock_monotonic_us() + EVENT_STREAM_LIFE_US;
    s->text_n = sizeof hello - 1;
    memcpy(s->text, hello, s->text_n);
    if ((status = event_hub_join(s->hub, s, request_header(rq, "last-event-id"), e)) != OK) {
        free(s);
        return status;
    }
    if ((status = reply_stream(re, -1, stream_read, stream_done, s, e)) != OK) return status;
    re->type = "text/event-stream";
    return reply_header(re, "X-Accel-Buffering", STR("no"), e); /* nginx passes each event on at once */
}

const struct route event_routes[] = {
    { .method = HTTP_GET,
      .path = "/api/events/",
      .permission = PERM_PATIENT_READ,
      .run_on = RUN_HTTP,
      .handler = events_get,
      .summary =
          "What happens, as server-sent events: document (coming, progress of reading, going), message, notification, broadcast; \"reset\" "
          "when some were missed",
      .success = 200 },
    { 0 },
};
