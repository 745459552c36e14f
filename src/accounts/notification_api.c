/*
 * notification_api -- /api/notifications/, for those who look after patients.
 */
#include "accounts/auth_api.h"

#include "db/db.h"
#include "http/page.h"
#include "queries.h"

static enum status write_notification(void *ctx, const struct db_val *col, struct err *e) {
    static const char *const severities[] = { "know", "look", "danger" };
    struct json_out *o = ctx;
    (void)e;
    json_put_object(o);
    json_field_int(o, "id", col[0].i);
    json_field_str(o, "kind", col[1].s);
    json_field_str(o, "severity", str_from_c(severities[col[2].i >= 0 && col[2].i < 3 ? col[2].i : 1]));
    json_field_id_or_null(o, "patient", col[3].i);
    json_field_id_or_null(o, "object", col[4].i);
    json_field_time(o, "created_at", col[5].i);
    json_field_time(o, "read_at", col[6].i);
    json_field_id_or_null(o, "read_by", col[7].i);
    json_put_object_end(o);
    return OK;
}

enum status notification_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    int64_t unread = str_eq(request_query(rq, "unread"), STR("true")), count;
    struct page_request page;
    enum status s;

    if ((s = page_request_parse(rq, &page, e)) != OK) return s;
    const struct db_val args[] = { db_int(unread), db_int(page.size), db_int(page.offset) };
    if ((s = db_get_i64(rq->db, &q_notification_count, args, &count, e)) != OK) return s;
    if ((s = page_begin(rq, &page, count, &o, e)) != OK) return s;
    if ((s = db_run(rq->db, &q_notification_list, args, write_notification, &o, NULL, e)) != OK) return s;
    page_end(&o);
    return OK;
}

struct one_row {
    struct json_out out;
    bool found;
};

static enum status write_found(void *ctx, const struct db_val *col, struct err *e) {
    struct one_row *one = ctx;
    one->found = true;
    return write_notification(&one->out, col, e);
}

enum status notification_read(struct request *rq, struct reply *re, struct err *e) {
    struct one_row one = { json_out_to(&re->body), false };
    int64_t id;
    enum status s;

    if ((s = request_id_arg(rq, 0, &id, e)) != OK) return s;
    const struct db_val args[] = { db_int(id), db_int(rq->now_us), db_int(rq->who.user_id) };
    if ((s = db_begin(rq->db, e)) != OK) return s;
    s = db_run(rq->db, &q_notification_mark_read, args, NULL, NULL, NULL, e);
    if (s == OK) s = db_run(rq->db, &q_notification_by_id, args, write_found, &one, NULL, e);
    if (s == OK && !one.found) s = fail(e, E_NOT_FOUND, NULL, "no notification %lld", (long long)id);
    return db_finish(rq->db, s, e);
}
