/*
 * outbox_settle_job -- asks the carrier whether it has a message whose hand-over came to no outcome. See outbox.h.
 */
#include "messaging/outbox_sender.h"
#include "messaging/outbox_settle_store.h"
#include "messaging/payload.h"

static enum status load(struct job_context *ctx, const struct job *job, struct message_row *m,
                        struct err *e) {
    int64_t id;
    enum status s = payload_id(ctx->arena, job, "message_id", &id, e);
    return s == OK ? message_get(ctx->db, ctx->arena, id, m, e) : s;
}

/* *known: the carrier has it, as *sent says; else it certainly has not. */
static enum status ask(struct job_context *ctx, const struct message_row *m, bool *known, struct sent *sent,
                       struct err *e) {
    struct messaging *room = ctx->room;
    const struct channel *channel = room->channel;
    const struct outgoing out = { .message_id = m->id,
                                  .attempt = m->attempts,
                                  .transport = m->transport,
                                  .to = m->phone,
                                  .body = m->body,
                                  .template_name = m->template_name };
    const struct channel_call call = { ctx->db, ctx->arena, room->client, clock_now_us(ctx->clock) };
    struct outbox_others others = { ctx->db, m->id };
    struct err why = { 0 };
    enum status s =
        channel->find(channel->ctx, &call, &out, m->attempted_at_us, outbox_is_others, &others, sent, &why);

    *known = s == OK;
    if (s == OK || s == E_NOT_FOUND) return OK;
    if (e) e->retry_after_s = why.retry_after_s;
    return fail(e, E_RETRY, why.message, "message %lld: the carrier cannot be asked: %s", (long long)m->id,
                why.detail);
}

enum status outbox_settle_job(struct job_context *ctx, const struct job *job, struct err *e) {
    struct messaging *room = ctx->room;
    struct sent sent = { .status = MESSAGE_ACCEPTED };
    struct err local = { 0 };
    struct message_row m;
    bool known;
    enum status s = load(ctx, job, &m, &local);

    if (s == E_NOT_FOUND) return OK; /* the patient was erased meanwhile */
    if (s != OK) return fail(e, s, local.message, "%s", local.detail);
    if (!m.in_flight) return OK;
    if (m.status >= MESSAGE_ACCEPTED) return outbox_settle(ctx, job, &m, NULL, e); /* a report was quicker */
    if ((s = ask(ctx, &m, &known, &sent, e)) != OK) return s;
    if ((s = outbox_settle(ctx, job, &m, known ? &sent : NULL, e)) == OK) outbox_sender_wake(room->sender);
    return s;
}

enum status outbox_settle_dead(struct job_context *ctx, const struct job *job, struct err *e) {
    struct message_row m;
    enum status s = load(ctx, job, &m, e);

    if (s == E_NOT_FOUND) return OK;
    if (s != OK || !m.in_flight || m.status >= MESSAGE_ACCEPTED) return s;
    return outbox_give_up(ctx, &m, e);
}
