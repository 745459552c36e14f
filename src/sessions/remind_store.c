/*
 * remind_store -- the job that tells doctors that somebody waits.
 *
 * First the doctor who has the conversation (or whose patient it is), then all doctors, REMINDERS_MAX times in all.
 */
#include "accounts/alert.h"
#include "accounts/notification.h"
#include "db/db.h"
#include "messaging/payload.h"
#include "queries.h"
#include "sessions/session.h"

#define REMIND_JOB "sessions.remind"

enum { REMINDERS_MAX = 4 };

static enum status add_job(const struct sessions *room, struct db *db, struct arena *arena, int64_t id,
                           int64_t run_at_us, int64_t now_us, struct err *e) {
    struct str payload, key;
    if (!arena_printf(arena, &payload, "{\"conversation_id\":%lld}", (long long)id) ||
        !arena_printf(arena, &key, REMIND_JOB ":%lld", (long long)id))
        return fail(e, E_LIMIT, NULL, "no memory for a reminder");
    return job_add(db, room->signal, STR(REMIND_JOB), payload, run_at_us, key, now_us, e);
}

enum status session_wait(const struct sessions *room, struct db *db, struct arena *arena, int64_t id,
                         int64_t at_us, int64_t now_us, struct err *e) {
    int64_t due_us = now_us + room->reminder_us;
    const struct db_val in[] = { db_int(id), db_int(at_us), db_int(due_us) };
    enum status s = db_run(db, &q_conversation_wait, in, NULL, NULL, NULL, e);
    return s == OK ? add_job(room, db, arena, id, due_us, now_us, e) : s;
}

/* Who is told first; 0: everybody. */
static enum status first_doctor(struct db *db, struct arena *arena, const struct session *session,
                                int64_t *id, struct err *e) {
    struct patient p;
    *id = session->doctor_id;
    if (*id || !session->patient_id) return OK;
    enum status s = patient_get(db, arena, session->patient_id, &p, e);
    if (s == OK) *id = p.assigned_to;
    return s;
}

static enum status remind(const struct sessions *room, struct db *db, struct arena *arena,
                          const struct session *session, int64_t now_us, struct err *e) {
    int64_t doctor_id = 0, notification_id;
    enum status s = session->reminders ? OK : first_doctor(db, arena, session, &doctor_id, e);
    if (s != OK) return s;
    s = notification_add_id(db, STR("conversation.unanswered"), session->patient_id, session->id,
                            SEVERITY_LOOK, now_us, &notification_id, e);
    return s == OK ? alert_add(room->messaging->alerts, db, arena, notification_id, doctor_id, now_us, e) : s;
}

/* *next_us: when to look again; 0: no more. */
static enum status look(const struct sessions *room, struct db *db, struct arena *arena, int64_t id,
                        int64_t now_us, int64_t *next_us, struct err *e) {
    struct session session;
    enum status s = session_get(db, arena, id, &session, e);
    *next_us = 0;
    if (s != OK || !session.waiting_since_us || !session.remind_at_us || session.expires_at_us <= now_us)
        return s;
    *next_us = session.remind_at_us;
    if (session.remind_at_us > now_us) return OK;
    if ((s = remind(room, db, arena, &session, now_us, e)) != OK) return s;
    bool last = session.reminders + 1 >= REMINDERS_MAX;
    *next_us = last ? 0 : now_us + room->reminder_us;
    const struct db_val in[] = { db_int(id), db_int_or_null(*next_us), db_int(session.reminders + 1) };
    return db_run(db, &q_conversation_remind_at, in, NULL, NULL, NULL, e);
}

static enum status run_once(struct job_context *c, const struct job *job, int64_t id, struct err *e) {
    const struct sessions *room = c->room;
    int64_t now_us = clock_now_us(c->clock), next_us = 0;
    struct err local = { 0 };
    const struct db_val in[] = { db_int(id) };
    enum status s = db_run(c->db, &q_conversation_hold, in, NULL, NULL, NULL, e);

    if (s != OK) return s;
    s = look(room, c->db, c->arena, id, now_us, &next_us, &local);
    if (s != OK && s != E_NOT_FOUND) return fail(e, s, local.message, "%s", local.detail);
    if ((s = job_finish(c, job, e)) != OK || !next_us) return s;
    return add_job(room, c->db, c->arena, id, next_us, now_us, e);
}

static enum status run(struct job_context *c, const struct job *job, struct err *e) {
    int64_t id;
    enum status s = payload_id(c->arena, job, "conversation_id", &id, e);
    if (s != OK || (s = db_begin(c->db, e)) != OK) return s;
    return db_finish(c->db, run_once(c, job, id, e), e);
}

struct job_kind sessions_job_kind(struct sessions *room) {
    return (struct job_kind) {
        .name = REMIND_JOB, .run = run, .room = room, .lease_us = MINUTE_US, .attempts_max = 12
    };
}
