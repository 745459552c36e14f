/*
 * message_api -- /api/messaging/messages/: every message in and out, newest first.
 */
#include "http/fields.h"
#include "http/page.h"
#include "messaging/messaging_handlers.h"
#include "patients/patient_query.h"
#include "patients/phone.h"

static enum status read_filter(const struct request *rq, struct phone *phone, struct message_filter *f,
                               struct err *e) {
    const struct messaging *room = rq->room;
    struct str typed = request_query(rq, "phone");
    enum message_status status;
    enum status s;

    *f = (struct message_filter) { .status = request_query(rq, "status"),
                                   .direction = request_query(rq, "direction") };
    if (f->status.n && !message_status_from_name(f->status, &status)) {
        return fail_field(
            e, STR("status"), &field_not_a_choice,
            STR("received, processed, queued, sending, uncertain, accepted, sent, failed, delivered, read"));
    }
    if (f->direction.n && !str_eq(f->direction, STR("in")) && !str_eq(f->direction, STR("out"))) {
        return fail_field(e, STR("direction"), &field_not_a_choice, STR("in, out"));
    }
    if ((s = patient_query(rq, &f->patient_id, e)) != OK) return s;
    if (!typed.n) return OK;
    if (!phone_parse(typed, room->default_region, phone))
        return fail_field(e, STR("phone"), &phone_invalid, STR(""));
    f->phone = phone_str(phone);
    return OK;
}

struct writing {
    struct db *db;
    struct json_out *json;
};

static enum status write_row(void *ctx, const struct message_row *m, struct err *e) {
    const struct writing *w = ctx;
    return message_write_json(w->db, m, w->json, e);
}

enum status message_list_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out json = json_out_to(&re->body);
    struct writing w = { rq->db, &json };
    struct message_filter filter;
    struct page_request page;
    struct phone phone;
    int64_t count;
    enum status s;

    if ((s = read_filter(rq, &phone, &filter, e)) != OK) return s;
    if ((s = page_request_parse(rq, &page, e)) != OK) return s;
    filter.limit = page.size;
    filter.offset = page.offset;
    if ((s = message_count(rq->db, &filter, &count, e)) != OK) return s;
    if ((s = page_begin(rq, &page, count, &json, e)) != OK) return s;
    if ((s = message_each(rq->db, &filter, write_row, &w, e)) != OK) return s;
    page_end(&json);
    return OK;
}
