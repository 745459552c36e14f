#include "messaging/outbox_round_store.h"
#include "accounts/notification.h"
#include "db/db.h"
#include "messaging/message_event.h"
#include "net/breaker.h"

enum { CALL_ARENA_BYTES = 1 << 20 };

/* ---- what has ended ---- */

static enum status record(struct outbox_round *r, struct outbox_call *c, int64_t now_us, struct err *e) {
    c->outcome.ask_us = outbox_first_ask_us(r->room, c->outcome.status, now_us);
    enum status s = outbox_record(r->room, r->db, r->arena, &c->item, &c->outcome, now_us, e);
    if (s != OK || c->outcome.status != MESSAGE_UNCERTAIN) return s;
    return outbox_add_settle(r->room, r->db, r->arena, c->item.id, now_us + SECOND_US, now_us, e);
}

/* In a part of the transaction of its own. A failure of the database as a whole is nothing that this message is to blame for. */
static enum status record_alone(struct outbox_round *r, struct outbox_call *c, int64_t now_us,
                                struct err *e) {
    enum status s = db_begin(r->db, e);
    if (s == OK) s = db_finish(r->db, record(r, c, now_us, e), e);
    c->let_fall = s != OK && s != E_RETRY;
    return c->let_fall ? OK : s;
}

static enum status record_ended(struct outbox_round *r, int64_t now_us, struct err *e) {
    enum status s = OK;
    bool account = false;

    for (size_t i = 0; i < OUTBOX_CALLS_MAX && s == OK; i++) {
        struct outbox_call *c = &r->calls[i];
        if (!c->ended) continue;
        account |= c->status == OK && c->sent.verdict == VERDICT_ACCOUNT;
        s = r->careful ? record_alone(r, c, now_us, e) : record(r, c, now_us, e);
    }
    if (s != OK || !account) return s;
    return notification_add_once(r->db, STR("channel.account"), SEVERITY_LOOK, now_us, e);
}

/* A page that listens hears of each message to one person, and of a broadcast once a round. */
static void tell(const struct outbox_round *r) {
    const struct outbox_call *bulk = NULL;
    for (size_t i = 0; i < OUTBOX_CALLS_MAX; i++) {
        const struct outbox_call *c = &r->calls[i];
        if (!c->ended || c->let_fall) continue;
        if (c->item.kind == MESSAGE_BULK)
            bulk = c;
        else
            message_event_now(r->room, c->item.id, c->item.patient_id, "out",
                              message_status_name(c->outcome.status));
    }
    if (bulk)
        message_event_now(r->room, bulk->item.id, bulk->item.patient_id, "out",
                          message_status_name(bulk->outcome.status));
}

static int free_ended(struct outbox_round *r) {
    int count = 0;
    for (size_t i = 0; i < OUTBOX_CALLS_MAX; i++) {
        struct outbox_call *c = &r->calls[i];
        if (!c->ended) continue;
        struct arena *arena = c->arena;
        *c = (struct outbox_call) { .arena = arena };
        arena_reset(arena);
        count++;
    }
    r->ended = 0;
    return count;
}

/* ---- what was taken ---- */

static bool copy(struct outbox_call *c, const struct outbox_item *item) {
    c->item = *item;
    return arena_dup(c->arena, item->phone, &c->item.phone) &&
           arena_dup(c->arena, item->body, &c->item.body) &&
           arena_dup(c->arena, item->template, &c->item.template) &&
           arena_dup(c->arena, item->template_name, &c->item.template_name) &&
           arena_dup(c->arena, item->template_language, &c->item.template_language) &&
           arena_dup(c->arena, item->template_variables, &c->item.template_variables);
}

static bool place(struct outbox_round *r, const struct outbox_item *item) {
    struct outbox_call *c = r->calls;
    while (c->taken) c++; /* places() left one */
    if (!c->arena && !(c->arena = arena_new(CALL_ARENA_BYTES))) return false;
    if (!copy(c, item)) {
        arena_reset(c->arena);
        return false;
    }
    c->taken = true;
    c->out = (struct outgoing) { .message_id = item->id,
                                 .attempt = item->attempts + 1,
                                 .transport = item->transport,
                                 .to = c->item.phone,
                                 .body = c->item.body,
                                 .template_name = c->item.template_name,
                                 .template_language = c->item.template_language,
                                 .template_variables =
                                     c->item.template_name.n ? c->item.template_variables : STR("") };
    r->busy++;
    r->busy_bulk += item->kind == MESSAGE_BULK;
    return true;
}

/* One without memory has no outcome: it is asked for when its lease ends. Answers how many will be called. */
static size_t place_all(struct outbox_round *r, const struct taking *t) {
    size_t placed = 0;
    for (size_t i = 0; i < t->count; i++) placed += place(r, &t->items[i]);
    return placed;
}

/* ---- both ---- */

static enum status commit(struct taking *t, bool takes, struct err *e) {
    struct outbox_round *r = t->round;
    enum status s = db_begin(r->db, e);

    if (s != OK) return s;
    s = record_ended(r, t->now_us, e);
    if (s == OK && takes) s = outbox_take(t, e);
    return db_finish(r->db, s, e);
}

enum status outbox_round_commit(struct outbox_round *r, int64_t now_us, bool takes, int *did, struct err *e) {
    int64_t due_us = INT64_MAX;
    enum status s = takes ? outbox_round_next_us(r, &due_us, e) : OK;
    struct taking *t;

    takes = due_us <= now_us;
    if (s != OK || (!r->ended && !takes)) return s;
    arena_reset(r->arena);
    if (!(t = arena_alloc(r->arena, sizeof *t)))
        return fail(e, E_LIMIT, NULL, "no memory for a round of the sender");
    *t = (struct taking) { .round = r, .now_us = now_us };
    s = commit(t, takes, e);
    r->careful = s != OK && s != E_RETRY;
    if (s == OK) {
        if (t->next_us) r->rate_next_us = t->next_us;
        tell(r);
        *did += free_ended(r) + t->settled + (int)t->count;
    }
    /* The call that was to prove the carrier is not made: another will. */
    if (t->asked > (s == OK ? place_all(r, t) : 0)) breaker_withdrawn(r->breaker);
    return s;
}

static enum message_lane last_lane(const struct outbox_round *r) {
    return r->busy_bulk < OUTBOX_BULK_CALLS_MAX ? LANE_BULK : LANE_NOTICE;
}

enum status outbox_round_next_us(const struct outbox_round *r, int64_t *due_us, struct err *e) {
    *due_us = INT64_MAX;
    if (r->busy == OUTBOX_CALLS_MAX || breaker_refuses(r->breaker, clock_monotonic_us())) return OK;
    enum status s = outbox_next_due(r->db, LANE_ALERT, last_lane(r), due_us, e);
    /* What is due before the rate lets it go is due then. */
    if (s == OK && *due_us < r->rate_next_us) *due_us = r->rate_next_us;
    return s;
}
