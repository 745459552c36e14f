/*
 * outbox_take_store -- what a round hands over. See outbox_round_store.h.
 */
#include "db/db.h"
#include "messaging/bulk.h"
#include "messaging/outbox_round_store.h"
#include "messaging/outbox_window.h"
#include "messaging/sender_rate.h"
#include "net/breaker.h"

/* A message that is asked for is looked at again by its job alone; should that be lost, after this time. */
#define SETTLE_LEASE_US DAY_US

static bool is_under_way(const struct outbox_round *r, const struct outbox_item *item) {
    for (size_t i = 0; i < OUTBOX_CALLS_MAX; i++) {
        const struct outbox_call *c = &r->calls[i];
        if (c->taken && c->item.id == item->id && c->item.attempts + 1 == item->attempts) return true;
    }
    return false;
}

/*
 * Its lease has ended without an outcome: the carrier is asked, nothing is sent. But for one of our own that is still under way: the clock was
 * set, or the machine slept.
 */
static enum status settle(struct taking *t, const struct outbox_item *item, struct err *e) {
    struct outbox_round *r = t->round;
    bool ours = is_under_way(r, item);
    enum status s = outbox_postpone(r->db, item, t->now_us + (ours ? OUTBOX_LEASE_US : SETTLE_LEASE_US), e);

    t->settled++;
    if (s != OK || ours) return s;
    return outbox_add_settle(r->room, r->db, r->arena, item->id, 0, t->now_us, e);
}

static enum status leave_out(struct taking *t, const struct outbox_item *item, const char *why,
                             struct err *e) {
    const struct outcome left_out = { .attempt = item->attempts,
                                      .status = MESSAGE_FAILED,
                                      .error_code = str_from_c(why) };
    t->settled++;
    return outbox_record(t->round->room, t->round->db, t->round->arena, item, &left_out, t->now_us, e);
}

/* A broadcast may be paused or cancelled, or may not send to this person any more. */
static enum status pass_bulk(struct taking *t, const struct outbox_item *item, bool *leaves, struct err *e) {
    const struct outbox_round *r = t->round;
    const struct bulk_desk *desk = r->room->bulk;
    struct bulk_pass pass = { .leaves = true };
    enum status s = OK;

    if (desk && item->broadcast_id)
        s = desk->pass(desk->ctx, r->db, item->broadcast_id, item->patient_id, t->now_us, &pass, e);
    *leaves = pass.leaves;
    if (s != OK || pass.leaves) return s;
    if (!pass.due_us) return leave_out(t, item, pass.left_out, e);
    t->settled++;
    return outbox_postpone(r->db, item, pass.due_us, e);
}

static bool may_leave(struct taking *t) {
    if (!breaker_may_call(t->round->breaker, clock_monotonic_us())) return false;
    t->asked++;
    return sender_rate_grant(&t->next_us, t->round->room->message_rate, t->now_us, 1) == 1;
}

/* The sender is free: the desk of broadcasts, which counts what it lets go, is asked last but for the window. */
static enum status pass(struct taking *t, struct outbox_item *item, bool *leaves, struct err *e) {
    const struct outbox_round *r = t->round;
    enum status s = pass_bulk(t, item, leaves, e);

    if (s != OK || !*leaves) return s;
    s = outbox_window_pass(r->room, r->db, r->arena, item, t->now_us, leaves, e);
    t->settled += s == OK && !*leaves;
    return s;
}

/* *full: nothing more can be taken now. */
static enum status take(struct taking *t, struct outbox_item *item, bool *full, struct err *e) {
    struct outbox_round *r = t->round;
    bool opted_out, needless, leaves, mine = false;
    int64_t rate_us = t->next_us;
    enum status s;

    if (item->in_flight) return settle(t, item, e);
    if ((s = outbox_is_opted_out(r->db, item->patient_id, item->kind, &opted_out, e)) != OK) return s;
    if (opted_out) return leave_out(t, item, "opted_out", e);
    if ((s = outbox_is_needless(r->db, r->arena, item, &needless, e)) != OK) return s;
    if (needless) return leave_out(t, item, "not_needed", e);
    if (!may_leave(t)) {
        *full = true;
        return OK;
    }
    if ((s = pass(t, item, &leaves, e)) != OK) return s;
    if (!leaves) {
        t->next_us = rate_us;
        return OK;
    }
    if ((s = outbox_hand_over(r->db, item, t->now_us, &mine, e)) != OK || !mine) return s;
    t->bulk_count += item->kind == MESSAGE_BULK;
    t->items[t->count++] = *item;
    return OK;
}

static size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

static size_t places(const struct taking *t, enum message_lane lane) {
    const struct outbox_round *r = t->round;
    size_t free = (size_t)(OUTBOX_CALLS_MAX - r->busy) - t->count;
    if (lane != LANE_BULK) return free;
    return smaller(free, (size_t)(OUTBOX_BULK_CALLS_MAX - r->busy_bulk) - t->bulk_count);
}

/* How many the rate lets go now, so that no more rows are read. */
static size_t rate_room(const struct taking *t) {
    int64_t next_us = t->next_us;
    return (size_t)sender_rate_grant(&next_us, t->round->room->message_rate, t->now_us, OUTBOX_CALLS_MAX);
}

static enum status take_lane(struct taking *t, enum message_lane lane, bool *full, struct err *e) {
    struct outbox_item due[OUTBOX_CALLS_MAX];
    size_t count = 0, max = smaller(places(t, lane), rate_room(t));
    enum status s =
        max ? outbox_due(t->round->db, t->round->arena, lane, t->now_us, due, max, &count, e) : OK;
    for (size_t i = 0; i < count && s == OK && !*full; i++) s = take(t, &due[i], full, e);
    return s;
}

enum status outbox_take(struct taking *t, struct err *e) {
    struct outbox_round *r = t->round;
    struct str sender = str_from_c(r->room->channel->name);
    bool full = false;
    /* Before anything is read: of two senders the second sees what the first took. */
    enum status s = sender_rate_lock(r->db, sender, t->now_us, &t->next_us, e);

    for (int lane = 0; lane < LANE_COUNT && s == OK && !full; lane++)
        s = take_lane(t, (enum message_lane)lane, &full, e);
    return s == OK && t->count ? sender_rate_set(r->db, sender, t->next_us, e) : s;
}
