#include "db/db.h"
#include "messaging/message_row.h"
#include "messaging/outbox_store.h"
#include "queries.h"

enum column {
    COL_ID,
    COL_KIND,
    COL_PATIENT_ID,
    COL_PHONE,
    COL_BODY,
    COL_ATTEMPTS,
    COL_IN_FLIGHT,
    COL_ATTEMPTED_AT,
    COL_CREATED_AT,
    COL_TRANSPORT,
    COL_TEMPLATE,
    COL_VARIABLES,
    COL_TEMPLATE_NAME,
    COL_WAITING_FOR,
    COL_REPLACES_ID,
    COL_BROADCAST_ID
};

struct items {
    struct arena *arena;
    struct outbox_item *items;
    size_t count;
};

static enum status take_item(void *ctx, const struct db_val *col, struct err *e) {
    struct items *to = ctx;
    struct outbox_item *item = &to->items[to->count++];
    enum status s;

    *item = (struct outbox_item) {
        .id = col[COL_ID].i,
        .patient_id = col[COL_PATIENT_ID].i,
        .transport = str_eq(col[COL_TRANSPORT].s, STR("sms")) ? TRANSPORT_SMS : TRANSPORT_WHATSAPP,
        .attempts = (int)col[COL_ATTEMPTS].i,
        .in_flight = col[COL_IN_FLIGHT].i != 0,
        .replaces_id = col[COL_REPLACES_ID].i,
        .broadcast_id = col[COL_BROADCAST_ID].i,
        .is_held = col[COL_WAITING_FOR].s.n > 0,
        .template_language = STR(""),
        .attempted_at_us = col[COL_ATTEMPTED_AT].i,
        .created_at_us = col[COL_CREATED_AT].i,
    };
    if (!message_kind_from_name(col[COL_KIND].s, &item->kind))
        return fail(e, E_INTERNAL, NULL, "message %lld has an unknown kind", (long long)item->id);
    if ((s = db_copy(to->arena, &col[COL_PHONE], &item->phone, e)) != OK) return s;
    if ((s = db_copy(to->arena, &col[COL_BODY], &item->body, e)) != OK) return s;
    if ((s = db_copy(to->arena, &col[COL_TEMPLATE], &item->template, e)) != OK) return s;
    if ((s = db_copy(to->arena, &col[COL_VARIABLES], &item->template_variables, e)) != OK) return s;
    return db_copy(to->arena, &col[COL_TEMPLATE_NAME], &item->template_name, e);
}

enum status outbox_due(struct db *db, struct arena *arena, enum message_lane lane, int64_t now_us,
                       struct outbox_item *out, size_t max, size_t *count, struct err *e) {
    const struct db_val in[] = { db_int(lane), db_int(now_us), db_int((int64_t)max) };
    struct items to = { arena, out, 0 };
    enum status s = db_run(db, &q_outbox_due, in, take_item, &to, NULL, e);
    *count = to.count;
    return s;
}

static enum status take_due(void *ctx, const struct db_val *col, struct err *e) {
    int64_t *due_us = ctx;
    (void)e;
    if (col[0].i < *due_us) *due_us = col[0].i;
    return OK;
}

enum status outbox_next_due(struct db *db, enum message_lane from, enum message_lane to, int64_t *due_us,
                            struct err *e) {
    enum status s = OK;
    *due_us = INT64_MAX;
    for (int lane = (int)from; lane <= (int)to && s == OK; lane++) {
        const struct db_val in[] = { db_int(lane) };
        s = db_run(db, &q_outbox_next_due, in, take_due, due_us, NULL, e);
    }
    return s;
}

enum status outbox_hand_over(struct db *db, const struct outbox_item *item, int64_t now_us, bool *mine,
                             struct err *e) {
    const struct db_val in[] = { db_int(item->id), db_int(item->attempts), db_int(now_us),
                                 db_int(now_us + OUTBOX_LEASE_US), db_int(MESSAGE_SENDING) };
    int64_t changed = 0;
    enum status s = db_run(db, &q_outbox_hand_over, in, NULL, NULL, &changed, e);

    *mine = changed > 0;
    if (s != OK || !*mine) return s;
    return message_note_event(db, item->id, MESSAGE_SENDING, STR(""), now_us, e);
}

enum status outbox_postpone(struct db *db, const struct outbox_item *item, int64_t due_us, struct err *e) {
    const struct db_val in[] = { db_int(item->id), db_int(item->attempts), db_int(due_us) };
    return db_run(db, &q_outbox_postpone, in, NULL, NULL, NULL, e);
}

enum status outbox_shift(struct db *db, int64_t by_us, struct err *e) {
    const struct db_val in[] = { db_int(by_us) };
    return db_run(db, &q_outbox_shift, in, NULL, NULL, NULL, e);
}

static enum status take_waiting(void *ctx, const struct db_val *col, struct err *e) {
    struct outbox_waiting *lanes = ctx;
    (void)e;
    if (col[0].i >= 0 && col[0].i < LANE_COUNT)
        lanes[col[0].i] = (struct outbox_waiting) { col[1].i, col[2].i };
    return OK;
}

enum status outbox_waiting(struct db *db, struct outbox_waiting out[LANE_COUNT], struct err *e) {
    memset(out, 0, LANE_COUNT * sizeof *out);
    return db_run(db, &q_outbox_waiting, NULL, take_waiting, out, NULL, e);
}
