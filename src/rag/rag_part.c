/*
 * rag_part -- a patient's questions in the export and the timeline, and his word on vectors. Their rows go with the patient's by foreign keys.
 */
#include "rag/embed_job.h"
#include "rag/embedding_store.h"
#include "rag/rag.h"
#include "rag/rag_store.h"
#include "rag/vector_sync.h"

enum { EXPORTED_MAX = 100000 };

static enum status put_exported(void *ctx, const struct question_row *row, struct err *err) {
    struct json_out *o = ctx;
    (void)err;
    json_put_object(o);
    json_field_int(o, "id", row->id);
    json_field_time(o, "asked_at", row->asked_us);
    json_field_str(o, "query", row->query);
    json_field_str(o, "answer", row->answer);
    json_field_raw(o, "sources", row->sources_json);
    json_field_bool(o, "grounded", row->grounded);
    json_field_bool(o, "escalated", row->escalated);
    json_put_object_end(o);
    return OK;
}

static enum status part_write(void *ctx, struct db *db, struct arena *arena, int64_t patient_id,
                              struct json_out *o, struct err *err) {
    (void)ctx, (void)arena;
    json_put_array(o);
    enum status s = question_each_of_patient(db, patient_id, EXPORTED_MAX, put_exported, o, err);
    json_put_array_end(o);
    return s;
}

static enum status add_event(void *ctx, const struct question_row *row, struct err *err) {
    const struct timeline_event event = {
        .time_us = row->asked_us, .kind = "question", .ref = row->id, .text = row->query
    };
    return timeline_add(ctx, event, err);
}

static enum status part_events(void *ctx, struct db *db, int64_t patient_id, size_t limit, struct timeline *t,
                               struct err *err) {
    (void)ctx;
    return question_each_of_patient(db, patient_id, (int64_t)limit, add_event, t, err);
}

/* Vectors follow the patient's word at once: a yes has them made, a no deletes them. */
static enum status part_consented(void *ctx, struct db *db, int64_t patient_id, enum consent_purpose purpose,
                                  bool granted, int64_t now_us, struct err *err) {
    if (purpose != CONSENT_EXTERNAL_MODEL) return OK;
    if (granted) return embed_patient_add_job(db, ctx, patient_id, now_us, err);
    enum status s = embedding_forget_patient(db, patient_id, err);
    if (s == OK) s = patient_touch_record(db, patient_id, err);
    return s == OK ? vector_sync_add_job(db, ctx, patient_id, now_us, err) : s;
}

/* The rows go by foreign keys; what stands outside is forgotten by its name. */
static enum status part_erase(void *ctx, struct db *db, struct arena *arena, int64_t patient_id,
                              struct str phone, int64_t now_us, struct err *err) {
    (void)arena, (void)phone;
    return vector_forget_add_job(db, ctx, patient_id, now_us, err);
}

struct patient_part rag_patient_part(struct rag *rag) {
    return (struct patient_part) { .name = "questions",
                                   .ctx = rag,
                                   .write = part_write,
                                   .events = part_events,
                                   .erase = part_erase,
                                   .consented = part_consented };
}
