/*
 * message_api -- /api/messaging/messages/: every message in and out, newest first.
 */
#include "http/fields.h"
#include "http/page.h"
#include "messaging/message_reason.h"
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

enum { REASON_MAX_BYTES = 256 };

struct writing {
    struct db *db;
    struct json_out *json;
    enum lang lang;
};

/* Who reads a log wants to know who it was and what a code means. */
static enum status write_row(void *ctx, const struct message_row *m, struct err *e) {
    const struct writing *w = ctx;
    char words[REASON_MAX_BYTES];
    size_t n = message_reason(m->error_code, w->lang, words, sizeof words);
    enum status s;

    json_put_object(w->json);
    if ((s = message_write_members(w->db, m, w->json, e)) != OK) return s;
    json_field_str_or_null(w->json, "error_text", (struct str) { words, n });
    json_field_str_or_null(w->json, "error_kind", str_from_c(message_reason_kind(m->error_code)));
    s = message_write_patient_name(w->db, m->patient_id, w->json, e);
    json_put_object_end(w->json);
    return s;
}

enum status message_list_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out json = json_out_to(&re->body);
    struct writing w = { rq->db, &json, rq->lang };
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
