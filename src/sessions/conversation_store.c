/*
 * conversation_store -- conversations as inbound messages need them (messaging/conversation.h).
 */
#include "accounts/notification.h"
#include "db/db.h"
#include "queries.h"
#include "sessions/access_code.h"
#include "sessions/session.h"

static bool key_of(struct arena *arena, struct str phone, int64_t at_us, struct str *key) {
    struct date day = date_of_us(at_us);
    struct str digits = str_sub(phone, 1, phone.n);
    return arena_printf(arena, key, "whatsapp_%.*s_%04d%02d%02d", STR_ARG(digits), day.year, day.month,
                        day.day);
}

struct look_to {
    struct arena *arena;
    struct conversation *out;
};

static enum status take_open(void *ctx, const struct db_val *col, struct err *e) {
    struct look_to *to = ctx;
    *to->out = (struct conversation) { .id = col[0].i,
                                       .by_doctor = str_eq(col[2].s, STR("doctor")),
                                       .person_id = col[3].i,
                                       .person_until_us = col[4].i,
                                       .expects = (enum conversation_expects)col[5].i,
                                       .expects_id = col[5].i ? col[6].i : 0 };
    return db_copy(to->arena, &col[1], &to->out->key, e);
}

static enum status look(void *ctx, struct db *db, struct arena *arena, struct str phone, int64_t at_us,
                        struct conversation *out, struct err *e) {
    const struct db_val in[] = { db_text(phone), db_int(at_us) };
    struct look_to to = { arena, out };
    (void)ctx;
    *out = (struct conversation) { .id = 0 };
    if (!key_of(arena, phone, at_us, &out->key))
        return fail(e, E_LIMIT, NULL, "no memory for a conversation");
    return db_run(db, &q_conversation_open, in, take_open, &to, NULL, e);
}

struct row {
    int64_t id, person_id, person_until_us, expects, expects_id, waiting_since_us, expires_at_us;
    bool by_doctor;
};

static enum status take_row(void *ctx, const struct db_val *col, struct err *e) {
    (void)e;
    *(struct row *)ctx = (struct row) { .id = col[0].i,
                                        .by_doctor = str_eq(col[1].s, STR("doctor")),
                                        .person_id = col[2].i,
                                        .person_until_us = col[3].i,
                                        .expects = col[4].i,
                                        .expects_id = col[4].i ? col[5].i : 0,
                                        .waiting_since_us = col[6].i,
                                        .expires_at_us = col[7].i };
    return OK;
}

/* Known by the number alone is who it is, whatever stands there. */
static bool is_as_before(const struct row *row, const struct conversation *before) {
    bool same_person =
        row->person_id == before->person_id || (!row->person_until_us && !before->person_until_us);
    return row->by_doctor == before->by_doctor && same_person && row->expects == (int64_t)before->expects &&
           row->expects_id == before->expects_id;
}

static enum status lock(struct db *db, const struct conversation *before, const struct conversation_turn *t,
                        struct row *row, struct err *e) {
    const struct db_val in[] = { db_text(before->key), db_text(t->phone), db_int(t->at_us) };
    enum status s = db_run(db, &q_conversation_lock, in, take_row, row, NULL, e);
    if (s != OK || row->expires_at_us > t->at_us) return s;
    const struct db_val id = db_int(row->id);
    *row = (struct row) { .id = row->id };
    return db_run(db, &q_conversation_reopen, &id, NULL, NULL, NULL, e);
}

static enum status write(struct db *db, const struct row *row, const struct conversation_turn *t,
                         struct err *e) {
    const struct db_val in[] = {
        db_int(row->id),
        db_int_or_null(t->person_id),
        db_int(t->person_until_us),
        db_int(t->expects),
        db_int_or_null(t->expects_id),
        db_int(t->expects == EXPECTS_NOTHING ? 0 : t->at_us + SESSION_EXPECTS_US),
        db_int(t->at_us),
        db_int(t->at_us + SESSION_LIFE_US),
        db_int(t->answered),
    };
    return db_run(db, &q_conversation_turn, in, NULL, NULL, NULL, e);
}

/* Who wants a doctor, or writes to one, waits. */
static enum status wait_for_doctor(const struct sessions *room, struct db *db, struct arena *arena,
                                   const struct row *row, const struct conversation_turn *t, struct err *e) {
    enum status s = OK;
    if (row->waiting_since_us || !(t->wants_doctor || row->by_doctor)) return OK;
    if (!row->by_doctor)
        s = notification_add(db, STR("conversation.doctor_wanted"), t->patient_id, row->id, SEVERITY_LOOK,
                             t->now_us, e);
    return s == OK ? session_wait(room, db, arena, row->id, t->at_us, t->now_us, e) : s;
}

static enum status turn(void *ctx, struct db *db, struct arena *arena, const struct conversation *before,
                        const struct conversation_turn *t, int64_t *id, struct err *e) {
    struct row row = { 0 };
    enum status s = lock(db, before, t, &row, e);
    if (s != OK) return s;
    if (!is_as_before(&row, before))
        return fail(e, E_CONFLICT, NULL, "conversation %lld has changed", (long long)row.id);
    *id = row.id;
    if ((s = write(db, &row, t, e)) != OK) return s;
    if ((s = wait_for_doctor(ctx, db, arena, &row, t, e)) != OK) return s;
    return session_event(ctx, db, arena, row.id, t->person_id, row.by_doctor, e);
}

struct conversation_desk sessions_desk(struct sessions *room) {
    return (struct conversation_desk) {
        .ctx = room, .look = look, .turn = turn, .check_code = access_code_check, .try_code = access_code_try
    };
}
