#include "main/health_api.h"

#include "db/db.h"
#include "metrics/service_state.h"
#include "queries.h"

static void put_lane(struct json_out *o, enum message_lane lane, const struct outbox_waiting *w,
                     int64_t now_us) {
    int64_t age_us = w->count > 0 && now_us > w->oldest_us ? now_us - w->oldest_us : 0;
    json_put_key(o, message_lane_name(lane));
    json_put_object(o);
    json_field_int(o, "count", w->count);
    json_field_int(o, "oldest_seconds", age_us / SECOND_US);
    json_put_object_end(o);
}

static void put_sending(const struct service_state *state, int64_t now_us, struct json_out *o) {
    json_put_key(o, "sending");
    json_put_object(o);
    json_field_str(o, "channel", str_from_c(state->channel));
    json_field_str(o, "state", str_from_c(state->sending));
    json_field_time(o, "paused_until", state->paused_until_us);
    json_put_key(o, "waiting");
    json_put_object(o);
    for (int lane = 0; lane < LANE_COUNT; lane++)
        put_lane(o, (enum message_lane)lane, &state->lanes[lane], now_us);
    json_put_object_end(o);
    json_put_object_end(o);
}

static void put_services(const struct service_state *state, struct json_out *o) {
    json_put_key(o, "services");
    json_put_object(o);
    json_field_str(o, "database", STR("ok"));
    json_field_str(o, "channel", str_from_c(state->channel));
    json_field_str(o, "answers", str_from_c(state->answers));
    json_field_str(o, "model", str_from_c(state->model));
    json_field_str(o, "embedder", str_from_c(state->embedder));
    json_put_object_end(o);
}

static enum status put_details(struct request *rq, struct json_out *o, struct err *e) {
    const struct health *h = rq->room;
    struct service_state state;
    enum status s = service_state_look(rq->db, h->messaging, h->models, rq->now_us, &state, e);

    if (s != OK) return s;
    json_field_str(o, "status", service_state_is_well(&state) ? STR("ok") : STR("degraded"));
    put_services(&state, o);
    put_sending(&state, rq->now_us, o);
    json_field_int(o, "dead_jobs", state.dead_jobs);
    json_field_str(o, "version", STR(MEDIRECORD_VERSION));
    return OK;
}

/* To anybody: that it is up. What is wrong, and reading the queue for it, is for those who signed in. */
static enum status health_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    int64_t one;
    enum status s = OK;

    if (db_get_i64(rq->db, &q_health_ping, NULL, &one, e) != OK) return E_RETRY;
    json_put_object(&o);
    if (rq->who.user_id)
        s = put_details(rq, &o, e);
    else
        json_field_str(&o, "status", STR("ok"));
    json_put_object_end(&o);
    return s;
}

const struct route health_routes[] = {
    { .method = HTTP_GET,
      .path = "/api/health/",
      .permission = PERM_PUBLIC,
      .run_on = RUN_HTTP,
      .handler = health_get,
      .summary = "Is the program able to work? Details for those who signed in",
      .response_schema = "Health",
      .success = 200 },
    { 0 },
};
