#include "broadcasts/recipient.h"

/* Waiting first, as a message goes. */
static void put_counts(struct json_out *o, const int64_t n[RECIPIENT_STATE_COUNT]) {
    int64_t total = 0;
    for (int i = 0; i < RECIPIENT_STATE_COUNT; i++) total += n[i];
    json_put_key(o, "counts");
    json_put_object(o);
    json_field_int(o, "recipients", total);
    for (int i = 0; i < RECIPIENT_STATE_COUNT; i++)
        json_field_int(o, recipient_state_name((enum recipient_state)i), n[i]);
    json_put_object_end(o);
}

static void put_content(struct json_out *o, const struct broadcast *b) {
    json_field_str(o, "title", b->title);
    json_field_str(o, "content", b->content);
    json_field_str(o, "language", str_from_c(patient_language_name(b->language)));
    json_field_raw(o, "variants", b->variants);
    json_field_str(o, "category", b->category);
    json_field_str_or_null(o, "template_sid", b->template_sid);
    json_field_raw(o, "template_variables", b->template_variables);
    json_field_bool(o, "target_all_patients", b->target_all);
    json_field_raw(o, "target", b->target);
}

static void put_plan(struct json_out *o, const struct broadcast *b) {
    bool sends = b->status == BROADCAST_SENDING;
    json_field_str_or_null(o, "quiet_hours", b->quiet_hours);
    json_field_str_or_null(o, "repeat", str_from_c(repeat_name(b->repeat)));
    json_field_time(o, "repeat_until", b->repeat_until_us);
    json_field_id_or_null(o, "repeat_count", b->repeat_count);
    json_field_int(o, "runs", b->runs);
    json_field_id_or_null(o, "run_of", b->run_of);
    json_field_time(o, "run_at", b->run_at_us);
    json_field_str_or_null(o, "waits_for", sends ? b->waits_for : STR(""));
    json_field_time(o, "waits_until", sends ? b->waits_until_us : 0);
}

enum status broadcast_write_json(struct db *db, const struct broadcast *b, struct json_out *o,
                                 struct err *e) {
    int64_t n[RECIPIENT_STATE_COUNT];
    enum status s = recipient_counts_by_state(db, b->id, n, e);

    if (s != OK) return s;
    json_put_object(o);
    json_field_int(o, "id", b->id);
    put_content(o, b);
    json_field_str(o, "status", str_from_c(broadcast_status_name(b->status)));
    json_field_str_or_null(o, "error_code", b->error_code);
    json_field_time(o, "scheduled_at", b->scheduled_at_us);
    json_field_id_or_null(o, "rate_per_hour", b->rate_per_hour);
    put_plan(o, b);
    json_field_int(o, "version", b->version);
    json_field_id_or_null(o, "created_by", b->created_by);
    json_field_time(o, "created_at", b->created_at_us);
    json_field_time(o, "updated_at", b->updated_at_us);
    json_field_time(o, "started_at", b->started_at_us);
    json_field_time(o, "frozen_at", b->frozen_at_us);
    json_field_time(o, "finished_at", b->finished_at_us);
    put_counts(o, n);
    json_put_object_end(o);
    return OK;
}
