/*
 * desk_store -- the ledger's side of the outbox: see messaging/bulk.h.
 */
#include "broadcasts/broadcast_event.h"
#include "broadcasts/recipient.h"
#include "db/db.h"
#include "queries.h"

/* What the outbox does not send because the person may not be written to. */
static const char *const left_out_codes = LEFT_NO_NUMBER
    " " LEFT_PENDING " " LEFT_INACTIVE " " LEFT_NO_CONSENT " " LEFT_OPTED_OUT " " LEFT_WINDOW_CLOSED;

static const char cancelled_code[] = "cancelled";

/* A paused one is looked at again: what waits for a second try is not taken back. */
#define PAUSE_LOOK_US MINUTE_US

static bool state_of(const struct bulk_move *m, enum recipient_state *out) {
    switch (m->status) {
    case MESSAGE_QUEUED: *out = RECIPIENT_QUEUED; return true;
    case MESSAGE_UNCERTAIN: *out = RECIPIENT_UNCERTAIN; return true;
    case MESSAGE_ACCEPTED:
    case MESSAGE_SENT: *out = RECIPIENT_SENT; return true;
    case MESSAGE_DELIVERED: *out = RECIPIENT_DELIVERED; return true;
    case MESSAGE_READ: *out = RECIPIENT_READ; return true;
    case MESSAGE_FAILED:
        *out = str_eq(m->error_code, str_from_c(cancelled_code)) ? RECIPIENT_CANCELLED
               : str_in_words(m->error_code, left_out_codes)     ? RECIPIENT_LEFT_OUT
                                                                 : RECIPIENT_FAILED;
        return true;
    case MESSAGE_RECEIVED:
    case MESSAGE_PROCESSED:
    case MESSAGE_SENDING:
    case MESSAGE_STATUS_COUNT: break;
    }
    return false;
}

static enum status moved(void *ctx, struct db *db, const struct bulk_move *m, struct err *e) {
    struct recipient_change c = { .broadcast_id = m->broadcast_id,
                                  .patient_id = m->patient_id,
                                  .message_id = m->message_id,
                                  .now_us = m->now_us };
    bool changed = false;
    if (!state_of(m, &c.state)) return OK;
    if (c.state != RECIPIENT_SENT && c.state != RECIPIENT_CANCELLED) c.reason = m->error_code;
    enum status s = recipient_move(db, &c, &changed, e);
    return s == OK && changed ? broadcast_event(ctx, db, m->broadcast_id, e) : s;
}

struct standing {
    enum broadcast_status status;
    bool found, active;
};

static enum status take_standing(void *ctx, const struct db_val *col, struct err *e) {
    struct standing *at = ctx;
    if (!broadcast_status_from_name(col[0].s, &at->status))
        return fail(e, E_INTERNAL, NULL, "a broadcast has an unknown status");
    at->active = str_eq(col[1].s, STR("active"));
    at->found = true;
    return OK;
}

/* That the person has said STOP, the outbox sees itself. */
static enum status pass(void *ctx, struct db *db, struct arena *arena, int64_t broadcast_id,
                        int64_t patient_id, int64_t now_us, struct bulk_pass *out, struct err *e) {
    const struct db_val key[] = { db_int(broadcast_id), db_int(patient_id) };
    struct standing at = { 0 };
    enum status s = db_run(db, &q_recipient_pass, key, take_standing, &at, NULL, e);

    (void)ctx, (void)arena;
    if (s != OK) return s;
    if (!at.found || at.status == BROADCAST_CANCELLED || at.status == BROADCAST_DELETED)
        *out = (struct bulk_pass) { .left_out = cancelled_code };
    else if (!at.active)
        *out = (struct bulk_pass) { .left_out = LEFT_INACTIVE };
    else if (at.status == BROADCAST_PAUSED)
        *out = (struct bulk_pass) { .due_us = now_us + PAUSE_LOOK_US };
    return OK;
}

struct bulk_desk broadcasts_desk(struct broadcasts *room) {
    return (struct bulk_desk) { .ctx = room, .pass = pass, .moved = moved };
}
