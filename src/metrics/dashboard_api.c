#include "metrics/dashboard_api.h"

#include <math.h>
#include <stdio.h>

#include "http/fields.h"
#include "http/negotiate.h"
#include "metrics/metrics.h"
#include "metrics/series.h"

enum { HOURS_DEFAULT = 24 };

const struct query_param dashboard_params[] = {
    { "hours",
      "For how long back, 1 to 2160; 24 without. Up to 72 the series go by the hour, beyond by the day" },
    { "format", "csv, or Accept: text/csv: the series as CSV" },
    { 0 }
};

static enum status read_hours(const struct request *rq, int64_t *hours, struct err *e) {
    struct str text = request_query(rq, "hours");
    *hours = HOURS_DEFAULT;
    if (text.n == 0) return OK;
    if (!str_to_i64(text, hours)) return fail_field(e, STR("hours"), &field_not_integer, STR(""));
    if (*hours < 1 || *hours > PERIOD_HOURS_MAX)
        return fail_field(e, STR("hours"), &field_out_of_range, STR("1..2160"));
    return OK;
}

static enum status read_format(const struct request *rq, bool *csv, struct err *e) {
    struct str format = request_query(rq, "format");
    *csv =
        format.n ? str_eq(format, STR("csv")) : media_type_is(request_header(rq, "accept"), STR("text/csv"));
    if (format.n && !str_in_words(format, "json csv"))
        return fail_field(e, STR("format"), &field_not_a_choice, STR("json, csv"));
    return OK;
}

/* ---- parts of the answer ---- */

static void put_spread(struct json_out *o, const char *key, const struct spread_figures *f) {
    double nothing = (double)NAN;
    json_put_key(o, key);
    json_put_object(o);
    json_field_int(o, "count", f->count);
    series_put(o, "mean_seconds", f->count ? f->mean_us / 1e6 : nothing);
    series_put(o, "p50_seconds", f->count ? (double)f->p50_us / 1e6 : nothing);
    series_put(o, "p95_seconds", f->count ? (double)f->p95_us / 1e6 : nothing);
    json_put_object_end(o);
}

/* [{<what>, "count"}], with `also` under a name of its own where one is given. */
static void put_names(struct json_out *o, const char *key, const struct name_counts *list, const char *what,
                      const char *also) {
    json_put_key(o, key);
    json_put_array(o);
    for (size_t i = 0; i < list->count; i++) {
        json_put_object(o);
        json_field_str(o, what, list->items[i].name);
        json_field_int(o, "count", list->items[i].n);
        if (also) json_field_int(o, also, list->items[i].also);
        json_put_object_end(o);
    }
    json_put_array_end(o);
}

static void put_questions(struct json_out *o, const struct activity *a) {
    json_put_key(o, "questions");
    json_put_object(o);
    json_field_int(o, "count", a->all.questions);
    json_field_int(o, "answered", a->all.answered);
    json_field_int(o, "refused", a->all.refused);
    json_field_int(o, "escalated", a->all.escalated);
    series_put(o, "answer_rate", activity_share(a->all.answered + a->all.escalated, a->all.questions));
    put_names(o, "by_intent", &a->intents, "intent", "refused");
    put_names(o, "by_engine", &a->engines, "engine", NULL);
    json_put_object_end(o);
}

static void put_indexing(struct json_out *o, const struct activity *a) {
    json_put_key(o, "indexing");
    json_put_object(o);
    json_field_int(o, "documents", a->all.documents);
    json_field_int(o, "indexed", a->all.indexed);
    json_field_int(o, "failed", a->all.documents_failed);
    json_field_int(o, "waiting", a->all.documents - a->all.indexed - a->all.documents_failed);
    series_put(o, "success_rate", activity_share(a->all.indexed, a->all.indexed + a->all.documents_failed));
    put_spread(o, "duration", &a->indexing_all);
    put_names(o, "failures", &a->document_errors, "error_code", NULL);
    json_put_object_end(o);
}

static void put_engagement(struct json_out *o, const struct activity *a) {
    json_put_key(o, "engagement");
    json_put_object(o);
    json_field_int(o, "sent", a->all.broadcast_sent);
    json_field_int(o, "delivered", a->all.broadcast_delivered);
    json_field_int(o, "read", a->all.broadcast_read);
    json_field_int(o, "replied", a->all.broadcast_replied);
    series_put(o, "read_rate", activity_share(a->all.broadcast_read, a->all.broadcast_delivered));
    series_put(o, "reply_rate", activity_share(a->all.broadcast_replied, a->all.broadcast_delivered));
    json_put_object_end(o);
}

static void put_delivery(struct json_out *o, const struct activity *a) {
    json_put_key(o, "delivery");
    json_put_object(o);
    json_field_int(o, "received", a->all.received);
    json_field_int(o, "out", a->all.out);
    json_field_int(o, "waiting", a->all.out - a->all.sent - a->all.failed);
    json_field_int(o, "sent", a->all.sent);
    json_field_int(o, "delivered", a->all.delivered);
    json_field_int(o, "read", a->all.read);
    json_field_int(o, "failed", a->all.failed);
    series_put(o, "delivery_rate", activity_share(a->all.delivered, a->all.sent + a->all.failed));
    series_put(o, "read_rate", activity_share(a->all.read, a->all.delivered));
    put_names(o, "failures", &a->message_errors, "error_code", NULL);
    json_put_object_end(o);
}

static void put_services(struct json_out *o, const struct activity *a, const struct service_state *state,
                         int64_t now_us) {
    int64_t waiting = 0, oldest_us = now_us;
    for (int i = 0; i < LANE_COUNT; i++) {
        waiting += state->lanes[i].count;
        if (state->lanes[i].count && state->lanes[i].oldest_us < oldest_us)
            oldest_us = state->lanes[i].oldest_us;
    }
    json_put_key(o, "services");
    json_put_object(o);
    json_field_str(o, "status", service_state_is_well(state) ? STR("ok") : STR("degraded"));
    json_field_str(o, "channel", str_from_c(state->channel));
    json_field_str(o, "sending", str_from_c(state->sending));
    json_field_str(o, "answers", str_from_c(state->answers));
    json_field_str(o, "model", str_from_c(state->model));
    json_field_str(o, "embedder", str_from_c(state->embedder));
    json_field_int(o, "messages_waiting", waiting);
    json_field_int(o, "oldest_waiting_seconds", (now_us - oldest_us) / SECOND_US);
    json_field_int(o, "dead_jobs", state->dead_jobs);
    series_put(o, "up", activity_up(a, a->period.count));
    series_put(o, "well", activity_well(a, a->period.count));
    json_field_time(o, "sampled_since", a->sampled_since_us);
    json_field_int(o, "model_calls", a->all.model_calls);
    json_field_int(o, "model_failed", a->all.model_failed);
    json_field_real(o, "model_cost_usd", a->model_usd);
    json_put_object_end(o);
}

static void put_answer(struct json_out *o, const struct metrics *room, const struct activity *a,
                       int64_t hours, const struct service_state *state) {
    json_put_object(o);
    json_field_int(o, "hours", hours);
    json_field_time(o, "from", period_from_us(&a->period));
    json_field_time(o, "to", a->period.now_us);
    json_field_str(o, "step", a->period.by_day ? STR("day") : STR("hour"));
    json_field_str(o, "time_zone", room->time_zone);
    put_spread(o, "response_time", &a->response_all);
    put_questions(o, a);
    put_indexing(o, a);
    put_engagement(o, a);
    put_delivery(o, a);
    put_services(o, a, state, a->period.now_us);
    json_put_key(o, "series");
    series_write_json(a, o);
    json_put_object_end(o);
}

static enum status send_csv(struct reply *re, const struct activity *a, int64_t hours, struct err *e) {
    char name[80];
    int n = snprintf(name, sizeof name, "attachment; filename=\"analyses-%lld-h.csv\"", (long long)hours);
    re->type = "text/csv; charset=utf-8; header=present";
    series_write_csv(a, &re->body);
    return reply_header(re, "Content-Disposition", (struct str) { name, (size_t)n }, e);
}

enum status dashboard_get(struct request *rq, struct reply *re, struct err *e) {
    const struct metrics *room = rq->room;
    struct activity *a = arena_alloc(rq->arena, sizeof *a);
    struct json_out o = json_out_to(&re->body);
    struct service_state state;
    int64_t hours;
    bool csv;
    enum status s;

    if (!a) return fail(e, E_LIMIT, NULL, "no memory for the activity");
    if ((s = read_hours(rq, &hours, e)) != OK || (s = read_format(rq, &csv, e)) != OK) return s;
    if ((s = activity_read(rq->db, rq->arena, rq->now_us, hours, room->prices, a, e)) != OK) return s;
    if (csv) return send_csv(re, a, hours, e);
    s = service_state_look(rq->db, room->sampler.messaging, room->sampler.models, rq->now_us, &state, e);
    if (s == OK) put_answer(&o, room, a, hours, &state);
    return s;
}
