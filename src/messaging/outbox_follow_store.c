#include "messaging/outbox_follow.h"

#include "accounts/notification.h"
#include "db/db.h"
#include "messaging/contact.h"
#include "messaging/outbox.h"
#include "messaging/outbox_sms.h"
#include "messaging/outbox_window.h"
#include "messaging/sender_limit.h"
#include "messaging/template.h"
#include "patients/consent.h"
#include "queries.h"

/* A broken chain of rows must not be walked for ever. */
enum { CHAIN_MAX = 16 };

#define AGAIN_FIRST_US  (5 * MINUTE_US)
#define AGAIN_SECOND_US (30 * MINUTE_US)
#define LATER_FIRST_US  HOUR_US
#define LATER_SECOND_US (4 * HOUR_US)
#define KEPT_FIRST_US   (24 * HOUR_US)
#define KEPT_SECOND_US  (72 * HOUR_US)

struct following {
    struct messaging *room;
    struct db *db;
    struct arena *arena;
    const struct outbox_failure *failure;
    struct message_row m;
    int depth; /* 0: it replaces nothing */
    int64_t now_us;
    bool replaced;
};

/* The row of the other end, or 0. */
static enum status neighbour(struct db *db, const struct db_query *q, int64_t id, int64_t *other,
                             struct err *e) {
    const struct db_val in[] = { db_int(id) };
    *other = 0;
    return db_run(db, q, in, db_take_i64, other, NULL, e);
}

static enum status count_depth(struct following *f, struct err *e) {
    int64_t id = f->m.id;
    for (f->depth = 0; f->depth < CHAIN_MAX; f->depth++) {
        enum status s = neighbour(f->db, &q_outbox_replaced, id, &id, e);
        if (s != OK || !id) return s;
    }
    return OK;
}

/* ---- one more row ---- */

static enum status replace(struct following *f, enum transport transport, struct str body, int64_t due_us,
                           struct err *e) {
    const struct message_row *m = &f->m;
    struct outbox_message again = { .kind = m->kind,
                                    .patient_id = m->patient_id,
                                    .phone = m->phone,
                                    .body = body,
                                    .answers_id = m->answers_id,
                                    .purpose = m->template,
                                    .variables = m->template_variables,
                                    .transport = transport,
                                    .replaces_id = m->id,
                                    .broadcast_id = m->broadcast_id,
                                    .due_us = due_us };
    int64_t id;
    enum status s;

    if (!arena_printf(f->arena, &again.key, "again:%lld", (long long)m->id))
        return fail(e, E_LIMIT, NULL, "no memory for a message that replaces another");
    if ((s = outbox_add(f->room, f->db, &again, f->now_us, NULL, e)) != OK) return s;
    if ((s = neighbour(f->db, &q_outbox_replacement, m->id, &id, e)) != OK || !id) return s;
    f->replaced = true;
    const struct db_val behind[] = { db_int(m->id), db_int(id) };
    return db_run(f->db, &q_outbox_part_behind, behind, NULL, NULL, NULL, e);
}

static enum status again_later(struct following *f, int64_t first_us, int64_t second_us, struct err *e) {
    if (f->depth >= OUTBOX_AGAIN_MAX) return OK;
    return replace(f, f->m.transport, f->m.body, f->now_us + (f->depth ? second_us : first_us), e);
}

/* ---- by the verdict ---- */

/* It leaves as a template or is held: outbox_window.h decides when it is due, which is now. A template needs no window. */
static enum status window(struct following *f, struct err *e) {
    const struct message_row *m = &f->m;
    enum status s;

    if (m->transport != TRANSPORT_WHATSAPP || m->template_name.n || f->depth > OUTBOX_AGAIN_MAX) return OK;
    if ((s = contact_shut_window(f->db, m->phone, m->attempted_at_us, e)) != OK) return s;
    return replace(f, m->transport, m->body, 0, e);
}

static enum status opted_out(struct following *f, struct err *e) {
    if (!f->m.patient_id) return OK;
    return consent_record(f->db, f->m.patient_id, CONSENT_MESSAGES, false, CONSENT_BY_WHATSAPP, 0, f->now_us,
                          e);
}

static enum status unreachable(struct following *f, struct err *e) {
    const struct message_row *m = &f->m;
    struct patient p = patient_blank();
    struct str text;
    enum status s;

    if (m->transport != TRANSPORT_WHATSAPP) return OK;
    if ((s = contact_set_unreachable(f->db, m->phone, f->now_us, e)) != OK) return s;
    if (!f->room->has_sms || !outbox_sms_may_carry(m->kind) || f->depth > OUTBOX_AGAIN_MAX) return OK;
    if (m->patient_id && (s = patient_get(f->db, f->arena, m->patient_id, &p, e)) != OK) return s;
    if (!outbox_sms_text(f->arena, m, p.language, &text))
        return fail(e, E_LIMIT, NULL, "no memory for an SMS");
    return replace(f, TRANSPORT_SMS, text, 0, e);
}

static enum status later(struct following *f, struct err *e) {
    enum status s = outbox_pause_bulk(f->room, f->db, f->now_us, f->now_us + LATER_FIRST_US, e);
    if (s != OK || !f->failure->reported) return s;
    /* Nobody of a broadcast is lost to a limit of days: the ledger's desk says when the sender may again. */
    if (f->m.broadcast_id && f->depth < CHAIN_MAX)
        return replace(f, f->m.transport, f->m.body, f->now_us + LATER_FIRST_US, e);
    return again_later(f, LATER_FIRST_US, LATER_SECOND_US, e);
}

/* Of a broadcast many fail together: the first says it and has the carrier asked. */
static enum status template(struct following *f, struct err *e) {
    const struct db_val in[] = { db_text(f->m.template_name) }; int64_t doubted = 0;
    enum status s = db_run(f->db, &q_template_doubt, in, NULL, NULL, &doubted, e);
    if (s != OK || !doubted) return s;
    s = notification_add_once(f->db, STR("template.refused"), SEVERITY_LOOK, f->now_us, e);
    return s == OK ? template_add_check(f->room, f->db, true, 0, f->now_us, e) : s;
}

static enum status by_verdict(struct following *f, struct err *e) {
    switch (f->failure->verdict) {
    case VERDICT_WINDOW: return window(f, e);
    case VERDICT_OPTED_OUT: return opted_out(f, e);
    case VERDICT_UNREACHABLE: return unreachable(f, e);
    case VERDICT_RETRY: return f->failure->reported ? again_later(f, AGAIN_FIRST_US, AGAIN_SECOND_US, e) : OK;
    case VERDICT_KEPT_BACK: return again_later(f, KEPT_FIRST_US, KEPT_SECOND_US, e);
    case VERDICT_LATER: return later(f, e);
    case VERDICT_TEMPLATE: return template(f, e);
    case VERDICT_NONE:
    case VERDICT_REFUSED:
    case VERDICT_ACCOUNT:
    case VERDICT_COUNT: break;
    }
    return OK;
}

enum status outbox_follow(struct messaging *room, struct db *db, struct arena *arena,
                          const struct outbox_failure *failure, int64_t now_us, struct err *e) {
    struct following f = { .room = room, .db = db, .arena = arena, .failure = failure, .now_us = now_us };
    enum status s = OK;

    if (failure->verdict == VERDICT_NONE && !failure->tell) return OK;
    if ((s = message_get(db, arena, failure->id, &f.m, e)) != OK) return s;
    if ((s = count_depth(&f, e)) != OK || (s = by_verdict(&f, e)) != OK) return s;
    if (f.replaced || !failure->tell) return OK;
    return notification_add(db, STR("message.failed"), f.m.patient_id, f.m.id, SEVERITY_LOOK, now_us, e);
}

enum status outbox_follow_delivered(struct messaging *room, struct db *db, struct arena *arena, int64_t id,
                                    int64_t now_us, struct err *e) {
    for (int i = 0; i < CHAIN_MAX; i++) {
        struct message_row m;
        int64_t next, changed = 0;
        enum status s = neighbour(db, &q_outbox_replacement, id, &next, e);
        if (s != OK || !next) return s;
        const struct db_val in[] = { db_int(next), db_int(MESSAGE_FAILED), db_int(now_us) };
        if ((s = db_run(db, &q_outbox_cancel, in, NULL, NULL, &changed, e)) != OK) return s;
        if (changed) {
            if ((s = message_get(db, arena, next, &m, e)) != OK) return s;
            return outbox_window_next(room, db, arena, m.phone, now_us, e);
        }
        id = next;
    }
    return OK;
}

enum status outbox_pause_bulk(const struct messaging *room, struct db *db, int64_t now_us, int64_t until_us,
                              struct err *e) {
    const struct db_val in[] = { db_int(LANE_BULK), db_int(now_us), db_int(until_us) };
    enum status s = db_run(db, &q_outbox_pause_bulk, in, NULL, NULL, NULL, e);
    return s == OK ? sender_limit_refused(db, str_from_c(room->channel->name), now_us, until_us, e) : s;
}
