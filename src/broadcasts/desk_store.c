/*
 * desk_store -- the ledger's side of the outbox: see messaging/bulk.h.
 */
#include "broadcasts/broadcast_event.h"
#include "broadcasts/fill.h"
#include "db/db.h"
#include "messaging/sender_limit.h"
#include "queries.h"

#include <stdio.h>

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

/* When the sender may send templates to many again; 0: now. */
static enum status sender_pause_us(const struct broadcasts *room, struct db *db, int64_t now_us,
                                   int64_t *until_us, struct err *e) {
    const struct channel *channel = room->messaging->channel;
    struct sender_limit limit;
    enum status s = OK;
    *until_us = 0;
    if (channel->has_window) s = sender_limit_get(db, str_from_c(channel->name), &limit, e);
    if (s == OK && channel->has_window) *until_us = sender_limit_pause_us(&limit, now_us);
    return s;
}

/* Not taken for now: if it is for the sender's limit, all of the broadcast wait. */
static enum status put_off(const struct broadcasts *room, struct db *db, const struct bulk_move *m,
                           struct err *e) {
    int64_t until_us;
    enum status s = sender_pause_us(room, db, m->now_us, &until_us, e);
    const struct db_val in[] = { db_int(m->broadcast_id), db_text(STR(WAITS_CARRIER)), db_int(until_us) };
    return s == OK && until_us ? db_run(db, &q_broadcast_waits_longer, in, NULL, NULL, NULL, e) : s;
}

static enum status moved(void *ctx, struct db *db, const struct bulk_move *m, struct err *e) {
    struct recipient_change c = { .broadcast_id = m->broadcast_id,
                                  .patient_id = m->patient_id,
                                  .message_id = m->message_id,
                                  .now_us = m->now_us };
    bool changed = false;

    if (m->status == MESSAGE_SENDING && m->account_refused && m->attempts >= BROADCAST_ACCOUNT_TRIES)
        return broadcast_pause_for_account(ctx, db, m->broadcast_id, m->now_us, e);
    if (m->status == MESSAGE_SENDING) return put_off(ctx, db, m, e);
    if (!state_of(m, &c.state)) return OK;
    if (c.state != RECIPIENT_SENT && c.state != RECIPIENT_CANCELLED) c.reason = m->error_code;
    enum status s = recipient_move(db, &c, &changed, e);
    return s == OK && changed ? broadcast_event(ctx, db, m->broadcast_id, e) : s;
}

struct standing {
    enum broadcast_status status;
    bool found, active, by_template;
    struct day_span quiet;
    char waits_for[24];
    struct broadcast b; /* of it: id, rate, what it waits for */
    const struct broadcasts *room;
};

static enum status take_standing(void *ctx, const struct db_val *col, struct err *e) {
    struct standing *at = ctx;
    if (!broadcast_status_from_name(col[0].s, &at->status))
        return fail(e, E_INTERNAL, NULL, "a broadcast has an unknown status");
    at->active = str_eq(col[1].s, STR("active"));
    at->quiet = broadcast_quiet(at->room, col[2].s);
    at->b.rate_per_hour = col[3].i;
    at->b.leave_us = col[4].i;
    at->by_template = col[5].i != 0;
    snprintf(at->waits_for, sizeof at->waits_for, "%.*s", STR_ARG(col[6].s));
    at->b.waits_for = str_from_c(at->waits_for);
    at->b.waits_until_us = col[7].i;
    at->found = true;
    return OK;
}

static enum status hold(const struct standing *at, struct db *db, const char *why, int64_t until_us,
                        struct bulk_pass *out, struct err *e) {
    *out = (struct bulk_pass) { .due_us = until_us };
    return broadcast_note_wait(db, &at->b, why, until_us, e);
}

/* What lay ready when quiet hours began or the sender was stopped, and leaves no faster afterwards. */
static enum status in_time(struct standing *at, struct db *db, int64_t now_us, struct bulk_pass *out,
                           struct err *e) {
    int64_t until_us = day_span_end_us(at->quiet, now_us);
    enum status s = OK;

    if (until_us) return hold(at, db, WAITS_QUIET, until_us, out, e);
    if (at->by_template) s = sender_pause_us(at->room, db, now_us, &until_us, e);
    if (s != OK) return s;
    if (until_us) return hold(at, db, WAITS_CARRIER, until_us, out, e);
    if (at->b.rate_per_hour && !pace_leave(&at->b.leave_us, at->b.rate_per_hour, now_us)) {
        *out = (struct bulk_pass) { .due_us = at->b.leave_us };
        return OK;
    }
    const struct db_val in[] = { db_int(at->b.id), db_int(at->b.leave_us) };
    if (at->b.rate_per_hour && (s = db_run(db, &q_broadcast_leave, in, NULL, NULL, NULL, e)) != OK) return s;
    return broadcast_note_wait(db, &at->b, NULL, 0, e);
}

/* That the person has said STOP, the outbox sees itself. */
static enum status pass(void *ctx, struct db *db, int64_t broadcast_id, int64_t patient_id, int64_t now_us,
                        struct bulk_pass *out, struct err *e) {
    const struct db_val key[] = { db_int(broadcast_id), db_int(patient_id) };
    struct standing at = { .room = ctx, .b = { .id = broadcast_id } };
    enum status s = db_run(db, &q_recipient_pass, key, take_standing, &at, NULL, e);

    if (s != OK) return s;
    if (!at.found || at.status == BROADCAST_CANCELLED || at.status == BROADCAST_DELETED)
        *out = (struct bulk_pass) { .left_out = cancelled_code };
    else if (!at.active)
        *out = (struct bulk_pass) { .left_out = LEFT_INACTIVE };
    else if (at.status == BROADCAST_PAUSED)
        *out = (struct bulk_pass) { .due_us = now_us + PAUSE_LOOK_US };
    else
        return in_time(&at, db, now_us, out, e);
    return OK;
}

struct bulk_desk broadcasts_desk(struct broadcasts *room) {
    return (struct bulk_desk) { .ctx = room, .pass = pass, .moved = moved };
}
