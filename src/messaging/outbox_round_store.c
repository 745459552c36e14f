#include "messaging/outbox_round_store.h"
#include "db/db.h"
#include "messaging/sender_rate.h"
#include "net/breaker.h"

enum { CALL_ARENA_BYTES = 1 << 20, TAKEN_MAX = OUTBOX_CALLS_MAX };

/* A message that is asked for is looked at again by its job alone; should that be lost, after this time. */
#define SETTLE_LEASE_US DAY_US

/* ---- what has ended ---- */

static enum status record_ended(struct outbox_round *r, int64_t now_us, struct err *e) {
    enum status s = OK;
    for (size_t i = 0; i < OUTBOX_CALLS_MAX && s == OK; i++) {
        struct outbox_call *c = &r->calls[i];
        if (!c->ended) continue;
        s = outbox_record(r->room, r->db, r->arena, &c->item, &c->outcome, now_us, e);
        if (s == OK && c->outcome.status == MESSAGE_UNCERTAIN)
            s = outbox_add_settle(r->room, r->db, r->arena, c->item.id, now_us + SECOND_US, now_us, e);
    }
    return s;
}

static int free_ended(struct outbox_round *r) {
    int count = 0;
    for (size_t i = 0; i < OUTBOX_CALLS_MAX; i++) {
        struct outbox_call *c = &r->calls[i];
        if (!c->ended) continue;
        struct arena *arena = c->arena;
        r->busy--;
        r->busy_bulk -= c->item.kind == MESSAGE_BULK;
        *c = (struct outbox_call) { .arena = arena };
        arena_reset(arena);
        count++;
    }
    return count;
}

/* ---- what is taken ---- */

/* What a round takes, before it is committed. */
struct taking {
    struct outbox_round *round;
    struct outbox_item items[TAKEN_MAX];
    size_t count;
    int settled;
    int64_t next_us; /* of the rate */
    bool rate_read;
    int64_t now_us;
};

/* How many the rate lets go; the row is read when the first message needs it. */
static enum status may_leave(struct taking *t, bool *may, struct err *e) {
    const struct messaging *room = t->round->room;
    if (!t->rate_read) {
        enum status s =
            sender_rate_lock(t->round->db, str_from_c(room->channel->name), t->now_us, &t->next_us, e);
        if (s != OK) return s;
        t->rate_read = true;
    }
    *may = sender_rate_grant(&t->next_us, room->message_rate, t->now_us, 1) == 1;
    return OK;
}

/* Its last hand-over ended without an outcome: the carrier is asked, nothing is sent. */
static enum status settle(struct taking *t, const struct outbox_item *item, struct err *e) {
    struct outbox_round *r = t->round;
    enum status s = outbox_postpone(r->db, item, t->now_us + SETTLE_LEASE_US, e);
    t->settled++;
    return s == OK ? outbox_add_settle(r->room, r->db, r->arena, item->id, 0, t->now_us, e) : s;
}

static enum status leave_out(struct taking *t, const struct outbox_item *item, struct err *e) {
    const struct outcome opted_out = { .attempt = item->attempts,
                                       .status = MESSAGE_FAILED,
                                       .error_code = STR("opted_out") };
    return outbox_record(t->round->room, t->round->db, t->round->arena, item, &opted_out, t->now_us, e);
}

/* *full: nothing more can be taken now. */
static enum status take(struct taking *t, const struct outbox_item *item, bool *full, struct err *e) {
    struct outbox_round *r = t->round;
    bool opted_out, may = false;
    enum status s;

    if (item->in_flight) return settle(t, item, e);
    if ((s = outbox_is_opted_out(r->db, item->patient_id, item->kind, &opted_out, e)) != OK) return s;
    if (opted_out) return leave_out(t, item, e);
    if ((s = may_leave(t, &may, e)) != OK) return s;
    if (!may || !breaker_may_call(r->breaker, clock_monotonic_us())) {
        *full = true;
        return OK;
    }
    if ((s = outbox_hand_over(r->db, item, t->now_us, e)) == OK) t->items[t->count++] = *item;
    return s;
}

static size_t places(const struct taking *t, enum message_lane lane) {
    const struct outbox_round *r = t->round;
    size_t free = (size_t)(OUTBOX_CALLS_MAX - r->busy) - t->count;
    if (lane != LANE_BULK) return free;
    size_t bulk = 0;
    for (size_t i = 0; i < t->count; i++) bulk += t->items[i].kind == MESSAGE_BULK;
    size_t free_bulk = (size_t)(OUTBOX_BULK_CALLS_MAX - r->busy_bulk) - bulk;
    return free < free_bulk ? free : free_bulk;
}

static enum status take_lane(struct taking *t, enum message_lane lane, bool *full, struct err *e) {
    struct outbox_item due[OUTBOX_CALLS_MAX];
    size_t count = 0, max = places(t, lane);
    enum status s =
        max ? outbox_due(t->round->db, t->round->arena, lane, t->now_us, due, max, &count, e) : OK;
    for (size_t i = 0; i < count && s == OK && !*full; i++) s = take(t, &due[i], full, e);
    return s;
}

static enum status take_due(struct taking *t, struct err *e) {
    bool full = false;
    enum status s = OK;
    for (int lane = 0; lane < LANE_COUNT && s == OK && !full; lane++)
        s = take_lane(t, (enum message_lane)lane, &full, e);
    if (s != OK || !t->rate_read) return s;
    return sender_rate_set(t->round->db, str_from_c(t->round->room->channel->name), t->next_us, e);
}

/* ---- both ---- */

static bool copy(struct outbox_call *c, const struct outbox_item *item) {
    c->item = *item;
    return arena_dup(c->arena, item->phone, &c->item.phone) &&
           arena_dup(c->arena, item->body, &c->item.body) &&
           arena_dup(c->arena, item->template, &c->item.template) &&
           arena_dup(c->arena, item->template_variables, &c->item.template_variables);
}

static void place(struct outbox_round *r, const struct outbox_item *item) {
    struct outbox_call *c = r->calls;
    while (c->taken) c++; /* places() left one */
    if (!c->arena) c->arena = arena_new(CALL_ARENA_BYTES);
    /* Without memory the hand-over has no outcome: it is asked for when its lease ends. */
    if (!c->arena || !copy(c, item)) return;
    c->taken = true;
    c->out = (struct outgoing) { .message_id = item->id,
                                 .attempt = item->attempts + 1,
                                 .transport = item->transport,
                                 .to = c->item.phone,
                                 .body = c->item.body };
    r->busy++;
    r->busy_bulk += item->kind == MESSAGE_BULK;
}

static bool has_work(const struct outbox_round *r, int64_t now_us, bool takes, bool *ended, enum status *s,
                     struct err *e) {
    int64_t due_us = INT64_MAX;
    *ended = false;
    for (size_t i = 0; i < OUTBOX_CALLS_MAX; i++) *ended |= r->calls[i].ended;
    *s = takes ? outbox_round_next_us(r, &due_us, e) : OK;
    return *s == OK && (*ended || due_us <= now_us);
}

enum status outbox_round_commit(struct outbox_round *r, int64_t now_us, bool takes, int *did, struct err *e) {
    struct taking *t;
    bool ended;
    enum status s;

    arena_reset(r->arena);
    if (!has_work(r, now_us, takes, &ended, &s, e)) return s;
    t = arena_alloc(r->arena, sizeof *t);
    if (!t) return fail(e, E_LIMIT, NULL, "no memory for a round of the sender");
    *t = (struct taking) { .round = r, .now_us = now_us };
    if ((s = db_begin(r->db, e)) != OK) return s;
    s = record_ended(r, now_us, e);
    if (s == OK && takes) s = take_due(t, e);
    if ((s = db_finish(r->db, s, e)) != OK) return s;
    r->rate_next_us = t->rate_read ? t->next_us : r->rate_next_us;
    int count = free_ended(r) + t->settled + (int)t->count;
    for (size_t i = 0; i < t->count; i++) place(r, &t->items[i]);
    if (did) *did = count;
    return OK;
}

static enum message_lane last_lane(const struct outbox_round *r) {
    return r->busy_bulk < OUTBOX_BULK_CALLS_MAX ? LANE_BULK : LANE_NOTICE;
}

enum status outbox_round_next_us(const struct outbox_round *r, int64_t *due_us, struct err *e) {
    *due_us = INT64_MAX;
    if (r->busy == OUTBOX_CALLS_MAX) return OK;
    enum status s = outbox_next_due(r->db, LANE_ALERT, last_lane(r), due_us, e);
    /* What is due before the rate lets it go is due then. */
    if (s == OK && *due_us < r->rate_next_us) *due_us = r->rate_next_us;
    return s;
}
