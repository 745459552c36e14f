/*
 * stop_store -- cancel, pause, resume; by people, and by the program when the carrier refuses the account.
 */
#include "accounts/audit.h"
#include "accounts/notification.h"
#include "broadcasts/broadcast_event.h"
#include "broadcasts/fill.h"
#include "db/db.h"
#include "queries.h"

static const struct message over = { "broadcast_over", "Cette diffusion est déjà terminée ou annulée.",
                                     "This broadcast is over or cancelled already." };
static const struct message not_sending = { "broadcast_not_sending", "Cette diffusion n’est pas en cours.",
                                            "This broadcast is not being sent." };
static const struct message not_paused = { "broadcast_not_paused", "Cette diffusion n’est pas en pause.",
                                           "This broadcast is not paused." };

struct step {
    struct db *db;
    struct arena *arena;
    const struct broadcast_actor *by;
    struct broadcast b;
};

/* From the status that was read to another; *mine false: it is not that any more. */
static enum status set(const struct step *st, enum broadcast_status to, bool ends, bool *mine,
                       struct err *e) {
    const struct db_val in[] = { db_int(st->b.id),
                                 db_text(str_from_c(broadcast_status_name(st->b.status))),
                                 db_text(str_from_c(broadcast_status_name(to))),
                                 db_int(st->by->now_us),
                                 db_null(),
                                 ends ? db_int(st->by->now_us) : db_null() };
    int64_t changed = 0;
    enum status s = db_run(st->db, &q_broadcast_set_status, in, NULL, NULL, &changed, e);
    *mine = changed > 0;
    return s;
}

static enum status note(const struct step *st, const char *action, struct err *e) {
    enum status s =
        audit_add(st->db, st->by->user_id, str_from_c(action), STR("broadcast"), st->b.id, st->by->now_us, e);
    return s == OK ? broadcast_event(st->by->room, st->db, st->b.id, e) : s;
}

/* The job ends what is left of a long list. */
static enum status cancel_waiting(const struct step *st, struct err *e) {
    int64_t withdrawn = 0, cancelled = 0;
    enum status s = recipient_withdraw(st->db, st->b.id, st->by->now_us, &withdrawn, e);
    if (s == OK) s = recipient_cancel(st->db, st->b.id, st->by->now_us, FREEZE_STEP, &cancelled, e);
    if (s != OK || cancelled < FREEZE_STEP) return s;
    return fill_add_job(st->by->room, st->db, st->arena, st->b.id, 0, st->by->now_us, e);
}

static enum status cancel(struct step *st, struct err *e) {
    bool mine = false;
    enum status s = OK;

    switch (st->b.status) {
    case BROADCAST_DRAFT:
    case BROADCAST_SCHEDULED:
    case BROADCAST_SENDING:
    case BROADCAST_PAUSED: s = set(st, BROADCAST_CANCELLED, true, &mine, e); break;
    case BROADCAST_SENT:
    case BROADCAST_CANCELLED:
    case BROADCAST_FAILED:
    case BROADCAST_DELETED:
    case BROADCAST_STATUS_COUNT: break;
    }
    if (s != OK) return s;
    if (!mine) return fail(e, E_CONFLICT, &over, "broadcast %lld is over", (long long)st->b.id);
    if (st->b.started_at_us && (s = cancel_waiting(st, e)) != OK) return s;
    return note(st, "broadcast.cancel", e);
}

static enum status pause(struct step *st, struct err *e) {
    bool mine = false;
    int64_t withdrawn;
    bool under_way = st->b.status == BROADCAST_SENDING || st->b.status == BROADCAST_SCHEDULED;
    enum status s = under_way ? set(st, BROADCAST_PAUSED, false, &mine, e) : OK;

    if (s != OK) return s;
    if (!mine) return fail(e, E_CONFLICT, &not_sending, "broadcast %lld is not sending", (long long)st->b.id);
    if (st->b.started_at_us) s = recipient_withdraw(st->db, st->b.id, st->by->now_us, &withdrawn, e);
    return s == OK ? note(st, "broadcast.pause", e) : s;
}

/* Its time may have passed: then it starts now. What repeats goes on with its next time, or is over. */
static int64_t resumed_at_us(const struct step *st) {
    const struct repetition series = broadcast_series(&st->b);
    if (st->b.scheduled_at_us > st->by->now_us || st->b.repeat == REPEAT_NONE) return st->b.scheduled_at_us;
    return series_next_us(&series, st->by->now_us);
}

static enum status resume_scheduled(struct step *st, struct err *e) {
    int64_t at_us = resumed_at_us(st), changed = 0;
    enum broadcast_status to = at_us ? BROADCAST_SCHEDULED : BROADCAST_SENT;
    const struct db_val in[] = { db_int(st->b.id), db_int(st->b.version), db_int_or_null(at_us),
                                 db_text(str_from_c(broadcast_status_name(to))), db_int(st->by->now_us) };
    enum status s = db_run(st->db, &q_broadcast_resume_scheduled, in, NULL, NULL, &changed, e);

    if (s != OK) return s;
    if (!changed)
        return fail(e, E_CONFLICT, &not_paused, "broadcast %lld is not paused", (long long)st->b.id);
    st->b.version++;
    st->b.scheduled_at_us = at_us;
    if (at_us && (s = fill_add_start_job(st->by->room, st->db, st->arena, &st->b, st->by->now_us, e)) != OK)
        return s;
    return note(st, "broadcast.resume", e);
}

static enum status resume(struct step *st, struct err *e) {
    bool mine = false;
    if (st->b.status == BROADCAST_PAUSED && !st->b.started_at_us) return resume_scheduled(st, e);
    enum status s = st->b.status == BROADCAST_PAUSED ? set(st, BROADCAST_SENDING, false, &mine, e) : OK;

    if (s != OK) return s;
    if (!mine) return fail(e, E_CONFLICT, &not_paused, "broadcast %lld is not paused", (long long)st->b.id);
    if ((s = fill_add_job(st->by->room, st->db, st->arena, st->b.id, 0, st->by->now_us, e)) != OK) return s;
    if ((s = recipient_finish(st->db, st->b.id, st->by->now_us, e)) != OK) return s;
    return note(st, "broadcast.resume", e);
}

static enum status run(enum status (*fn)(struct step *, struct err *), struct db *db, struct arena *arena,
                       const struct broadcast_actor *by, int64_t id, struct err *e) {
    struct step st = { .db = db, .arena = arena, .by = by };
    enum status s = db_begin(db, e);
    if (s != OK) return s;
    s = broadcast_get(db, arena, id, &st.b, e);
    return db_finish(db, s == OK ? fn(&st, e) : s, e);
}

enum status broadcast_cancel(struct db *db, struct arena *arena, const struct broadcast_actor *by, int64_t id,
                             struct err *e) {
    return run(cancel, db, arena, by, id, e);
}

enum status broadcast_pause(struct db *db, struct arena *arena, const struct broadcast_actor *by, int64_t id,
                            struct err *e) {
    return run(pause, db, arena, by, id, e);
}

enum status broadcast_resume(struct db *db, struct arena *arena, const struct broadcast_actor *by, int64_t id,
                             struct err *e) {
    return run(resume, db, arena, by, id, e);
}

enum status broadcast_pause_for_account(const struct broadcasts *room, struct db *db, int64_t broadcast_id,
                                        int64_t now_us, struct err *e) {
    const struct db_val in[] = { db_int(broadcast_id),
                                 db_text(STR("sending")),
                                 db_text(STR("paused")),
                                 db_int(now_us),
                                 db_text(STR(BROADCAST_ERROR_ACCOUNT)),
                                 db_null() };
    int64_t changed = 0, withdrawn;
    enum status s = db_run(db, &q_broadcast_set_status, in, NULL, NULL, &changed, e);

    if (s != OK || !changed) return s;
    s = recipient_withdraw(db, broadcast_id, now_us, &withdrawn, e);
    if (s == OK) s = audit_add(db, 0, STR("broadcast.pause"), STR("broadcast"), broadcast_id, now_us, e);
    if (s == OK) s = broadcast_event(room, db, broadcast_id, e);
    return s == OK ? notification_add(db, STR("broadcast.paused"), 0, broadcast_id, SEVERITY_LOOK, now_us, e)
                   : s;
}
