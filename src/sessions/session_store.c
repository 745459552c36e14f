#include "sessions/session.h"
#include "accounts/audit.h"
#include "db/db.h"
#include "http/event_hub.h"
#include "queries.h"

static const struct message session_unknown = { "session_unknown", "Cette conversation n’existe pas.",
                                                "There is no such conversation." };
static const struct message session_closed = {
    "session_closed",
    "Cette conversation est close : le patient n’a rien écrit depuis 24 heures.",
    "This conversation is closed: the patient has written nothing for 24 hours.",
};
static const struct message session_taken = {
    "session_taken",
    "Un collègue a repris cette conversation. Pour la lui prendre, envoyez \"force\": true.",
    "A colleague has taken this conversation over. To take it from them, send \"force\": true.",
};

const struct message session_not_taken = {
    "session_not_taken",
    "Reprenez d’abord cette conversation : c’est l’assistant ou un collègue qui répond.",
    "Take this conversation over first: the assistant or a colleague answers it.",
};

enum column {
    COL_ID,
    COL_KEY,
    COL_PHONE,
    COL_PATIENT,
    COL_PERSON_UNTIL,
    COL_STATE,
    COL_DOCTOR,
    COL_TAKEN_AT,
    COL_WAITING_SINCE,
    COL_REMIND_AT,
    COL_REMINDERS,
    COL_IN_COUNT,
    COL_ASSISTANT_COUNT,
    COL_DOCTOR_COUNT,
    COL_STARTED_AT,
    COL_LAST_MESSAGE_AT,
    COL_EXPIRES_AT,
    COL_PEOPLE
};

/* With its texts borrowed from the columns. */
static struct session read_row(const struct db_val *col) {
    return (struct session) { .id = col[COL_ID].i,
                              .key = col[COL_KEY].s,
                              .phone = col[COL_PHONE].s,
                              .patient_id = col[COL_PATIENT].i,
                              .person_until_us = col[COL_PERSON_UNTIL].i,
                              .by_doctor = str_eq(col[COL_STATE].s, STR("doctor")),
                              .doctor_id = col[COL_DOCTOR].i,
                              .taken_at_us = col[COL_TAKEN_AT].i,
                              .waiting_since_us = col[COL_WAITING_SINCE].i,
                              .remind_at_us = col[COL_REMIND_AT].i,
                              .reminders = col[COL_REMINDERS].i,
                              .in_count = col[COL_IN_COUNT].i,
                              .assistant_count = col[COL_ASSISTANT_COUNT].i,
                              .doctor_count = col[COL_DOCTOR_COUNT].i,
                              .started_at_us = col[COL_STARTED_AT].i,
                              .last_message_at_us = col[COL_LAST_MESSAGE_AT].i,
                              .expires_at_us = col[COL_EXPIRES_AT].i,
                              .people = col[COL_PEOPLE].i };
}

struct get_to {
    struct arena *arena;
    struct session *session;
    bool found;
};

static enum status copy_row(void *ctx, const struct db_val *col, struct err *e) {
    struct get_to *to = ctx;
    *to->session = read_row(col);
    to->found = true;
    enum status s = db_copy(to->arena, &col[COL_KEY], &to->session->key, e);
    return s == OK ? db_copy(to->arena, &col[COL_PHONE], &to->session->phone, e) : s;
}

enum status session_get(struct db *db, struct arena *arena, int64_t id, struct session *out, struct err *e) {
    const struct db_val key = db_int(id);
    struct get_to to = { arena, out, false };
    enum status s = db_run(db, &q_conversation_get, &key, copy_row, &to, NULL, e);
    if (s != OK || to.found) return s;
    return fail(e, E_NOT_FOUND, &session_unknown, "no conversation %lld", (long long)id);
}

struct walk {
    session_row_fn *fn;
    void *ctx;
};

static enum status take_row(void *ctx, const struct db_val *col, struct err *e) {
    const struct walk *w = ctx;
    const struct session session = read_row(col);
    return w->fn(w->ctx, &session, e);
}

enum status session_count(struct db *db, const struct session_filter *f, int64_t *count, struct err *e) {
    const struct db_val in[] = { db_text(f->state), db_int(f->waiting), db_int(f->patient_id),
                                 db_int(f->now_us) };
    return db_get_i64(db, &q_conversation_count, in, count, e);
}

enum status session_each(struct db *db, const struct session_filter *f, session_row_fn *fn, void *ctx,
                         struct err *e) {
    const struct db_val in[] = { db_text(f->state), db_int(f->waiting), db_int(f->patient_id),
                                 db_int(f->now_us), db_int(f->limit),   db_int(f->offset) };
    struct walk w = { fn, ctx };
    return db_run(db, &q_conversation_list, in, take_row, &w, NULL, e);
}

enum { SESSION_MESSAGES_MAX = 200 };

struct ids {
    int64_t items[SESSION_MESSAGES_MAX];
    size_t count;
};

static enum status take_message_id(void *ctx, const struct db_val *col, struct err *e) {
    struct ids *ids = ctx;
    (void)e;
    if (ids->count < SESSION_MESSAGES_MAX) ids->items[ids->count++] = col[0].i;
    return OK;
}

enum status session_write_messages(struct db *db, struct arena *arena, const struct session *session,
                                   struct json_out *json, struct err *e) {
    const struct db_val in[] = { db_text(session->phone), db_int(session->started_at_us),
                                 db_int(session->expires_at_us), db_int(SESSION_MESSAGES_MAX) };
    struct ids ids = { .count = 0 };
    enum status s = db_run(db, &q_conversation_messages, in, take_message_id, &ids, NULL, e);
    for (size_t i = ids.count; s == OK && i-- > 0;) {
        struct message_row m;
        s = message_get(db, arena, ids.items[i], &m, e);
        if (s == OK) s = message_write_json(db, &m, json, e);
    }
    return s;
}

enum status session_event(const struct sessions *room, struct db *db, struct arena *arena, int64_t id,
                          int64_t patient_id, bool by_doctor, struct err *e) {
    struct event_hub *hub = room->messaging->events;
    struct str json;
    if (!hub) return OK;
    if (!arena_printf(arena, &json, "{\"id\":%lld,\"patient\":%lld,\"state\":\"%s\"}", (long long)id,
                      (long long)patient_id, by_doctor ? "doctor" : "assistant"))
        return fail(e, E_LIMIT, NULL, "no memory for an event");
    return event_hub_publish_after_commit(hub, db, arena, "session", json, e);
}

enum status session_note(const struct sessions *room, struct db *db, struct arena *arena,
                         const struct session *session, bool by_doctor, struct str action,
                         const struct session_actor *actor, struct err *e) {
    enum status s = audit_add(db, actor->user_id, action, STR("session"), session->id, actor->now_us, e);
    return s == OK ? session_event(room, db, arena, session->id, session->patient_id, by_doctor, e) : s;
}

enum status session_keep_deed(struct db *db, int64_t id, const char *kind, const struct session_actor *actor,
                              struct err *e) {
    const struct db_val in[] = { db_int(id), db_text(str_from_c(kind)), db_int(actor->user_id),
                                 db_int(actor->now_us) };
    return db_run(db, &q_conversation_event_insert, in, NULL, NULL, NULL, e);
}

enum status session_check_open(const struct session *session, int64_t now_us, struct err *e) {
    if (session->expires_at_us > now_us) return OK;
    return fail(e, E_CONFLICT, &session_closed, "conversation %lld is closed", (long long)session->id);
}

static enum status take_over(const struct sessions *room, struct db *db, struct arena *arena, int64_t id,
                             bool force, const struct session_actor *actor, struct err *e) {
    const struct db_val in[] = { db_int(id), db_int(actor->user_id), db_int(actor->now_us), db_int(force) };
    struct session session;
    int64_t changed = 0;
    enum status s = db_run(db, &q_conversation_take, in, NULL, NULL, &changed, e);

    if (s == OK) s = session_get(db, arena, id, &session, e);
    if (s == OK) s = session_check_open(&session, actor->now_us, e);
    if (s != OK) return s;
    if (!changed)
        return fail(e, E_CONFLICT, &session_taken, "conversation %lld is a colleague's", (long long)id);
    if ((s = session_keep_deed(db, id, "take_over", actor, e)) != OK) return s;
    return session_note(room, db, arena, &session, true, STR("session.take_over"), actor, e);
}

enum status session_take_over(const struct sessions *room, struct db *db, struct arena *arena, int64_t id,
                              bool force, const struct session_actor *actor, struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, take_over(room, db, arena, id, force, actor, e), e) : s;
}

static enum status release(const struct sessions *room, struct db *db, struct arena *arena, int64_t id,
                           const struct session_actor *actor, struct err *e) {
    const struct db_val in[] = { db_int(id) };
    struct session session;
    int64_t changed = 0;
    enum status s = db_run(db, &q_conversation_release, in, NULL, NULL, &changed, e);

    if (s == OK) s = session_get(db, arena, id, &session, e);
    if (s != OK) return s;
    if (!changed)
        return fail(e, E_CONFLICT, &session_not_taken, "nobody has conversation %lld", (long long)id);
    if ((s = session_keep_deed(db, id, "release", actor, e)) != OK) return s;
    return session_note(room, db, arena, &session, false, STR("session.release"), actor, e);
}

enum status session_release(const struct sessions *room, struct db *db, struct arena *arena, int64_t id,
                            const struct session_actor *actor, struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, release(room, db, arena, id, actor, e), e) : s;
}
