#include "messaging/media.h"

void media_json(struct json_out *json, const struct media_row *m) {
    json_put_object(json);
    json_field_int(json, "id", m->id);
    json_field_int(json, "message", m->message_id);
    json_field_id_or_null(json, "patient", m->patient_id);
    json_field_str(json, "status", str_from_c(media_status_name(m->status)));
    json_field_str_or_null(json, "error_code", m->error_code);
    json_field_str_or_null(json, "type", m->type);
    json_field_str_or_null(json, "type_said", m->type_said);
    json_field_str_or_null(json, "file_name", m->file_name);
    json_field_int(json, "size_bytes", m->size_bytes);
    json_field_id_or_null(json, "document", m->document_id);
    json_field_time(json, "created_at", m->created_at_us);
    json_field_time(json, "updated_at", m->updated_at_us);
    json_field_time(json, "kept_at", m->kept_at_us);
    json_put_object_end(json);
}
