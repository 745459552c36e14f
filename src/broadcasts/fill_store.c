/*
 * fill_store -- from the list into the outbox. See fill.h.
 */
#include "broadcasts/fill.h"
#include "db/db.h"
#include "messaging/contact.h"
#include "messaging/outbox.h"
#include "messaging/sender_limit.h"
#include "queries.h"

struct due {
    int64_t patient_id;
    struct str phone;
    struct content_values values;
    enum lang language;
    struct str reason; /* why this person cannot be written to now; "": nothing */
};

struct filling {
    struct db *db;
    struct arena *arena;
    const struct broadcasts *room;
    struct broadcast b;
    struct due *due;
    size_t count;
    int64_t slot_us; /* of the next message; 0: at once */
    int64_t now_us;
};

static enum status take_due(void *ctx, const struct db_val *col, struct err *e) {
    struct filling *f = ctx;
    struct due *d = &f->due[f->count++];
    struct str *const values = d->values.of;
    enum status s;

    d->patient_id = col[0].i;
    d->language = patient_language_from_name(col[4].s);
    if ((s = db_copy(f->arena, &col[1], &d->phone, e)) != OK) return s;
    if ((s = db_copy(f->arena, &col[2], &values[CONTENT_FIRST_NAME], e)) != OK) return s;
    if ((s = db_copy(f->arena, &col[3], &values[CONTENT_LAST_NAME], e)) != OK) return s;
    if ((s = db_copy(f->arena, &col[5], &values[CONTENT_DOCTOR], e)) != OK) return s;
    return db_copy(f->arena, &col[6], &d->reason, e);
}

/* A person who may be written to freely when the message is moved may still be when it leaves. */
#define OPEN_SPARE_US HOUR_US

static enum status read_due(struct filling *f, int64_t max, bool only_open, struct err *e) {
    bool window = f->room->messaging->channel->has_window && !f->b.template_purpose.n;
    const struct db_val in[] = { db_int(f->b.id), db_int(max),
                                 db_int(window ? f->now_us - CONTACT_WINDOW_US : 0),
                                 db_int(f->now_us - CONTACT_WINDOW_US + OPEN_SPARE_US) };
    f->due = arena_array(f->arena, (size_t)max, sizeof *f->due);
    if (!f->due) return fail(e, E_LIMIT, NULL, "no memory for a batch of recipients");
    return db_run(f->db, only_open ? &q_recipient_due_open : &q_recipient_due, in, take_due, f, NULL, e);
}

static enum status move_to(struct filling *f, const struct due *d, enum recipient_state state,
                           struct str reason, struct err *e) {
    const struct recipient_change c = { .broadcast_id = f->b.id,
                                        .patient_id = d->patient_id,
                                        .state = state,
                                        .reason = reason,
                                        .now_us = f->now_us };
    return recipient_move(f->db, &c, NULL, e);
}

/* outbox_add() tells the desk, which moves the recipient. */
static enum status send(struct filling *f, const struct due *d, const struct broadcast_words *words,
                        struct err *e) {
    struct outbox_message m = { .kind = MESSAGE_BULK,
                                .patient_id = d->patient_id,
                                .phone = d->phone,
                                .body = words->text,
                                .purpose = f->b.template_purpose,
                                .variables = words->values,
                                .due_us = f->slot_us,
                                .broadcast_id = f->b.id };
    bool added;
    enum status s;

    if (!arena_printf(f->arena, &m.key, "broadcast:%lld:%lld", (long long)f->b.id, (long long)d->patient_id))
        return fail(e, E_LIMIT, NULL, "no memory for a message of a broadcast");
    s = outbox_add(f->room->messaging, f->db, &m, f->now_us, &added, e);
    return s == OK && !added ? move_to(f, d, RECIPIENT_QUEUED, STR(""), e) : s;
}

static enum status fill_one(struct filling *f, const struct due *d, struct err *e) {
    struct broadcast_words words;
    struct err local = { 0 };
    enum status s;

    if (d->reason.n) return move_to(f, d, RECIPIENT_LEFT_OUT, d->reason, e);
    s = broadcast_words_for(f->arena, &f->b, d->language, &d->values, &words, &local);
    for (int i = 0; i < CONTENT_FIELD_COUNT; i++)
        if ((f->b.needs >> i & 1) && !d->values.of[i].n) s = E_INVALID;
    if (s == E_INVALID) return move_to(f, d, RECIPIENT_LEFT_OUT, STR(LEFT_MISSING_FIELD), e);
    if (s != OK) return fail(e, s, local.message, "%s", local.detail);
    if (content_length(words.text) > CONTENT_CHARS_MAX)
        return move_to(f, d, RECIPIENT_LEFT_OUT, STR(LEFT_TOO_LONG), e);
    return send(f, d, &words, e);
}

/* ---- the pace ---- */

static int64_t lower(int64_t a, int64_t b) {
    return !a || (b && b < a) ? b : a;
}

/* Those who lie in the outbox will be written to as well: all of them are taken for people who get a template. */
static enum status read_room(struct filling *f, int64_t people, struct pace *p, struct err *e) {
    int64_t reached = 0, queued = 0;
    enum status s = sender_people(f->db, f->now_us, &reached, e);

    if (s == OK) s = db_get_i64(f->db, &q_broadcast_queued_by_template, NULL, &queued, e);
    if (s != OK) return s;
    p->people_room = people - reached - queued > 0 ? people - reached - queued : 0;
    if (p->people_room) return OK;
    return sender_people_free_us(f->db, f->now_us, reached + queued - people + 1, &p->people_free_us, e);
}

/* What the sender may; asked only where there are windows and templates. */
static enum status read_limit(struct filling *f, struct pace *p, struct err *e) {
    const struct channel *channel = f->room->messaging->channel;
    struct sender_limit limit;
    enum status s = sender_limit_get(f->db, str_from_c(channel->name), &limit, e);

    p->people_room = -1;
    if (s != OK) return s;
    p->pause_us = sender_limit_pause_us(&limit, f->now_us);
    int64_t people = lower(f->room->people_per_day, sender_limit_people(&limit, f->now_us));
    if (!people || !channel->has_window || !f->b.template_purpose.n) return OK;
    return read_room(f, people, p, e);
}

/* The sender's limit counts people who get a template: who has written today is none of them, and is not kept waiting. */
static bool only_open_may_leave(const struct pace *p) {
    return p->waits_for && strcmp(p->waits_for, WAITS_PEOPLE) == 0;
}

static enum status move(struct filling *f, const struct pace *pace, int64_t granted, bool only_open,
                        struct fill_result *out, struct err *e) {
    enum status s = read_due(f, granted, only_open, e);
    int64_t next_us = pace->next_us;

    f->slot_us = pace->slot_us;
    for (size_t i = 0; i < f->count && s == OK; i++, f->slot_us += pace->step_us)
        s = fill_one(f, &f->due[i], e);
    out->moved = (int64_t)f->count;
    if (s != OK || !f->count) return s;
    if (pace->step_us) next_us = f->slot_us;
    const struct db_val in[] = { db_int(f->b.id), db_int(next_us) };
    return db_run(f->db, &q_broadcast_paced, in, NULL, NULL, NULL, e);
}

static enum status fill(struct filling *f, struct fill_result *out, struct err *e) {
    int64_t n[RECIPIENT_STATE_COUNT], unused_us;
    struct pace pace = { .message_rate = f->room->messaging->message_rate,
                         .rate_per_hour = f->b.rate_per_hour,
                         .next_us = f->b.next_us,
                         .quiet_end_us =
                             day_span_end_us(broadcast_quiet(f->room, f->b.quiet_hours), f->now_us),
                         .now_us = f->now_us };
    enum status s = recipient_counts_by_state(f->db, f->b.id, n, e);

    if (s == OK) s = read_limit(f, &pace, e);
    if (s != OK) return s;
    pace.queued = n[RECIPIENT_QUEUED];
    int64_t waiting = n[RECIPIENT_WAITING], wanted = waiting < FILL_BATCH ? waiting : FILL_BATCH;
    int64_t granted = wanted ? pace_grant(&pace, wanted, &out->look_again_us) : 0;
    if (wanted) s = broadcast_note_wait(f->db, &f->b, pace.waits_for, pace.waits_until_us, e);
    if (s != OK) return s;
    bool only_open = only_open_may_leave(&pace);
    if (only_open) {
        pace.people_room = -1;
        granted = pace_grant(&pace, wanted, &unused_us);
    }
    return granted ? move(f, &pace, granted, only_open, out, e) : OK;
}

static enum status lock_and_fill(struct filling *f, int64_t broadcast_id, struct fill_result *out,
                                 struct err *e) {
    const struct db_val key = db_int(broadcast_id);
    int64_t changed = 0;
    enum status s = db_run(f->db, &q_broadcast_lock, &key, NULL, NULL, &changed, e);

    if (s != OK || !changed) return s; /* paused, cancelled, over */
    if ((s = broadcast_get(f->db, f->arena, broadcast_id, &f->b, e)) != OK) return s;
    return fill(f, out, e);
}

enum status fill_batch(struct db *db, struct arena *arena, const struct broadcasts *room,
                       int64_t broadcast_id, int64_t now_us, struct fill_result *out, struct err *e) {
    struct filling f = { .db = db, .arena = arena, .room = room, .now_us = now_us };
    enum status s = db_begin(db, e);

    *out = (struct fill_result) { 0 };
    return s == OK ? db_finish(db, lock_and_fill(&f, broadcast_id, out, e), e) : s;
}
