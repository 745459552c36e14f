#include "db/db.h"
#include "queries.h"
#include "sessions/inbox.h"

static enum status done(const struct sessions *room, struct db *db, struct arena *arena, int64_t id,
                        const struct inbox_read *read, const struct session_actor *actor, struct err *e) {
    struct session session;
    enum status s = session_get(db, arena, id, &session, e);

    if (s != OK) return s;
    const struct db_val notices[] = { db_text(session.phone), db_int(read->notice_id), db_int(actor->now_us),
                                      db_int(actor->user_id) };
    const struct db_val waiting[] = { db_text(session.phone), db_int(read->message_id) };
    if ((s = db_run(db, &q_inbox_done_notices, notices, NULL, NULL, NULL, e)) != OK) return s;
    if ((s = db_run(db, &q_inbox_done_waiting, waiting, NULL, NULL, NULL, e)) != OK) return s;
    if ((s = session_keep_deed(db, id, "done", actor, e)) != OK) return s;
    return session_note(room, db, arena, &session, session.by_doctor, STR("session.done"), actor, e);
}

enum status inbox_done(const struct sessions *room, struct db *db, struct arena *arena, int64_t id,
                       const struct inbox_read *read, const struct session_actor *actor, struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, done(room, db, arena, id, read, actor, e), e) : s;
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
