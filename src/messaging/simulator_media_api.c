/*
 * simulator_media_api -- POST /api/simulator/media/: the patient's phone sends a photo or a document. It goes the way of a real one: the
 * message is kept with its job, which fetches the bytes from the (simulated) carrier, looks at what they are, and tells doctor and patient.
 */
#include "base/utf8.h"
#include "channels/simulator_media.h"
#include "http/fields.h"
#include "http/upload_memory.h"
#include "messaging/inbound.h"
#include "messaging/messaging_handlers.h"
#include "patients/phone.h"

struct upload_state {
    struct upload_memory file;
    struct str phone, body;
};

static enum status upload_open(struct request *rq, void **state, struct err *e) {
    enum status s = upload_memory_open(rq, sizeof(struct upload_state), SIM_MEDIA_BYTES_MAX, state, e);
    if (s != OK) return s;
    struct upload_state *u = *state;
    u->phone = u->body = STR("");
    return OK;
}

static enum status upload_field(void *state, struct str name, struct str value, struct err *e) {
    struct upload_state *u = state;
    struct str *out = str_eq(name, STR("phone")) ? &u->phone : str_eq(name, STR("body")) ? &u->body : NULL;
    if (!out) return fail_field(e, name, &field_unknown, STR(""));
    return arena_dup(u->file.arena, value, out) ? OK : fail(e, E_LIMIT, NULL, "no room for a field");
}

const struct upload_sink simulator_media_upload = {
    .file_max_bytes = SIM_MEDIA_BYTES_MAX,
    .files_max = 1,
    .fields_max = 2,
    .field_max_bytes = MESSAGE_BODY_MAX_CHARS * 4,
    .open = upload_open,
    .field = upload_field,
    .file_begin = upload_memory_begin,
    .file_data = upload_memory_data,
    .close = upload_memory_close,
};

static enum status check(const struct messaging *room, const struct upload_state *u, struct phone *phone,
                         struct err *e) {
    if (u->phone.n == 0) return fail_field(e, STR("phone"), &field_required, STR(""));
    if (!phone_parse(u->phone, room->default_region, phone))
        return fail_field(e, STR("phone"), &phone_invalid, STR(""));
    if (utf8_length(u->body) > MESSAGE_BODY_MAX_CHARS)
        return fail_field(e, STR("body"), &field_too_long, STR("4096"));
    if (!u->file.came || u->file.bytes.n == 0)
        return fail_field(e, STR("file"), &upload_file_missing, STR(""));
    return OK;
}

enum status simulator_media_post(struct request *rq, struct reply *re, struct err *e) {
    struct json_out json = json_out_to(&re->body);
    struct messaging *room = rq->room;
    struct upload_state *u = rq->upload->state;
    char sid[TOKEN_TEXT_BYTES + 4] = "SIM-", ref[SIM_MEDIA_REF_BYTES];
    struct phone phone = { 0 };
    struct message_row row;
    int64_t id;
    bool is_new;
    enum status s;

    if ((s = check(room, u, &phone, e)) != OK) return s;
    crypto_token(sid + 4);
    simulator_media_put(room->simulated, &u->file.bytes, ref);
    struct channel_event m = { .kind = EVENT_MESSAGE,
                               .provider_sid = str_from_c(sid),
                               .from = phone_str(&phone),
                               .external_id = STR(""),
                               .body = u->body,
                               .media = { { .ref = str_from_c(ref), .file_name = u->file.name } },
                               .media_count = 1 };
    if ((s = inbound_accept(room, rq->db, rq->arena, &m, rq->now_us, &id, &is_new, e)) != OK) return s;
    if ((s = message_get(rq->db, rq->arena, id, &row, e)) != OK) return s;
    re->patient_id = row.patient_id;
    return message_write_json(rq->db, &row, &json, e);
}
