#include "messaging/catch_up.h"
#include "db/db.h"
#include "messaging/inbound.h"
#include "messaging/payload.h"
#include "queries.h"

#include <stdio.h>

#define CATCH_UP_EVERY_US (5 * MINUTE_US)
#define CATCH_UP_MAX_US   (3 * DAY_US)
/* What was written before the last message may have come to the list after it. */
#define CATCH_UP_MARGIN_US (10 * MINUTE_US)

/* The payload holds from when on the list is read: a run that failed begins there again. */
static enum status add_job(struct messaging *room, struct db *db, int64_t since_us, int64_t run_at_us,
                           int64_t now_us, struct err *e) {
    char payload[48];
    if (!room->channel->list_received) return OK;
    snprintf(payload, sizeof payload, "{\"since_us\":%lld}", (long long)since_us);
    return job_add(db, room->signal, STR(INBOUND_JOB_CATCH_UP), str_from_c(payload), run_at_us,
                   STR(INBOUND_JOB_CATCH_UP), now_us, e);
}

/* Where nobody has written yet nothing was missed: what stands in the list is older than this clinic. */
enum status catch_up_start(struct messaging *room, struct db *db, int64_t now_us, struct err *e) {
    int64_t last_us;
    enum status s = db_get_i64(db, &q_message_last_received, NULL, &last_us, e);
    if (s == OK) s = add_job(room, db, last_us ? last_us - CATCH_UP_MARGIN_US : now_us, 0, now_us, e);
    return s == OK ? job_hasten(db, STR(INBOUND_JOB_CATCH_UP), STR(INBOUND_JOB_CATCH_UP), now_us, e) : s;
}

/* Most of a list was delivered by the webhook: that is seen without a transaction. */
static enum status accept(void *ctx, const struct channel_event *event, struct err *e) {
    struct job_context *c = ctx;
    const struct db_val sid = db_text(event->provider_sid);
    int64_t id;
    bool is_new;
    enum status s = db_get_i64(c->db, &q_message_id_by_sid, &sid, &id, e);
    if (s != E_NOT_FOUND) return s;
    return inbound_accept(c->room, c->db, c->arena, event, clock_now_us(c->clock), &id, &is_new, e);
}

/* The next run, with the end of this one. */
static enum status go_on(struct job_context *c, const struct job *job, int64_t read_us, struct err *e) {
    int64_t now_us = clock_now_us(c->clock);
    enum status s = db_begin(c->db, e);
    if (s != OK) return s;
    s = job_finish(c, job, e);
    if (s == OK)
        s = add_job(c->room, c->db, read_us - CATCH_UP_MARGIN_US, now_us + CATCH_UP_EVERY_US, now_us, e);
    return db_finish(c->db, s, e);
}

enum status catch_up_job(struct job_context *c, const struct job *job, struct err *e) {
    struct messaging *room = c->room;
    const struct channel *channel = room->channel;
    const struct channel_call call = { c->db, c->arena, room->client, clock_now_us(c->clock) };
    int64_t since_us;
    enum status s;

    if (!channel->list_received) return OK; /* another carrier was set since */
    if ((s = payload_id(c->arena, job, "since_us", &since_us, e)) != OK) return s;
    if (since_us < call.now_us - CATCH_UP_MAX_US) since_us = call.now_us - CATCH_UP_MAX_US;
    s = channel->list_received(channel->ctx, &call, since_us, accept, c, e);
    return s == OK ? go_on(c, job, call.now_us, e) : s;
}
