#include "main/retention_api.h"

#include "accounts/audit.h"
#include "http/limits.h"
#include "main/maintenance.h"
#include "queries.h"

/* What a day of no failures makes forgotten (accounts/login.c). */
#define FAILED_SIGN_INS_KEPT_US DAY_US

enum { KINDS = 7 };

struct kept {
    const char *name;
    int64_t kept_us;     /* 0: until it has run out by itself */
    const char *setting; /* that says how long; NULL: it cannot be chosen */
};

/* In the order of retention_counts. */
static void list_kinds(const struct retention *kept, struct kept kinds[KINDS]) {
    const struct kept list[KINDS] = {
        { "sessions", 0, "SESSION_HOURS" },
        { "failed_sign_ins", FAILED_SIGN_INS_KEPT_US, NULL },
        { "repeated_requests", IDEMPOTENCY_KEPT_US, NULL },
        { "model_calls", kept->model_calls_us, "MODEL_CALL_RETENTION_DAYS" },
        { "done_jobs", kept->done_jobs_us, "JOB_RETENTION_DAYS" },
        { "backup_rows", kept->backup_rows_us, "BACKUP_LIST_RETENTION_DAYS" },
        { "metrics", kept->metrics_us, "METRICS_RETENTION_DAYS" },
    };
    memcpy(kinds, list, sizeof list);
}

struct shown {
    struct json_out *out;
    struct kept kinds[KINDS];
};

static enum status put_kinds(void *ctx, const struct db_val *col, struct err *e) {
    const struct shown *w = ctx;
    struct json_out *o = w->out;
    (void)e;
    for (size_t i = 0; i < KINDS; i++) {
        json_put_object(o);
        json_field_str(o, "name", str_from_c(w->kinds[i].name));
        json_field_int(o, "kept_hours", w->kinds[i].kept_us / HOUR_US);
        json_field_str_or_null(o, "setting", str_from_c(w->kinds[i].setting));
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
    const struct maintenance *room = rq->room;
    struct db_val before[KINDS];
    struct shown w = { .out = o };
    enum status s;

    list_kinds(&room->kept, w.kinds);
    for (size_t i = 0; i < KINDS; i++) before[i] = db_int(rq->now_us - w.kinds[i].kept_us);
    json_put_object(o);
    if ((s = db_run(rq->db, &q_retention_times, job, put_times, o, NULL, e)) != OK) return s;
    json_put_key(o, "kinds");
    json_put_array(o);
    s = db_run(rq->db, &q_retention_counts, before, put_kinds, &w, NULL, e);
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
