#include "db/db.h"
#include "messaging/bulk.h"
#include "messaging/message_row.h"
#include "messaging/outbox_sender.h"
#include "messaging/outbox_store.h"
#include "messaging/split.h"
#include "patients/consent.h"
#include "queries.h"

enum status outbox_is_opted_out(struct db *db, int64_t patient_id, enum message_kind kind, bool *out,
                                struct err *e) {
    *out = false;
    if (patient_id == 0 || (kind != MESSAGE_NOTICE && kind != MESSAGE_BULK)) return OK;
    return consent_is_withdrawn(db, patient_id, CONSENT_MESSAGES, out, e);
}

enum status outbox_is_needless(struct db *db, struct arena *arena, const struct outbox_item *item, bool *out,
                               struct err *e) {
    struct err local = { 0 };
    struct patient p;

    *out = false;
    if (item->kind != MESSAGE_ACTIVATION || !item->patient_id) return OK;
    enum status s = patient_get(db, arena, item->patient_id, &p, &local);
    if (s == E_NOT_FOUND) return OK; /* erased meanwhile, and its messages with it */
    if (s != OK) return fail(e, s, local.message, "%s", local.detail);
    *out = p.status == PATIENT_ACTIVE;
    return OK;
}

/* One part; the first is due now, the others when the one before was taken. *id stays 0 when the key was there already. */
static enum status insert_part(const struct messaging *room, struct db *db, const struct outbox_message *m,
                               struct str body, struct str key, bool opted_out, int64_t after_id,
                               int64_t now_us, int64_t *id, struct err *e) {
    enum message_status status = opted_out ? MESSAGE_FAILED : MESSAGE_QUEUED;
    struct str code = opted_out ? STR("opted_out") : STR("");
    const struct db_val in[] = {
        db_text(str_from_c(message_kind_name(m->kind))),
        db_int_or_null(m->patient_id),
        db_text(m->phone),
        db_text(body),
        db_text(str_from_c(message_status_name(status))),
        db_int(status),
        db_text_or_null(key),
        db_int_or_null(m->answers_id),
        db_int_or_null(after_id),
        db_text_or_null(code),
        db_int(now_us),
        db_int(message_lane_of(m->kind)),
        opted_out || after_id ? db_null() : db_int(m->due_us ? m->due_us : now_us),
        db_text(m->transport == TRANSPORT_SMS ? STR("sms") : STR("whatsapp")),
        db_text_or_null(m->purpose),
        db_text_or_null(m->variables),
        db_int_or_null(m->replaces_id),
        db_int_or_null(m->broadcast_id),
        db_int_or_null(m->author_id),
    };
    enum status s;

    *id = 0;
    if ((s = db_run(db, &q_outbox_insert, in, db_take_i64, id, NULL, e)) != OK || *id == 0) return s;
    if ((s = message_note_event(db, *id, status, code, now_us, e)) != OK) return s;
    const struct bulk_move move = { .broadcast_id = m->broadcast_id,
                                    .patient_id = m->patient_id,
                                    .message_id = *id,
                                    .status = status,
                                    .error_code = code,
                                    .now_us = now_us };
    return bulk_tell(room, db, &move, e);
}

static void wake(void *sender) {
    outbox_sender_wake(sender);
}

enum status outbox_add(struct messaging *room, struct db *db, const struct outbox_message *m, int64_t now_us,
                       bool *added, struct err *e) {
    struct str rest = m->body, key = m->key;
    int64_t last = 0, id;
    bool opted_out;
    enum status s;

    if (added) *added = false;
    if (m->body.n > OUTBOX_BODY_MAX_BYTES || m->key.n > OUTBOX_KEY_MAX_BYTES || str_trim(m->body).n == 0) {
        return fail(e, E_INTERNAL, NULL, "a message of %zu bytes cannot be sent", m->body.n);
    }
    if ((s = outbox_is_opted_out(db, m->patient_id, m->kind, &opted_out, e)) != OK) return s;
    do {
        struct str part = split_next(&rest, MESSAGE_PART_MAX_CHARS);
        if (m->purpose.n && rest.n)
            return fail(e, E_INTERNAL, NULL, "a message for a template is longer than one part");
        if ((s = insert_part(room, db, m, part, key, opted_out, last, now_us, &id, e)) != OK) return s;
        if (id == 0) return OK; /* the reason is known: so are all its parts */
        last = id;
        key = STR(""); /* the first part's key stands for all */
    } while (rest.n > 0);
    if (added) *added = true;
    return db_after_commit(db, wake, room->sender, e);
}

enum status outbox_release(struct db *db, int64_t now_us, struct err *e) {
    const struct db_val in[] = { db_int(now_us) };
    return db_run(db, &q_outbox_release, in, NULL, NULL, NULL, e);
}
