/*
 * outbox_sweep_job -- asks the carrier how far messages have come whose reports stay away: its calls at our webhook may be lost. See outbox.h.
 */
#include "messaging/message_event.h"
#include "messaging/outbox_sweep_store.h"

#define SWEEP_PAUSE_US (5 * MINUTE_US)
#define SWEEP_SOON_US  (30 * SECOND_US) /* when more wait than one run asks for */
/* A carrier that is slow must not outlast the lease. */
#define SWEEP_LONGEST_US (2 * MINUTE_US)

enum status outbox_add_sweep(struct messaging *room, struct db *db, int64_t run_at_us, int64_t now_us,
                             struct err *e) {
    if (!room->channel->status_of) return OK;
    return job_add(db, room->signal, STR(OUTBOX_JOB_SWEEP), STR("{}"), run_at_us, STR(OUTBOX_JOB_SWEEP),
                   now_us, e);
}

/* *asked false: the carrier cannot be asked now. */
static enum status ask(struct job_context *ctx, const struct unreported *u, bool *asked, struct err *e) {
    struct messaging *room = ctx->room;
    const struct channel *channel = room->channel;
    int64_t now_us = clock_now_us(ctx->clock);
    const struct channel_call call = { ctx->db, ctx->arena, room->client, now_us };
    struct channel_event event;
    bool climbed;
    enum status s = channel->status_of(channel->ctx, &call, u->provider_sid, &event, NULL);

    *asked = s == OK || s == E_NOT_FOUND;
    if (!*asked) return OK;
    s = outbox_keep_report(room, ctx->db, ctx->arena, u, s == OK ? &event : NULL,
                           s == OK ? outbox_next_ask_us(u->sent_at_us, now_us) : 0, now_us, &climbed, e);
    if (s == OK && climbed)
        message_event_now(room, u->id, u->patient_id, "out", message_status_name(event.status));
    return s;
}

/* The next run with the end of this one. */
static enum status go_on(struct job_context *ctx, const struct job *job, int64_t pause_us, struct err *e) {
    int64_t now_us = clock_now_us(ctx->clock);
    enum status s = db_begin(ctx->db, e);
    if (s != OK) return s;
    s = job_finish(ctx, job, e);
    if (s == OK) s = outbox_add_sweep(ctx->room, ctx->db, now_us + pause_us, now_us, e);
    return db_finish(ctx->db, s, e);
}

enum status outbox_sweep_job(struct job_context *ctx, const struct job *job, struct err *e) {
    struct messaging *room = ctx->room;
    struct unreported waiting[OUTBOX_SWEEP_MAX];
    int64_t until_us = clock_monotonic_us() + SWEEP_LONGEST_US;
    size_t count = 0;
    bool asked = true;
    enum status s = OK;

    if (!room->channel->status_of) return OK; /* another carrier since */
    s = outbox_unreported(ctx->db, ctx->arena, clock_now_us(ctx->clock), waiting, &count, e);
    for (size_t i = 0; i < count && s == OK && asked; i++) {
        if (job_is_stopping(ctx)) return fail(e, E_RETRY, NULL, "the program is stopping");
        s = clock_monotonic_us() < until_us ? ask(ctx, &waiting[i], &asked, e) : OK;
    }
    if (s != OK) return s;
    return go_on(ctx, job, asked && count == OUTBOX_SWEEP_MAX ? SWEEP_SOON_US : SWEEP_PAUSE_US, e);
}
