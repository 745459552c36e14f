#include "messaging/message.h"
#include "messaging/message_row.h"

static void put_id_or_null(struct json_out *json, const char *key, int64_t id) {
    json_put_key(json, key);
    if (id) {
        json_put_int(json, id);
    } else {
        json_put_null(json);
    }
}

static void put_text_or_null(struct json_out *json, const char *key, struct str text) {
    json_put_key(json, key);
    if (text.n) {
        json_put_str(json, text);
    } else {
        json_put_null(json);
    }
}

static void put_time(struct json_out *json, const char *key, int64_t time_us) {
    json_put_key(json, key);
    json_put_time(json, time_us);
}

enum status message_write_json(struct db *db, const struct message_row *m, struct json_out *json,
                               struct err *e) {
    enum status s;

    json_put_object(json);
    json_put_key(json, "id");
    json_put_int(json, m->id);
    json_put_key(json, "direction");
    json_put_str(json, m->incoming ? STR("in") : STR("out"));
    json_put_key(json, "kind");
    json_put_str(json, str_from_c(message_kind_name(m->kind)));
    put_id_or_null(json, "patient", m->patient_id);
    json_put_key(json, "phone");
    json_put_str(json, m->phone);
    json_put_key(json, "body");
    json_put_str(json, m->body);
    json_put_key(json, "status");
    json_put_str(json, str_from_c(message_status_name(m->status)));
    put_text_or_null(json, "provider_sid", m->provider_sid);
    put_text_or_null(json, "error_code", m->error_code);
    put_id_or_null(json, "answers", m->answers_id);
    json_put_key(json, "attempts");
    json_put_int(json, m->attempts);
    put_time(json, "created_at", m->created_at_us);
    put_time(json, "updated_at", m->updated_at_us);
    put_time(json, "sent_at", m->sent_at_us);
    put_time(json, "delivered_at", m->delivered_at_us);
    put_time(json, "read_at", m->read_at_us);
    json_put_key(json, "history");
    json_put_array(json);
    if ((s = message_write_events(db, m->id, json, e)) != OK) return s;
    json_put_array_end(json);
    json_put_object_end(json);
    return OK;
}
