#include "main/retention_api.h"

#include "accounts/audit.h"
#include "backups/backups.h"
#include "http/limits.h"
#include "main/maintenance.h"
#include "models/model_call.h"
#include "queries.h"

/* What a day of no failures makes forgotten (accounts/login.c). */
#define FAILED_SIGN_INS_KEPT_US DAY_US

struct kept {
    const char *name;
    int64_t kept_us; /* 0: until it has run out by itself */
};

/* In the order of retention_counts. */
static const struct kept kinds[] = {
    { "sessions", 0 },
    { "failed_sign_ins", FAILED_SIGN_INS_KEPT_US },
    { "repeated_requests", IDEMPOTENCY_KEPT_US },
    { "model_calls", MODEL_CALLS_KEPT_US },
    { "done_jobs", DONE_JOBS_KEPT_US },
    { "backup_rows", BACKUP_ROWS_KEPT_US },
};

static enum status put_kinds(void *ctx, const struct db_val *col, struct err *e) {
    struct json_out *o = ctx;
    (void)e;
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        json_put_object(o);
        json_field_str(o, "name", str_from_c(kinds[i].name));
        json_field_int(o, "kept_hours", kinds[i].kept_us / HOUR_US);
        json_field_int(o, "due", col[i].i);
        json_put_object_end(o);
    }
    return OK;
}

static enum status put_times(void *ctx, const struct db_val *col, struct err *e) {
    struct json_out *o = ctx;
    (void)e;
    json_field_time(o, "last_run_at", col[0].i);
    json_field_time(o, "next_run_at", col[1].i);
    return OK;
}

static enum status put_retention(struct request *rq, struct json_out *o, struct err *e) {
    const struct db_val job[] = { db_text(STR(MAINTENANCE_JOB)) };
    struct db_val before[COUNT_OF(kinds)];
    enum status s;

    for (size_t i = 0; i < COUNT_OF(kinds); i++) before[i] = db_int(rq->now_us - kinds[i].kept_us);
    json_put_object(o);
    if ((s = db_run(rq->db, &q_retention_times, job, put_times, o, NULL, e)) != OK) return s;
    json_put_key(o, "kinds");
    json_put_array(o);
    s = db_run(rq->db, &q_retention_counts, before, put_kinds, o, NULL, e);
    json_put_array_end(o);
    json_put_object_end(o);
    return s;
}

static enum status retention_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    return put_retention(rq, &o, e);
}

/* The next run is due now. One that is under way does what is asked for. */
static enum status retention_run(struct request *rq, struct reply *re, struct err *e) {
    const struct maintenance *room = rq->room;
    struct json_out o = json_out_to(&re->body);
    enum status s = db_begin(rq->db, e);

    if (s != OK) return s;
    s = maintenance_add_job(rq->db, room->signal, rq->now_us, rq->now_us, e);
    if (s == OK) s = job_hasten(rq->db, STR(MAINTENANCE_JOB), STR(MAINTENANCE_JOB), rq->now_us, e);
    if (s == OK)
        s = audit_add(rq->db, rq->who.user_id, STR("settings.clean_up"), STR("settings"), 0, rq->now_us, e);
    s = db_finish(rq->db, s, e);
    return s == OK ? put_retention(rq, &o, e) : s;
}

const struct route retention_routes[] = {
    { .method = HTTP_GET,
      .path = "/api/settings/retention/",
      .permission = PERM_ADMIN,
      .run_on = RUN_WORKER, /* counting takes a while when there are many rows */
      .handler = retention_get,
      .summary = "What is thrown away by age, after how long, and how much of it would go now",
      .response_schema = "Retention",
      .success = 200 },
    { .method = HTTP_POST,
      .path = "/api/settings/retention/",
      .permission = PERM_ADMIN,
      .run_on = RUN_WORKER,
      .handler = retention_run,
      .summary = "Throw away what is too old now, and not at the next time of the day",
      .response_schema = "Retention",
      .success = 202 },
    { .path = NULL },
};
