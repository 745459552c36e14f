#include "main/jobs_api.h"

#include "accounts/audit.h"
#include "jobs/job_list.h"

static enum status retry_post(struct request *rq, struct reply *re, struct err *e) {
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);

    (void)re;
    if (s != OK || (s = db_begin(rq->db, e)) != OK) return s;
    s = job_retry(rq->db, rq->room, id, rq->now_us, e);
    if (s == OK) s = audit_add(rq->db, rq->who.user_id, STR("job.retry"), STR("job"), id, rq->now_us, e);
    return db_finish(rq->db, s, e);
}

static enum status discard(struct request *rq, struct reply *re, struct err *e) {
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);

    (void)re;
    if (s != OK || (s = db_begin(rq->db, e)) != OK) return s;
    s = job_discard(rq->db, id, e);
    if (s == OK) s = audit_add(rq->db, rq->who.user_id, STR("job.discard"), STR("job"), id, rq->now_us, e);
    return db_finish(rq->db, s, e);
}

const struct route job_deed_routes[] = {
    { .method = HTTP_POST,
      .path = "/api/jobs/{id}/retry/",
      .permission = PERM_ADMIN,
      .run_on = RUN_WORKER,
      .handler = retry_post,
      .summary = "Try work that was given up again, with all of its attempts",
      .success = 204 },
    { .method = HTTP_DELETE,
      .path = "/api/jobs/{id}/",
      .permission = PERM_ADMIN,
      .run_on = RUN_WORKER,
      .handler = discard,
      .summary = "Put work that was given up aside for good; what it should have done stays undone",
      .success = 204 },
    { .path = NULL },
};
