#include "db/db.h"
#include "queries.h"
#include "sessions/inbox.h"

static const struct message nothing_done = {
    "nothing_done",
    "Il n’y a rien à annuler : le dernier geste dans cette conversation n’a pas été de la marquer comme traitée.",
    "The last thing done in this conversation was not to mark it as dealt with."
};

static enum status done(const struct sessions *room, struct db *db, struct arena *arena, int64_t id,
                        const struct inbox_read *read, const struct session_actor *actor, struct err *e) {
    struct session session;
    enum status s = session_get(db, arena, id, &session, e);

    if (s != OK) return s;
    const struct db_val notices[] = { db_text(session.phone), db_int(read->notice_id), db_int(actor->now_us),
                                      db_int(actor->user_id) };
    const struct db_val waiting[] = { db_text(session.phone), db_int(read->message_id) };
    if ((s = session_keep_deed(db, id, "done", actor, e)) != OK)
        return s; /* with since when somebody waited */
    if ((s = db_run(db, &q_inbox_done_notices, notices, NULL, NULL, NULL, e)) != OK) return s;
    if ((s = db_run(db, &q_inbox_done_waiting, waiting, NULL, NULL, NULL, e)) != OK) return s;
    return session_note(room, db, arena, &session, session.by_doctor, STR("session.done"), actor, e);
}

enum status inbox_done(const struct sessions *room, struct db *db, struct arena *arena, int64_t id,
                       const struct inbox_read *read, const struct session_actor *actor, struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, done(room, db, arena, id, read, actor, e), e) : s;
}

struct last_deed {
    bool done; /* and not something else, or nothing */
    int64_t user_id, at_us, waited_since_us;
};

static enum status take_deed(void *ctx, const struct db_val *col, struct err *e) {
    struct last_deed *deed = ctx;
    (void)e;
    *deed = (struct last_deed) { str_eq(col[0].s, STR("done")), col[1].i, col[2].i, col[3].i };
    return OK;
}

static enum status reopen(const struct sessions *room, struct db *db, struct arena *arena, int64_t id,
                          const struct session_actor *actor, struct err *e) {
    struct session session;
    struct last_deed deed = { 0 };
    const struct db_val key[] = { db_int(id) };
    enum status s = session_get(db, arena, id, &session, e);

    if (s == OK) s = db_run(db, &q_conversation_event_last, key, take_deed, &deed, NULL, e);
    if (s != OK) return s;
    if (!deed.done)
        return fail(e, E_CONFLICT, &nothing_done, "conversation %lld was not done", (long long)id);
    const struct db_val notices[] = { db_int(deed.user_id), db_int(deed.at_us) };
    if ((s = db_run(db, &q_inbox_reopen_notices, notices, NULL, NULL, NULL, e)) != OK) return s;
    if (deed.waited_since_us) s = session_wait(room, db, arena, id, deed.waited_since_us, actor->now_us, e);
    if (s == OK) s = session_keep_deed(db, id, "reopen", actor, e);
    return s == OK
               ? session_note(room, db, arena, &session, session.by_doctor, STR("session.reopen"), actor, e)
               : s;
}

enum status inbox_reopen(const struct sessions *room, struct db *db, struct arena *arena, int64_t id,
                         const struct session_actor *actor, struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, reopen(room, db, arena, id, actor, e), e) : s;
}

static enum status seen(const struct sessions *room, struct db *db, struct arena *arena, int64_t id,
                        int64_t message_id, struct err *e) {
    struct session session;
    int64_t changed = 0;
    enum status s = session_get(db, arena, id, &session, e);

    if (s != OK) return s;
    const struct db_val in[] = { db_text(session.phone), db_int(message_id) };
    s = db_run(db, &q_inbox_seen, in, NULL, NULL, &changed, e);
    if (s != OK || !changed) return s;
    return session_event(room, db, arena, id, session.patient_id, session.by_doctor, e);
}

enum status inbox_seen(const struct sessions *room, struct db *db, struct arena *arena, int64_t id,
                       int64_t message_id, struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, seen(room, db, arena, id, message_id, e), e) : s;
}
