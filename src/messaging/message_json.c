#include "messaging/message.h"
#include "messaging/media.h"
#include "messaging/message_row.h"

static enum status write_medium(void *ctx, const struct media_row *m, struct err *e) {
    (void)e;
    media_json(ctx, m);
    return OK;
}

enum status message_write_members(struct db *db, const struct message_row *m, struct json_out *json,
                                  struct err *e) {
    enum status s;

    json_field_int(json, "id", m->id);
    json_field_str(json, "direction", m->incoming ? STR("in") : STR("out"));
    json_field_str(json, "kind", str_from_c(message_kind_name(m->kind)));
    json_field_id_or_null(json, "patient", m->patient_id);
    json_field_str(json, "phone", m->phone);
    json_field_str(json, "body", m->body);
    json_field_str(json, "status", str_from_c(message_status_name(m->status)));
    json_field_str_or_null(json, "provider_sid", m->provider_sid);
    json_field_str_or_null(json, "error_code", m->error_code);
    json_field_id_or_null(json, "answers", m->answers_id);
    json_field_id_or_null(json, "replaces", m->replaces_id);
    json_field_id_or_null(json, "broadcast", m->broadcast_id);
    json_field_id_or_null(json, "author", m->author_id);
    json_field_str(json, "transport", m->transport == TRANSPORT_SMS ? STR("sms") : STR("whatsapp"));
    json_field_str_or_null(json, "template", m->template_name);
    json_field_str_or_null(json, "waiting_for", m->waiting_for);
    json_field_int(json, "attempts", m->attempts);
    json_field_time(json, "created_at", m->created_at_us);
    json_field_time(json, "updated_at", m->updated_at_us);
    json_field_time(json, "sent_at", m->sent_at_us);
    json_field_time(json, "delivered_at", m->delivered_at_us);
    json_field_time(json, "read_at", m->read_at_us);
    json_put_key(json, "history");
    json_put_array(json);
    if ((s = message_write_events(db, m->id, json, e)) != OK) return s;
    json_put_array_end(json);
    json_put_key(json, "media");
    json_put_array(json);
    if (m->incoming && (s = media_each_of_message(db, m->id, write_medium, json, e)) != OK) return s;
    json_put_array_end(json);
    return OK;
}

enum status message_write_json(struct db *db, const struct message_row *m, struct json_out *json,
                               struct err *e) {
    json_put_object(json);
    enum status s = message_write_members(db, m, json, e);
    json_put_object_end(json);
    return s;
}
