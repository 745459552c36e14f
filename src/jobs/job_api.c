/*
 * job_api -- /api/jobs/ for administrators: what is waiting, running, done, or was given up and why.
 */
#include "http/page.h"
#include "jobs/job_list.h"
#include "queries.h"

static const struct message state_unknown = {
    "job_state_unknown",
    "state doit être ready, running, done ou dead.",
    "state must be ready, running, done or dead.",
};

static bool is_state(struct str s) {
    static const char *const states[] = { "", "ready", "running", "done", "dead" };
    for (size_t i = 0; i < COUNT_OF(states); i++)
        if (str_eq(s, str_from_c(states[i]))) return true;
    return false;
}

static enum status write_job(void *ctx, const struct db_val *col, struct err *e) {
    struct json_out *o = ctx;
    (void)e;
    json_put_object(o);
    json_field_int(o, "id", col[0].i);
    json_field_str(o, "kind", col[1].s);
    json_field_str(o, "state", col[2].s);
    json_field_time(o, "due_at", col[3].i);
    json_field_int(o, "attempts", col[4].i);
    json_field_str(o, "last_error", col[5].s);
    json_field_time(o, "created_at", col[6].i);
    json_field_time(o, "started_at", col[7].i);
    json_field_time(o, "finished_at", col[8].i);
    json_put_object_end(o);
    return OK;
}

static enum status jobs_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    struct str state = request_query(rq, "state"), kind = request_query(rq, "kind");
    struct page_request page;
    int64_t count;
    enum status s;

    if (!is_state(state)) return fail(e, E_INVALID, &state_unknown, "there is no such state of jobs");
    if ((s = page_request_parse(rq, &page, e)) != OK) return s;
    const struct db_val args[] = { db_text(state), db_text(kind), db_int(page.size), db_int(page.offset) };
    if ((s = db_get_i64(rq->db, &q_job_count, args, &count, e)) != OK) return s;
    if ((s = page_begin(rq, &page, count, &o, e)) != OK) return s;
    if ((s = db_run(rq->db, &q_job_list, args, write_job, &o, NULL, e)) != OK) return s;
    page_end(&o);
    return OK;
}

static const struct query_param jobs_params[] = { { "page", "Page number, from 1" },
                                                  { "page_size", "Rows a page, at most 100" },
                                                  { "state", "ready, running, done or dead" },
                                                  { "kind", "The name of a kind of jobs" },
                                                  { 0 } };

const struct route jobs_routes[] = { { .method = HTTP_GET,
                                       .path = "/api/jobs/",
                                       .permission = PERM_ADMIN,
                                       .run_on =
                                           RUN_WORKER, /* counting may take a while when there are many */
                                       .handler = jobs_get,
                                       .summary = "Work in the background, newest first",
                                       .response_schema = "JobList",
                                       .success = 200,
                                       .query = jobs_params },
                                     { 0 } };
