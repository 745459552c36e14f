#include "accounts/notification.h"
#include "db/db.h"
#include "messaging/bulk.h"
#include "messaging/message_row.h"
#include "messaging/outbox_follow.h"
#include "messaging/outbox_store.h"
#include "messaging/outbox_window.h"
#include "queries.h"

/* Writes the outcome; *mine is false when a later attempt owns the message by now. */
static enum status write_outcome(struct messaging *room, struct db *db, struct arena *arena, int64_t id,
                                 const struct outcome *o, int64_t now_us, bool *mine, struct err *e) {
    bool accepted = o->status >= MESSAGE_ACCEPTED && o->status != MESSAGE_FAILED;
    enum message_status status = accepted ? MESSAGE_ACCEPTED : o->status;
    const struct db_val in[] = {
        db_int(id),
        db_int(o->attempt),
        db_text(str_from_c(message_status_name(status))),
        db_int(status),
        db_int(status == MESSAGE_UNCERTAIN),
        db_text_or_null(o->provider_sid),
        db_text_or_null(o->error_code),
        db_int(now_us),
        accepted ? db_int(now_us) : db_null(),
        db_int_or_null(o->due_us),
        db_int_or_null(o->ask_us),
    };
    int64_t changed = 0;
    enum status s = db_run(db, &q_outbox_outcome, in, NULL, NULL, &changed, e);

    *mine = changed > 0;
    if (s != OK || !*mine) return s;
    if ((s = message_note_event(db, id, status, o->error_code, now_us, e)) != OK) return s;
    if (!accepted || o->status == MESSAGE_ACCEPTED) return OK;
    const struct channel_event further = { .kind = EVENT_REPORT,
                                           .provider_sid = o->provider_sid,
                                           .status = o->status,
                                           .error_code = o->error_code };
    return message_report(room, db, arena, &further, now_us, NULL, e);
}

int64_t outbox_first_ask_us(const struct messaging *room, enum message_status status, int64_t now_us) {
    bool open = status == MESSAGE_ACCEPTED || status == MESSAGE_SENT;
    return open && room->channel->status_of ? now_us + OUTBOX_REPORT_US : 0;
}

/* The part that waits for this one, 0 if there is none. */
static enum status next_part(struct db *db, int64_t id, int64_t *next, struct err *e) {
    struct db_val key = db_int(id);
    *next = 0;
    return db_run(db, &q_outbox_next_part, &key, db_take_i64, next, NULL, e);
}

/* Half an answer may mislead: what stood behind a part that failed is not sent. */
static enum status fail_next_parts(struct messaging *room, struct db *db, struct arena *arena, int64_t id,
                                   int64_t now_us, struct err *e) {
    const struct outcome lost = { .status = MESSAGE_FAILED, .error_code = STR("earlier_part_failed") };
    enum status s;
    bool mine;

    for (;;) {
        if ((s = next_part(db, id, &id, e)) != OK || id == 0) return s;
        if ((s = write_outcome(room, db, arena, id, &lost, now_us, &mine, e)) != OK) return s;
    }
}

/* The part behind one that was taken, else what the person waits for next. */
static enum status wake_next(struct messaging *room, struct db *db, struct arena *arena,
                             const struct outbox_item *item, int64_t now_us, struct err *e) {
    int64_t next;
    enum status s = next_part(db, item->id, &next, e);
    if (s == OK && next == 0) return outbox_window_next(room, db, arena, item->phone, now_us, e);
    if (s != OK) return s;
    const struct db_val in[] = { db_int(next), db_int(now_us) };
    return db_run(db, &q_outbox_wake_part, in, NULL, NULL, NULL, e);
}

/* What follows an outcome, beside the parts behind. */
static enum status follow(struct messaging *room, struct db *db, struct arena *arena,
                          const struct outbox_item *item, const struct outcome *o, int64_t now_us,
                          struct err *e) {
    const struct outbox_failure failure = { .id = item->id, .verdict = o->verdict, .tell = o->tell };
    if (o->status == MESSAGE_FAILED) return outbox_follow(room, db, arena, &failure, now_us, e);
    if (!o->tell) return OK;
    return notification_add(db, STR("message.uncertain"), item->patient_id, item->id, SEVERITY_LOOK, now_us,
                            e);
}

static enum status tell_bulk(const struct messaging *room, struct db *db, const struct outbox_item *item,
                             const struct outcome *o, int64_t now_us, struct err *e) {
    const struct bulk_move move = { .broadcast_id = item->broadcast_id,
                                    .patient_id = item->patient_id,
                                    .message_id = item->id,
                                    .status = o->status,
                                    .error_code = o->error_code,
                                    .account_refused = o->verdict == VERDICT_ACCOUNT,
                                    .attempts = o->attempt,
                                    .now_us = now_us };
    return bulk_tell(room, db, &move, e);
}

enum status outbox_record(struct messaging *room, struct db *db, struct arena *arena,
                          const struct outbox_item *item, const struct outcome *o, int64_t now_us,
                          struct err *e) {
    bool mine;
    enum status s = write_outcome(room, db, arena, item->id, o, now_us, &mine, e);

    if (s != OK || !mine) return s;
    if (o->verdict == VERDICT_LATER && (s = outbox_pause_bulk(room, db, now_us, o->due_us, e)) != OK)
        return s;
    if ((s = tell_bulk(room, db, item, o, now_us, e)) != OK) return s;
    s = follow(room, db, arena, item, o, now_us, e);
    if (s == OK && o->status == MESSAGE_FAILED) s = fail_next_parts(room, db, arena, item->id, now_us, e);
    return s != OK || o->due_us ? s : wake_next(room, db, arena, item, now_us, e);
}

enum status outbox_add_settle(struct messaging *room, struct db *db, struct arena *arena, int64_t id,
                              int64_t run_at_us, int64_t now_us, struct err *e) {
    struct str payload, key;
    if (!arena_printf(arena, &payload, "{\"message_id\":%lld}", (long long)id) ||
        !arena_printf(arena, &key, OUTBOX_JOB_SETTLE ":%lld", (long long)id)) {
        return fail(e, E_LIMIT, NULL, "outbox: arena full");
    }
    return job_add(db, room->signal, STR(OUTBOX_JOB_SETTLE), payload, run_at_us, key, now_us, e);
}
