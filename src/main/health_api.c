#include "main/health_api.h"

#include "db/db.h"
#include "queries.h"

/* Who answers, and whether the services behind it are asked at the moment. */
static void put_models(const struct models *m, struct json_out *o) {
    const struct generator *generator = models_generator(m);
    int64_t now_us = clock_monotonic_us();

    json_field_str(o, "answers", str_from_c(generator ? generator->provider : "local"));
    json_field_str(o, "model", str_from_c(model_state_name(models_generator_state(m, now_us))));
    json_field_str(o, "embedder", str_from_c(model_state_name(models_embedder_state(m, now_us))));
}

static enum status put_details(struct request *rq, struct json_out *o, struct err *e) {
    const struct health *h = rq->room;
    const struct db_val dead[] = { db_text(STR("dead")) };
    int64_t dead_jobs = 0;
    enum status s;

    if ((s = db_get_i64(rq->db, &q_health_jobs_waiting, dead, &dead_jobs, e)) != OK) return s;
    json_put_key(o, "services");
    json_put_object(o);
    json_field_str(o, "database", STR("ok"));
    json_field_str(o, "channel", str_from_c(h->channel));
    put_models(h->models, o);
    json_put_object_end(o);
    json_field_int(o, "dead_jobs", dead_jobs);
    json_field_str(o, "version", STR(MEDIRECORD_VERSION));
    return OK;
}

static enum status health_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    int64_t one;
    enum status s;

    if (db_get_i64(rq->db, &q_health_ping, NULL, &one, e) != OK) return E_RETRY;
    json_put_object(&o);
    json_field_str(&o, "status", STR("ok"));
    s = rq->who.user_id ? put_details(rq, &o, e) : OK;
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
