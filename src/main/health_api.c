#include "main/health_api.h"

#include "db/db.h"
#include "messaging/outbox_sender.h"
#include "queries.h"

/* Who answers, and whether the services behind it are asked at the moment. */
static void put_models(const struct models *m, struct json_out *o) {
    const struct generator *generator = models_generator(m);
    int64_t now_us = clock_monotonic_us();

    json_field_str(o, "answers", str_from_c(generator ? generator->provider : "local"));
    json_field_str(o, "model", str_from_c(model_state_name(models_generator_state(m, now_us))));
    json_field_str(o, "embedder", str_from_c(model_state_name(models_embedder_state(m, now_us))));
}

/* A person who asked waits no longer than this for the answer to leave. */
#define REPLY_WAITS_MAX_US MINUTE_US

/* How the messages leave. */
struct sending_health {
    struct outbox_waiting lanes[LANE_COUNT];
    int64_t paused_until_us; /* 0: it is not */
    bool refused;            /* the account must be mended */
    bool late;               /* somebody who asked waits too long */
};

static bool is_late(const struct outbox_waiting *w, int64_t now_us) {
    return w->count > 0 && now_us - w->oldest_us > REPLY_WAITS_MAX_US;
}

static enum status look_at_sending(struct request *rq, struct sending_health *out, struct err *e) {
    const struct health *h = rq->room;
    struct outbox_sender *sender = h->messaging->sender;
    int64_t until_us = outbox_sender_paused_until_us(sender);

    *out = (struct sending_health) { .refused = outbox_sender_account_is_refused(sender) };
    if (until_us) out->paused_until_us = rq->now_us + until_us - clock_monotonic_us();
    enum status s = outbox_waiting(rq->db, out->lanes, e);
    out->late = is_late(&out->lanes[LANE_ALERT], rq->now_us) || is_late(&out->lanes[LANE_REPLY], rq->now_us);
    return s;
}

static const char *sending_state(const struct sending_health *h) {
    if (h->refused) return "refused";
    if (h->paused_until_us) return "paused";
    return h->late ? "late" : "ok";
}

static void put_lane(struct json_out *o, enum message_lane lane, const struct outbox_waiting *w,
                     int64_t now_us) {
    int64_t age_us = w->count > 0 && now_us > w->oldest_us ? now_us - w->oldest_us : 0;
    json_put_key(o, message_lane_name(lane));
    json_put_object(o);
    json_field_int(o, "count", w->count);
    json_field_int(o, "oldest_seconds", age_us / SECOND_US);
    json_put_object_end(o);
}

static void put_sending(struct request *rq, const struct sending_health *h, struct json_out *o) {
    json_put_key(o, "sending");
    json_put_object(o);
    json_field_str(o, "channel", str_from_c(((const struct health *)rq->room)->messaging->channel->name));
    json_field_str(o, "state", str_from_c(sending_state(h)));
    json_field_time(o, "paused_until", h->paused_until_us);
    json_put_key(o, "waiting");
    json_put_object(o);
    for (int lane = 0; lane < LANE_COUNT; lane++)
        put_lane(o, (enum message_lane)lane, &h->lanes[lane], rq->now_us);
    json_put_object_end(o);
    json_put_object_end(o);
}

static enum status put_details(struct request *rq, struct json_out *o, struct err *e) {
    const struct health *h = rq->room;
    const struct db_val dead[] = { db_text(STR("dead")) };
    struct sending_health sending;
    int64_t dead_jobs = 0;
    enum status s;

    if ((s = db_get_i64(rq->db, &q_health_jobs_waiting, dead, &dead_jobs, e)) != OK) return s;
    if ((s = look_at_sending(rq, &sending, e)) != OK) return s;
    bool well = str_eq(str_from_c(sending_state(&sending)), STR("ok"));
    json_field_str(o, "status", well ? STR("ok") : STR("degraded"));
    json_put_key(o, "services");
    json_put_object(o);
    json_field_str(o, "database", STR("ok"));
    json_field_str(o, "channel", str_from_c(h->messaging->channel->name));
    put_models(h->models, o);
    json_put_object_end(o);
    put_sending(rq, &sending, o);
    json_field_int(o, "dead_jobs", dead_jobs);
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
