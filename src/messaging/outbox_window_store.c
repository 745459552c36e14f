#include "messaging/outbox_window.h"

#include "accounts/notification.h"
#include "db/db.h"
#include "messaging/contact.h"
#include "messaging/outbox_sender.h"
#include "messaging/template.h"
#include "queries.h"

struct passing {
    struct messaging *room;
    struct db *db;
    struct arena *arena;
    struct outbox_item *item;
    struct contact contact;
    int64_t now_us;
};

/* ---- what leaves ---- */

static enum status dress(const struct passing *p, struct str name, struct str body, struct err *e) {
    const struct db_val in[] = { db_int(p->item->id), db_text_or_null(name), db_text_or_null(body) };
    return db_run(p->db, &q_outbox_dress, in, NULL, NULL, NULL, e);
}

static enum status let_go(struct db *db, int64_t id, int64_t now_us, struct err *e) {
    const struct db_val in[] = { db_int(id), db_int(now_us) };
    return db_run(db, &q_outbox_let_go, in, NULL, NULL, NULL, e);
}

static enum status leave_free(const struct passing *p, struct err *e) {
    if (p->item->template_name.n == 0) return OK;
    p->item->template_name = STR("");
    return dress(p, STR(""), STR(""), e);
}

/* *found false: there is none that is approved and fits. */
static enum status leave_as_template(const struct passing *p, bool *found, struct err *e) {
    struct outbox_item *item = p->item;
    struct template t;
    struct str list, text;
    struct err local = { 0 };
    enum status s = template_approved(p->db, p->arena, item->template, item->patient_id, &t, &local);

    if (s == OK) s = template_fill(p->arena, &t, item->template_variables, &list, &text, &local);
    *found = s == OK;
    if (s == E_NOT_FOUND || s == E_INVALID) return OK;
    if (s != OK) return fail(e, s, local.message, "%s", local.detail);
    item->template_name = t.carrier_name;
    item->template_language = t.carrier_language;
    item->template_variables = list;
    item->body = text;
    return dress(p, t.carrier_name, text, e);
}

/* ---- what stays ---- */

static enum status end(const struct passing *p, struct str code, bool tell, struct err *e) {
    const struct outcome ended = {
        .attempt = p->item->attempts, .status = MESSAGE_FAILED, .error_code = code, .tell = tell
    };
    return outbox_record(p->room, p->db, p->arena, p->item, &ended, p->now_us, e);
}

static bool is_waiting(const struct outbox_item *item) {
    return str_eq(item->template, TEMPLATE_PURPOSE_WAITING);
}

/* "Your clinic has answered": once a closed window, and only if it can leave. */
static enum status say_that_it_waits(const struct passing *p, struct err *e) {
    const struct outbox_item *item = p->item;
    struct outbox_message m = { .kind = item->kind,
                                .patient_id = item->patient_id,
                                .phone = item->phone,
                                .purpose = TEMPLATE_PURPOSE_WAITING };
    struct err local = { 0 };
    struct patient patient = patient_blank();
    struct template t;
    struct str list;
    enum status s = template_approved(p->db, p->arena, m.purpose, item->patient_id, &t, &local);

    if (s == OK && item->patient_id) s = patient_get(p->db, p->arena, item->patient_id, &patient, &local);
    const struct template_value values[] = { { "name", patient.first_name }, { 0 } };
    if (s == OK && (!template_values(p->arena, values, &m.variables) ||
                    !arena_printf(p->arena, &m.key, "waiting:%.*s:%lld", STR_ARG(item->phone),
                                  (long long)p->contact.last_in_at_us)))
        s = E_LIMIT;
    if (s == OK) s = template_fill(p->arena, &t, m.variables, &list, &m.body, &local);
    if (s == E_NOT_FOUND || s == E_INVALID) return OK;
    if (s != OK) return fail(e, s, local.message, "%s", local.detail);
    return outbox_add(p->room, p->db, &m, p->now_us, NULL, e);
}

/* What is said when a message begins to wait for the person. */
static enum status tell(const struct passing *p, struct err *e) {
    const struct outbox_item *item = p->item;
    enum status s = OK;
    if (item->template.n)
        s = notification_add_once(p->db, STR("template.missing"), SEVERITY_LOOK, p->now_us, e);
    if (s == OK && item->kind == MESSAGE_ALERT)
        s = notification_add(p->db, STR("message.held"), item->patient_id, item->id, SEVERITY_LOOK, p->now_us,
                             e);
    bool answers = item->kind == MESSAGE_REPLY || item->kind == MESSAGE_ALERT;
    return s == OK && answers && p->contact.last_in_at_us ? say_that_it_waits(p, e) : s;
}

static enum status hold(const struct passing *p, bool tells, struct err *e) {
    const struct outbox_item *item = p->item;
    int64_t until_us = item->created_at_us + OUTBOX_HELD_US;
    const struct db_val in[] = { db_int(item->id), db_int(item->attempts), db_int(until_us) };
    enum status s;

    if (until_us <= p->now_us) return end(p, STR("window_closed"), true, e);
    s = db_run(p->db, &q_outbox_hold, in, NULL, NULL, NULL, e);
    return s == OK && tells && !item->is_held ? tell(p, e) : s;
}

/* ---- the order of what is held ---- */

struct first {
    int64_t id, place;
};

static enum status take_first(void *ctx, const struct db_val *col, struct err *e) {
    struct first *first = ctx;
    (void)e;
    *first = (struct first) { col[0].i, col[1].i };
    return OK;
}

static enum status first_held(struct db *db, struct str phone, struct first *first, struct err *e) {
    const struct db_val in[] = { db_text(phone) };
    *first = (struct first) { 0 };
    return db_run(db, &q_outbox_first_held, in, take_first, first, NULL, e);
}

/* Nothing older waits for the same person. */
static bool is_turn(const struct outbox_item *item, const struct first *first) {
    int64_t place = item->replaces_id ? item->replaces_id : item->id;
    return !first->id || first->id == item->id || place < first->place || item->kind == MESSAGE_ALERT;
}

static enum status pass_open(const struct passing *p, bool *leaves, struct err *e) {
    struct first first;
    enum status s;

    if (is_waiting(p->item)) return end(p, STR("not_needed"), false, e);
    if ((s = first_held(p->db, p->item->phone, &first, e)) != OK) return s;
    *leaves = is_turn(p->item, &first);
    return *leaves ? leave_free(p, e) : hold(p, false, e);
}

static enum status pass_closed(const struct passing *p, bool *leaves, struct err *e) {
    enum status s = p->item->template.n ? leave_as_template(p, leaves, e) : OK;
    if (s != OK || *leaves) return s;
    /* Nobody asked for it: it does not wait a week for the person to write. */
    if (p->item->kind == MESSAGE_BULK && !p->item->template.n) return end(p, STR("window_closed"), false, e);
    return is_waiting(p->item) ? end(p, STR("not_needed"), false, e) : hold(p, true, e);
}

enum status outbox_window_pass(struct messaging *room, struct db *db, struct arena *arena,
                               struct outbox_item *item, int64_t now_us, bool *leaves, struct err *e) {
    struct passing p = { .room = room, .db = db, .arena = arena, .item = item, .now_us = now_us };
    enum status s;

    *leaves = true;
    if (!room->channel->has_window || item->transport == TRANSPORT_SMS) return OK;
    if ((s = contact_get(db, arena, item->phone, &p.contact, e)) != OK) return s;
    *leaves = false;
    s = contact_window_is_open(&p.contact, now_us) ? pass_open(&p, leaves, e) : pass_closed(&p, leaves, e);
    return s == OK && *leaves && item->is_held ? let_go(db, item->id, now_us, e) : s;
}

static void wake(void *sender) {
    outbox_sender_wake(sender);
}

enum status outbox_window_next(struct messaging *room, struct db *db, struct arena *arena, struct str phone,
                               int64_t now_us, struct err *e) {
    struct contact contact;
    struct first first;
    enum status s;

    if (!room->channel->has_window) return OK;
    if ((s = first_held(db, phone, &first, e)) != OK || !first.id) return s;
    if ((s = contact_get(db, arena, phone, &contact, e)) != OK) return s;
    if (!contact_window_is_open(&contact, now_us)) return OK;
    if ((s = let_go(db, first.id, now_us, e)) != OK) return s;
    return db_after_commit(db, wake, room->sender, e);
}

enum status outbox_window_retry(struct messaging *room, struct db *db, struct str purpose, int64_t now_us,
                                struct err *e) {
    const struct db_val in[] = { db_text(purpose), db_int(now_us) };
    enum status s = db_run(db, &q_outbox_look_again, in, NULL, NULL, NULL, e);
    return s == OK ? db_after_commit(db, wake, room->sender, e) : s;
}
