/*
 * audit_api -- /api/audit/ for administrators: who did what to whom, and whether the chain of it is whole.
 */
#include "accounts/auth_api.h"

#include "accounts/audit.h"
#include "accounts/audit_check.h"
#include "accounts/audit_list.h"
#include "http/fields.h"
#include "http/negotiate.h"

static enum status wants_csv(const struct request *rq, bool *csv, struct err *e) {
    struct str format = request_query(rq, "format");
    if (format.n && !str_in_words(format, "json csv"))
        return fail_field(e, STR("format"), &field_not_a_choice, STR("json, csv"));
    *csv =
        format.n ? str_eq(format, STR("csv")) : media_type_is(request_header(rq, "accept"), STR("text/csv"));
    return OK;
}

/* Taking it away leaves a row, like any export. */
static enum status note_export(struct request *rq, struct err *e) {
    enum status s = db_begin(rq->db, e);
    if (s != OK) return s;
    s = audit_add(rq->db, rq->who.user_id, STR("audit.export"), STR("audit"), 0, rq->now_us, e);
    return db_finish(rq->db, s, e);
}

enum status audit_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    struct audit_filter filter;
    bool csv = false;
    enum status s;

    if ((s = wants_csv(rq, &csv, e)) != OK) return s;
    if ((s = audit_filter_parse(rq, &filter, e)) != OK) return s;
    if (!csv) return audit_write_page(rq, &filter, &o, e);
    if ((s = note_export(rq, e)) != OK) return s;
    return audit_send_csv(rq, re, &filter, e);
}

static const char *state_of(const struct audit_check *check) {
    if (!check->id) return "never";
    if (!check->finished_at_us) return "running";
    return check->broken_id ? "broken" : "intact";
}

static void write_check(struct reply *re, const struct audit_check *check) {
    struct json_out o = json_out_to(&re->body);
    json_put_object(&o);
    json_field_str(&o, "state", str_from_c(state_of(check)));
    json_field_int(&o, "rows", check->checked);
    json_field_id_or_null(&o, "broken_row", check->broken_id);
    json_field_time(&o, "started_at", check->started_at_us);
    json_field_time(&o, "finished_at", check->finished_at_us);
    json_put_object_end(&o);
}

enum status audit_check_get(struct request *rq, struct reply *re, struct err *e) {
    struct audit_check check;
    enum status s = audit_check_last(rq->db, &check, e);
    if (s == OK) write_check(re, &check);
    return s;
}

enum status audit_check_post(struct request *rq, struct reply *re, struct err *e) {
    struct audit_check check;
    enum status s = audit_check_start(rq->room, rq->db, rq->who.user_id, rq->now_us, &check, e);
    if (s == OK) write_check(re, &check);
    return s;
}
