#include "messaging/outbox_store.h"
#include "accounts/notification.h"
#include "db/db.h"
#include "messaging/message_event.h"
#include "messaging/message_row.h"
#include "messaging/split.h"
#include "patients/consent.h"
#include "queries.h"

enum status outbox_is_opted_out(struct db *db, int64_t patient_id, enum message_kind kind, bool *out,
                                struct err *e) {
    *out = false;
    if (patient_id == 0 || (kind != MESSAGE_NOTICE && kind != MESSAGE_BULK)) return OK;
    return consent_is_withdrawn(db, patient_id, CONSENT_MESSAGES, out, e);
}

static enum status add_job(struct messaging *room, struct db *db, struct arena *arena, int64_t id,
                           int64_t now_us, struct err *e) {
    struct str payload, key;
    if (!arena_printf(arena, &payload, "{\"message_id\":%lld}", (long long)id) ||
        !arena_printf(arena, &key, OUTBOX_JOB_SEND ":%lld", (long long)id)) {
        return fail(e, E_LIMIT, NULL, "outbox: arena full");
    }
    return job_add(db, room->signal, STR(OUTBOX_JOB_SEND), payload, 0, key, now_us, e);
}

static enum status take_id(void *ctx, const struct db_val *col, struct err *e) {
    (void)e;
    *(int64_t *)ctx = col[0].i;
    return OK;
}

/* One part. *id stays 0 when the key was there already. */
static enum status insert_part(struct db *db, const struct outbox_message *m, struct str body, struct str key,
                               bool opted_out, int64_t after_id, int64_t now_us, int64_t *id, struct err *e) {
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
    };
    enum status s;

    *id = 0;
    if ((s = db_run(db, &q_message_insert_out, in, take_id, id, NULL, e)) != OK || *id == 0) return s;
    return message_note_event(db, *id, status, code, now_us, e);
}

enum status outbox_add(struct messaging *room, struct db *db, struct arena *arena,
                       const struct outbox_message *m, int64_t now_us, bool *added, struct err *e) {
    struct str rest = m->body, key = m->key;
    int64_t first = 0, last = 0, id;
    bool opted_out;
    enum status s;

    if (added) *added = false;
    if (m->body.n > OUTBOX_BODY_MAX_BYTES || m->key.n > OUTBOX_KEY_MAX_BYTES || str_trim(m->body).n == 0) {
        return fail(e, E_INTERNAL, NULL, "a message of %zu bytes cannot be sent", m->body.n);
    }
    if ((s = outbox_is_opted_out(db, m->patient_id, m->kind, &opted_out, e)) != OK) return s;
    do {
        struct str part = split_next(&rest, MESSAGE_PART_MAX_CHARS);
        if ((s = insert_part(db, m, part, key, opted_out, last, now_us, &id, e)) != OK) return s;
        if (id == 0) return OK; /* the reason is known: so are all its parts */
        last = id;
        if (!first) first = id;
        key = STR(""); /* the first part's key stands for all */
    } while (rest.n > 0);
    if (added) *added = true;
    return opted_out ? OK : add_job(room, db, arena, first, now_us, e);
}

static enum status hand_over(struct db *db, const struct message_row *m, int64_t now_us, struct err *e) {
    const struct db_val in[] = { db_int(m->id), db_int(MESSAGE_SENDING), db_int(now_us), db_int(m->attempts),
                                 db_int(m->in_flight) };
    int64_t changed = 0;
    enum status s = db_run(db, &q_message_hand_over, in, NULL, NULL, &changed, e);

    if (s != OK) return s;
    if (!changed)
        return fail(e, E_CONFLICT, NULL, "message %lld was handed over by another run", (long long)m->id);
    return message_note_event(db, m->id, MESSAGE_SENDING, STR(""), now_us, e);
}

enum status outbox_hand_over(struct db *db, const struct message_row *m, int64_t now_us, struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, hand_over(db, m, now_us, e), e) : s;
}

/* Writes the outcome; *mine is false when a later attempt owns the message by now. */
static enum status write_outcome(struct db *db, const struct message_row *m, const struct outcome *o,
                                 int64_t now_us, bool *mine, struct err *e) {
    bool accepted = o->status >= MESSAGE_ACCEPTED && o->status != MESSAGE_FAILED;
    enum message_status status = accepted ? MESSAGE_ACCEPTED : o->status;
    const struct db_val in[] = {
        db_int(m->id),
        db_int(o->attempt),
        db_text(str_from_c(message_status_name(status))),
        db_int(status),
        db_int(status == MESSAGE_UNCERTAIN),
        db_text_or_null(o->provider_sid),
        db_text_or_null(o->error_code),
        db_int(now_us),
        accepted ? db_int(now_us) : db_null(),
    };
    int64_t changed = 0;
    enum status s = db_run(db, &q_message_outcome, in, NULL, NULL, &changed, e);

    *mine = changed > 0;
    if (s != OK || !*mine) return s;
    if ((s = message_note_event(db, m->id, status, o->error_code, now_us, e)) != OK) return s;
    return accepted && o->status > MESSAGE_ACCEPTED
               ? message_report(db, o->provider_sid, o->status, o->error_code, now_us, NULL, e)
               : OK;
}

/* The part that waits for this one, 0 if there is none. */
static enum status next_part(struct db *db, int64_t id, int64_t *next, struct err *e) {
    struct db_val key = db_int(id);
    *next = 0;
    return db_run(db, &q_message_next_part, &key, take_id, next, NULL, e);
}

/* Half an answer may mislead: what stood behind a part that failed is not sent. */
static enum status fail_next_parts(struct db *db, int64_t id, int64_t now_us, struct err *e) {
    const struct message_row none = { 0 };
    enum status s;

    for (;;) {
        struct message_row part = none;
        struct outcome lost = { .status = MESSAGE_FAILED, .error_code = STR("earlier_part_failed") };
        bool mine;
        if ((s = next_part(db, id, &id, e)) != OK || id == 0) return s;
        part.id = id;
        if ((s = write_outcome(db, &part, &lost, now_us, &mine, e)) != OK) return s;
    }
}

static enum status record(struct messaging *room, struct db *db, struct arena *arena,
                          const struct message_row *m, const struct outcome *o, int64_t now_us,
                          struct err *e) {
    int64_t next;
    bool mine;
    enum status s = write_outcome(db, m, o, now_us, &mine, e);

    if (s != OK || !mine) return s;
    s = message_event(room, db, arena, m->id, m->patient_id, "out", message_status_name(o->status), e);
    if (s != OK) return s;
    if (o->tell) {
        s = notification_add(db,
                             o->status == MESSAGE_FAILED ? STR("message.failed") : STR("message.uncertain"),
                             m->patient_id, m->id, SEVERITY_LOOK, now_us, e);
        if (s != OK) return s;
    }
    if (o->status == MESSAGE_FAILED) return fail_next_parts(db, m->id, now_us, e);
    if (o->status < MESSAGE_ACCEPTED) return OK;
    if ((s = next_part(db, m->id, &next, e)) != OK || next == 0) return s;
    return add_job(room, db, arena, next, now_us, e);
}

enum status outbox_record(struct job_context *ctx, const struct job *job, const struct message_row *m,
                          const struct outcome *o, int64_t now_us, struct err *e) {
    enum status s = db_begin(ctx->db, e);
    if (s != OK) return s;
    s = record(ctx->room, ctx->db, ctx->arena, m, o, now_us, e);
    if (s == OK && job) s = job_finish(ctx, job, e);
    return db_finish(ctx->db, s, e);
}
