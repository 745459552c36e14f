/*
 * outbox_job -- hands one message to the channel. See outbox.h for why a second run does no harm.
 */
#include "messaging/outbox_store.h"
#include "messaging/payload.h"

/* One run of the job. */
struct run {
    struct messaging *room;
    struct job_context *ctx;
    const struct job *job;
    struct message_row m;
    int64_t now_us;
};

static struct outgoing outgoing_of(const struct run *r, int attempt) {
    return (struct outgoing) { r->m.id, attempt, r->m.kind, r->m.phone, r->m.body };
}

static struct channel_call call_of(const struct run *r) {
    return (struct channel_call) { r->ctx->db, r->ctx->arena, r->now_us };
}

/* Writes what became of the message; `ends` also ends the job. */
static enum status record(const struct run *r, struct outcome outcome, bool ends, struct err *e) {
    return outbox_record(r->ctx, ends ? r->job : NULL, &r->m, &outcome, r->now_us, e);
}

static enum status record_sent(const struct run *r, int attempt, const struct sent *sent, struct err *e) {
    return record(r,
                  (struct outcome) { .attempt = attempt,
                                     .status = sent->status,
                                     .provider_sid = str_from_c(sent->provider_sid) },
                  true, e);
}

/*
 * The outcome of the last hand-over is not known: the carrier is asked. *send is set when it certainly does
 * not have the message.
 */
static enum status settle(const struct run *r, bool *send, struct err *e) {
    const struct channel *channel = r->room->channel;
    struct outgoing out = outgoing_of(r, r->m.attempts);
    struct channel_call call = call_of(r);
    struct sent sent = { .status = MESSAGE_ACCEPTED };
    struct err why = { 0 };
    enum status s = channel->find(channel->ctx, &call, &out, r->m.attempted_at_us, &sent, &why);

    *send = s == E_NOT_FOUND;
    if (s == E_NOT_FOUND) return OK;
    if (s == OK) return record_sent(r, r->m.attempts, &sent, e);
    return fail(e, E_RETRY, why.message, "message %lld: the carrier cannot be asked: %s", (long long)r->m.id,
                why.detail);
}

static enum status send(const struct run *r, struct err *e) {
    const struct channel *channel = r->room->channel;
    int attempt = r->m.attempts + 1;
    struct outgoing out = outgoing_of(r, attempt);
    struct channel_call call = call_of(r);
    struct sent sent = { .status = MESSAGE_ACCEPTED };
    struct err why = { 0 };
    struct outcome outcome = { .attempt = attempt };
    enum status s, recorded;

    if ((s = outbox_hand_over(r->ctx->db, &r->m, r->now_us, e)) != OK) return s == E_CONFLICT ? OK : s;
    s = channel->send(channel->ctx, &call, &out, &sent, &why);
    switch (s) {
    case OK: return record_sent(r, attempt, &sent, e);
    case E_INVALID: /* no repetition mends it: the job is done, the message is not */
        outcome.status = MESSAGE_FAILED;
        outcome.error_code = str_from_c(sent.error_code[0] ? sent.error_code : "refused");
        outcome.tell = true;
        return record(r, outcome, true, e);
    case E_RETRY:
    case E_LIMIT:
    case E_DENIED: /* certainly not taken */ outcome.status = MESSAGE_SENDING; break;
    case E_UNCERTAIN:
    case E_NOT_FOUND:
    case E_CONFLICT:
    case E_INTERNAL:
    case STATUS_COUNT: /* whatever we do not understand may have left */
        outcome.status = MESSAGE_UNCERTAIN;
        break;
    }
    if ((recorded = record(r, outcome, false, e)) != OK) return recorded;
    if (e) e->retry_after_s = why.retry_after_s;
    return fail(e, s == E_UNCERTAIN ? E_UNCERTAIN : E_RETRY, why.message, "message %lld: %s",
                (long long)r->m.id, why.detail);
}

static enum status load(struct job_context *ctx, const struct job *job, struct run *r, struct err *e) {
    int64_t id;
    enum status s = payload_id(ctx->arena, job, "message_id", &id, e);
    *r = (struct run) { .room = ctx->room, .ctx = ctx, .job = job, .now_us = clock_now_us(ctx->clock) };
    return s == OK ? message_get(ctx->db, ctx->arena, id, &r->m, e) : s;
}

static bool is_settled(const struct message_row *m) {
    return m->status >= MESSAGE_ACCEPTED;
}

enum status outbox_send_job(struct job_context *ctx, const struct job *job, struct err *e) {
    struct err gone = { 0 };
    bool again = true, opted_out;
    struct run r;
    enum status s = load(ctx, job, &r, &gone);

    if (s == E_NOT_FOUND) return OK; /* the patient was erased meanwhile */
    if (s != OK) return fail(e, s, gone.message, "%s", gone.detail);
    if (is_settled(&r.m)) return OK;
    if (r.m.in_flight && ((s = settle(&r, &again, e)) != OK || !again)) return s;
    if ((s = outbox_is_opted_out(ctx->db, r.m.patient_id, r.m.kind, &opted_out, e)) != OK) return s;
    if (opted_out) {
        return record(&r,
                      (struct outcome) {
                          .attempt = r.m.attempts, .status = MESSAGE_FAILED, .error_code = STR("opted_out") },
                      true, e);
    }
    return send(&r, e);
}

enum status outbox_send_dead(struct job_context *ctx, const struct job *job, struct err *e) {
    struct outcome given_up = { .error_code = STR("gave_up"), .tell = true };
    struct run r;
    enum status s = load(ctx, job, &r, e);

    if (s == E_NOT_FOUND) return OK;
    if (s != OK || is_settled(&r.m)) return s;
    given_up.attempt = r.m.attempts;
    given_up.status = r.m.in_flight ? MESSAGE_UNCERTAIN : MESSAGE_FAILED;
    return record(&r, given_up, false, e);
}
