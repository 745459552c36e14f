/*
 * simulator_api -- /api/simulator/: plays the patient's phone. Only there with CHANNEL=simulator.
 */
#include "base/crypto.h"
#include "http/fields.h"
#include "http/page.h"
#include "messaging/inbound.h"
#include "messaging/messaging_handlers.h"
#include "patients/phone.h"

static enum status read_phone_query(const struct request *rq, struct phone *phone, struct err *e) {
    const struct messaging *room = rq->room;
    struct str typed = request_query(rq, "phone");

    if (typed.n == 0) return fail_field(e, STR("phone"), &field_required, STR(""));
    if (phone_parse(typed, room->default_region, phone)) return OK;
    return fail_field(e, STR("phone"), &phone_invalid, STR(""));
}

/* A page of rows, newest first as they come. */
struct rows {
    struct message_row rows[PAGE_SIZE_MAX];
    size_t count;
    struct arena *arena;
};

static enum status keep_row(void *ctx, const struct message_row *m, struct err *e) {
    struct rows *r = ctx;
    struct message_row *row = &r->rows[r->count];

    *row = *m;
    if (!arena_dup(r->arena, m->phone, &row->phone) || !arena_dup(r->arena, m->body, &row->body) ||
        !arena_dup(r->arena, m->provider_sid, &row->provider_sid) ||
        !arena_dup(r->arena, m->error_code, &row->error_code)) {
        return fail(e, E_LIMIT, NULL, "simulator: arena full");
    }
    r->count++;
    return OK;
}

/* Page 1 is the newest page; inside a page the newest stands last, as on a phone. */
enum status simulator_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out json = json_out_to(&re->body);
    struct message_filter filter = { 0 };
    struct rows *rows = arena_alloc(rq->arena, sizeof *rows);
    struct page_request page;
    struct phone phone;
    int64_t count;
    enum status s;

    if (!rows) return fail(e, E_LIMIT, NULL, "simulator: arena full");
    rows->arena = rq->arena;
    if ((s = read_phone_query(rq, &phone, e)) != OK) return s;
    if ((s = page_request_parse(rq, &page, e)) != OK) return s;
    filter.phone = phone_str(&phone);
    filter.limit = page.size;
    filter.offset = page.offset;
    if ((s = message_count(rq->db, &filter, &count, e)) != OK) return s;
    if ((s = message_each(rq->db, &filter, keep_row, rows, e)) != OK) return s;
    if ((s = page_begin(rq, &page, count, &json, e)) != OK) return s;
    for (size_t i = rows->count; i > 0; i--) {
        if ((s = message_write_json(rq->db, &rows->rows[i - 1], &json, e)) != OK) return s;
    }
    page_end(&json);
    return OK;
}

enum status simulator_post(struct request *rq, struct reply *re, struct err *e) {
    struct json_out json = json_out_to(&re->body);
    struct messaging *room = rq->room;
    struct str typed = STR(""), body = STR("");
    char sid[TOKEN_TEXT_BYTES + 4] = "SIM-";
    struct phone phone = { 0 };
    struct message_row row;
    struct fields *f;
    int64_t id;
    bool is_new;
    enum status s;

    if ((s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    if (fields_str(f, "phone", FIELD_REQUIRED, PHONE_INPUT_MAX_BYTES, &typed) &&
        !phone_parse(typed, room->default_region, &phone)) {
        fields_fail(f, "phone", &phone_invalid, STR(""));
    }
    fields_str(f, "body", FIELD_REQUIRED, MESSAGE_BODY_MAX_CHARS, &body);
    if ((s = fields_done(f)) != OK) return s;
    crypto_token(sid + 4);
    struct channel_event m = { .kind = EVENT_MESSAGE,
                               .provider_sid = str_from_c(sid),
                               .from = phone_str(&phone),
                               .external_id = STR(""),
                               .body = body };
    if ((s = inbound_accept(room, rq->db, rq->arena, &m, rq->now_us, &id, &is_new, e)) != OK) return s;
    if ((s = message_get(rq->db, rq->arena, id, &row, e)) != OK) return s;
    re->patient_id = row.patient_id;
    return message_write_json(rq->db, &row, &json, e);
}
