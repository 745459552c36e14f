#include "messaging/catch_up.h"
#include "db/db.h"
#include "messaging/inbound.h"
#include "queries.h"

#define CATCH_UP_EVERY_US (5 * MINUTE_US)
#define CATCH_UP_MAX_US   (3 * DAY_US)
/* What was written before the last message may have come to the list after it. */
#define CATCH_UP_MARGIN_US (10 * MINUTE_US)

static enum status add_job(struct messaging *room, struct db *db, int64_t run_at_us, int64_t now_us,
                           struct err *e) {
    if (!room->channel->list_received) return OK;
    return job_add(db, room->signal, STR(INBOUND_JOB_CATCH_UP), STR("{}"), run_at_us,
                   STR(INBOUND_JOB_CATCH_UP), now_us, e);
}

enum status catch_up_start(struct messaging *room, struct db *db, int64_t now_us, struct err *e) {
    enum status s = add_job(room, db, 0, now_us, e);
    return s == OK ? job_hasten(db, STR(INBOUND_JOB_CATCH_UP), STR(INBOUND_JOB_CATCH_UP), now_us, e) : s;
}

static enum status since(struct db *db, int64_t now_us, int64_t *since_us, struct err *e) {
    int64_t last_us, oldest_us = now_us - CATCH_UP_MAX_US;
    enum status s = db_get_i64(db, &q_message_last_received, NULL, &last_us, e);
    *since_us = last_us - CATCH_UP_MARGIN_US > oldest_us ? last_us - CATCH_UP_MARGIN_US : oldest_us;
    return s;
}

static enum status accept(void *ctx, const struct channel_event *event, struct err *e) {
    struct job_context *c = ctx;
    int64_t id;
    bool is_new;
    return inbound_accept(c->room, c->db, c->arena, event, clock_now_us(c->clock), &id, &is_new, e);
}

/* The next run, with the end of this one. */
static enum status go_on(struct job_context *c, const struct job *job, struct err *e) {
    int64_t now_us = clock_now_us(c->clock);
    enum status s = db_begin(c->db, e);
    if (s != OK) return s;
    s = job_finish(c, job, e);
    if (s == OK) s = add_job(c->room, c->db, now_us + CATCH_UP_EVERY_US, now_us, e);
    return db_finish(c->db, s, e);
}

enum status catch_up_job(struct job_context *c, const struct job *job, struct err *e) {
    struct messaging *room = c->room;
    const struct channel *channel = room->channel;
    const struct channel_call call = { c->db, c->arena, room->client, clock_now_us(c->clock) };
    int64_t since_us;
    enum status s;

    if (!channel->list_received) return OK; /* another carrier was set since */
    if ((s = since(c->db, call.now_us, &since_us, e)) != OK) return s;
    s = channel->list_received(channel->ctx, &call, since_us, accept, c, e);
    return s == OK ? go_on(c, job, e) : s;
}
