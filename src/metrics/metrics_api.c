/*
 * metrics_api -- GET /metrics, for Prometheus.
 *
 * Who may read it: who brings a token, and programs on this machine. A proxy on this machine is such a program as well, and speaks for the
 * world: a request that came through one, or that was made for another name than this machine's, needs the token.
 */
#include "http/route.h"
#include "metrics/exposition.h"
#include "metrics/dashboard_api.h"
#include "metrics/metrics.h"
#include "metrics/process_usage.h"
#include "metrics/snapshot.h"

static const struct message token_needed = {
    "metrics_token_needed",
    "Les mesures se lisent avec un jeton, ou depuis la machine elle-même sans passer par un proxy.",
    "Metrics are read with a token, or from the machine itself without a proxy."
};

/* 127.0.0.0/8 in figures, or ::1. "127.0.0.1.example" is a name that leads anywhere. */
static bool is_loopback(struct str address) {
    for (size_t i = 0; i < address.n; i++)
        if (!is_digit(address.p[i]) && address.p[i] != '.') return str_eq(address, STR("::1"));
    return str_starts(address, STR("127."));
}

/* "localhost:8000" without its port; "[::1]:8000" without its brackets too. */
static bool host_is_local(struct str host) {
    if (str_eq(host, STR("[::1]")) || str_starts(host, STR("[::1]:"))) return true;
    struct str name = str_sub(host, 0, str_find_char(host, ':'));
    return str_eq(name, STR("localhost")) || is_loopback(name);
}

static bool came_through_proxy(const struct request *rq) {
    static const char *const marks[] = { "forwarded",         "x-forwarded-for", "x-forwarded-host",
                                         "x-forwarded-proto", "x-real-ip",       "via" };
    for (size_t i = 0; i < COUNT_OF(marks); i++)
        if (request_header(rq, marks[i]).n) return true;
    return false;
}

static bool may_read(const struct request *rq) {
    if (rq->who.user_id) return true;
    return is_loopback(rq->remote_addr) && host_is_local(request_header(rq, "host")) &&
           !came_through_proxy(rq);
}

static void write_outbox(const struct service_state *state, int64_t now_us, struct buf *out) {
    static const char length[] = "medirecord_outbox_messages", age[] = "medirecord_outbox_oldest_seconds";
    exposition_family(out, length, "gauge", "Messages that wait to be sent.");
    for (int i = 0; i < LANE_COUNT; i++) {
        const struct label lane = { "lane", str_from_c(message_lane_name((enum message_lane)i)) };
        exposition_value(out, length, &lane, 1, (double)state->lanes[i].count);
    }
    exposition_family(out, age, "gauge", "How long the oldest of them has waited.");
    for (int i = 0; i < LANE_COUNT; i++) {
        const struct outbox_waiting *w = &state->lanes[i];
        const struct label lane = { "lane", str_from_c(message_lane_name((enum message_lane)i)) };
        int64_t us = w->count > 0 && now_us > w->oldest_us ? now_us - w->oldest_us : 0;
        exposition_value(out, age, &lane, 1, (double)us / 1e6);
    }
}

static void write_services(const struct service_state *state, struct buf *out) {
    static const char name[] = "medirecord_service_up";
    const struct {
        const char *service, *state;
    } services[] = { { "sending", state->sending },
                     { "model", state->model },
                     { "embedder", state->embedder } };
    exposition_family(out, name, "gauge",
                      "1: it works; 0: it is late, paused or refused. What is not set has no line.");
    for (size_t i = 0; i < COUNT_OF(services); i++) {
        const struct label label = { "service", str_from_c(services[i].service) };
        if (strcmp(services[i].state, "none") == 0) continue;
        exposition_value(out, name, &label, 1, strcmp(services[i].state, "ok") == 0);
    }
}

static void write_build(struct buf *out) {
    static const char name[] = "medirecord_build_info";
    exposition_family(out, name, "gauge", "Which program this is; always 1.");
    exposition_value(out, name, &(struct label) { "version", STR(MEDIRECORD_VERSION) }, 1, 1);
}

static enum status metrics_get(struct request *rq, struct reply *re, struct err *e) {
    struct metrics *room = rq->room;
    struct service_state state;
    enum status s;

    if (!may_read(rq)) return fail(e, E_DENIED, &token_needed, "metrics asked for from outside");
    s = service_state_look(rq->db, room->sampler.messaging, room->sampler.models, rq->now_us, &state, e);
    if (s != OK) return s;
    re->type = EXPOSITION_TYPE;
    write_build(&re->body);
    process_usage_write(&re->body, room->database_path, room->started_at_us);
    request_meter_write(room->requests, &re->body);
    work_meter_write(&room->work, &re->body);
    write_outbox(&state, rq->now_us, &re->body);
    write_services(&state, &re->body);
    return snapshot_write(rq->db, room->prices, rq->now_us, &re->body, e);
}

const struct route metrics_routes[] = {
    { .method = HTTP_GET,
      .path = "/metrics",
      .permission = PERM_PUBLIC,
      .run_on = RUN_WORKER,
      .handler = metrics_get,
      .summary =
          "Figures for Prometheus (text format 0.0.4): with a token, or from the machine itself without a proxy",
      .success = 200 },
    { .method = HTTP_GET,
      .path = "/api/metrics/dashboard/",
      .permission = PERM_SIGNED_IN,
      .run_on = RUN_WORKER,
      .handler = dashboard_get,
      .summary =
          "How the last hours or days went: response times, indexing, engagement, delivery, services, with series for charts",
      .response_schema = "MetricsDashboard",
      .success = 200,
      .query = dashboard_params },
    { 0 },
};
