/*
 * sessions_part_store -- what this room holds about a patient: conversations, for export and erasure. The messages are messaging's.
 */
#include "db/db.h"
#include "queries.h"
#include "sessions/session.h"

struct writing {
    struct json_out *json;
};

static enum status write_row(void *ctx, const struct session *session, struct err *e) {
    const struct writing *w = ctx;
    (void)e;
    json_put_object(w->json);
    session_write_json(w->json, session, INT64_MAX);
    json_put_object_end(w->json);
    return OK;
}

static enum status write_part(void *ctx, struct db *db, struct arena *arena, int64_t patient_id,
                              struct json_out *json, struct err *e) {
    const struct session_filter filter = { .patient_id = patient_id, .limit = INT64_MAX };
    struct writing w = { json };
    (void)ctx, (void)arena;
    json_put_array(json);
    enum status s = session_each(db, &filter, write_row, &w, e);
    json_put_array_end(json);
    return s;
}

/* A number that others have keeps its conversations, without this person's name. */
static enum status erase_part(void *ctx, struct db *db, struct arena *arena, int64_t patient_id,
                              struct str phone, int64_t now_us, struct err *e) {
    const struct db_val in[] = { db_int(patient_id), db_text(phone) };
    (void)ctx, (void)arena, (void)now_us;
    return db_run(db, &q_conversation_forget, in, NULL, NULL, NULL, e);
}

const struct patient_part sessions_patient_part = { .name = "conversations",
                                                    .write = write_part,
                                                    .erase = erase_part };
