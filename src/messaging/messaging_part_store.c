/*
 * messaging_part_store -- what this room holds about a patient: messages, for export, timeline and erasure.
 */
#include "db/db.h"
#include "messaging/contact.h"
#include "messaging/forgotten.h"
#include "messaging/media.h"
#include "queries.h"

struct writing {
    struct db *db;
    struct json_out *json;
};

static enum status write_message(void *ctx, const struct message_row *m, struct err *e) {
    const struct writing *w = ctx;
    return message_write_json(w->db, m, w->json, e);
}

static enum status write_part(void *ctx, struct db *db, struct arena *arena, int64_t patient_id,
                              struct json_out *json, struct err *e) {
    struct message_filter filter = { .patient_id = patient_id, .limit = INT64_MAX };
    struct writing w = { db, json };
    enum status s;

    (void)ctx;
    (void)arena;
    json_put_array(json);
    s = message_each(db, &filter, write_message, &w, e);
    json_put_array_end(json);
    return s;
}

/* Activation messages stand in the timeline already, as the links that patients/ made. */
static enum status add_event(void *ctx, const struct message_row *m, struct err *e) {
    const char *kind = m->incoming ? "message_in" : "message_out";
    if (m->kind == MESSAGE_ACTIVATION) return OK;
    return timeline_add(ctx, (struct timeline_event) { m->created_at_us, kind, m->id, STR("") }, e);
}

static enum status add_medium(void *ctx, const struct media_row *m, struct err *e) {
    return timeline_add(ctx, (struct timeline_event) { m->created_at_us, "media", m->id, m->file_name }, e);
}

static enum status add_events(void *ctx, struct db *db, int64_t patient_id, size_t limit, struct timeline *t,
                              struct err *e) {
    struct message_filter filter = { .patient_id = patient_id, .limit = (int64_t)limit };
    (void)ctx;
    enum status s = message_each(db, &filter, add_event, t, e);
    return s == OK ? media_each_of_patient(db, patient_id, (int64_t)limit, add_medium, t, e) : s;
}

/* The patient's own rows go with the record; what the number wrote before it was a patient's goes here. */
static enum status erase_part(void *ctx, struct db *db, struct arena *arena, int64_t patient_id,
                              struct str phone, int64_t now_us, struct err *e) {
    struct db_val key = db_text(phone);
    enum status s = media_erase_of_patient(ctx, db, arena, patient_id, now_us, e);
    if (s == OK) s = forgotten_note(db, arena, patient_id, phone, now_us, e);
    if (s == OK) s = db_run(db, &q_message_forget_phone, &key, NULL, NULL, NULL, e);
    return s == OK ? contact_forget(db, phone, e) : s;
}

const struct patient_part messaging_patient_part = { "messages", NULL, write_part, add_events, erase_part };
