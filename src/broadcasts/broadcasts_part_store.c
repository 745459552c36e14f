/*
 * broadcasts_part_store -- what this room holds about a patient: which broadcasts the person was sent.
 */
#include "broadcasts/recipient.h"
#include "db/db.h"
#include "queries.h"

static enum status write_row(void *ctx, const struct db_val *col, struct err *e) {
    struct json_out *json = ctx;
    (void)e;
    json_put_object(json);
    json_field_int(json, "broadcast", col[0].i);
    json_field_str(json, "title", col[1].s);
    json_field_str(json, "state", col[2].s);
    json_field_str_or_null(json, "reason", col[3].s);
    json_field_time(json, "updated_at", col[4].i);
    json_put_object_end(json);
    return OK;
}

static enum status write_part(void *ctx, struct db *db, struct arena *arena, int64_t patient_id,
                              struct json_out *json, struct err *e) {
    const struct db_val key = db_int(patient_id);
    (void)ctx, (void)arena;
    json_put_array(json);
    enum status s = db_run(db, &q_recipient_of_patient, &key, write_row, json, NULL, e);
    json_put_array_end(json);
    return s;
}

enum { OPEN_STEP = 50 };

struct open {
    int64_t ids[OPEN_STEP];
    size_t count;
};

static enum status take_open(void *ctx, const struct db_val *col, struct err *e) {
    struct open *open = ctx;
    (void)e;
    open->ids[open->count++] = col[0].i;
    return OK;
}

/* Some of what is under way after a broadcast; *last is where the next step goes on. */
static enum status end_step(struct db *db, int64_t patient_id, int64_t now_us, int64_t *last, size_t *count,
                            struct err *e) {
    const struct db_val in[] = { db_int(patient_id), db_int(*last), db_int(OPEN_STEP) };
    struct open open = { .count = 0 };
    enum status s = db_run(db, &q_recipient_open_of_patient, in, take_open, &open, NULL, e);

    for (size_t i = 0; i < open.count && s == OK; i++) {
        const struct recipient_change c = { .broadcast_id = open.ids[i],
                                            .patient_id = patient_id,
                                            .state = RECIPIENT_LEFT_OUT,
                                            .reason = STR(LEFT_ERASED),
                                            .now_us = now_us };
        s = recipient_move(db, &c, NULL, e);
        *last = open.ids[i];
    }
    *count = open.count;
    return s;
}

/* What is under way ends here, because the messages go; the rest keeps its state, for the counts. */
static enum status erase_part(void *ctx, struct db *db, struct arena *arena, int64_t patient_id,
                              struct str phone, int64_t now_us, struct err *e) {
    const struct db_val key = db_int(patient_id);
    int64_t last = 0;
    size_t count;
    enum status s;

    (void)ctx, (void)arena, (void)phone;
    do s = end_step(db, patient_id, now_us, &last, &count, e);
    while (s == OK && count == OPEN_STEP);
    return s == OK ? db_run(db, &q_recipient_forget_messages, &key, NULL, NULL, NULL, e) : s;
}

const struct patient_part broadcasts_patient_part = { .name = "broadcasts",
                                                      .write = write_part,
                                                      .erase = erase_part };
