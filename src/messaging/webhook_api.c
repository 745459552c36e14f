/*
 * webhook_api -- /webhook/whatsapp-rag: what the carrier posts. Kept before it is answered; a job does the
 * rest.
 */
#include "base/crypto.h"
#include "messaging/inbound.h"
#include "messaging/messaging_handlers.h"

enum { CHALLENGE_BYTES_MAX = 256 };

static const struct message webhook_denied = {
    "webhook_denied",
    "Cet appel n’est pas signé par l’opérateur de messagerie.",
    "This call is not signed by the messaging carrier.",
};

static const struct message webhook_too_large = {
    "body_too_large",
    "L’appel est plus grand que tout ce que l’opérateur de messagerie envoie.",
    "The call is larger than anything the messaging carrier sends.",
};

static bool is_loopback(struct str address) {
    return str_starts(address, STR("127.")) || str_eq(address, STR("::1")) ||
           str_starts(address, STR("::ffff:127."));
}

/* The simulator signs nothing: it is believed from this machine (but not from a page in its browser), or with a token. */
static bool may_simulate(const struct request *rq) {
    if (role_may(rq->who.role, PERM_ASSISTANT)) return true;
    return is_loopback(rq->remote_addr) && request_header(rq, "Origin").n == 0;
}

/* Before anything is read of it. */
static enum status check_caller(const struct request *rq, const struct webhook_call *call, struct err *e) {
    const struct channel *channel = ((const struct messaging *)rq->room)->channel;
    if (channel->verify) return channel->verify(channel->ctx, rq->arena, call, e);
    return may_simulate(rq) ? OK : fail(e, E_DENIED, &webhook_denied, "webhook call without a signature");
}

/* The address as the carrier called it: never what the call says of its host. */
static enum status read_call(const struct request *rq, struct webhook_call *call, struct err *e) {
    const struct messaging *room = rq->room;
    const char *header = room->channel->signature_header;

    *call = (struct webhook_call) { .signature = header ? request_header(rq, header) : STR(""),
                                    .type = request_header(rq, "Content-Type"),
                                    .body = rq->body };
    if (arena_printf(rq->arena, &call->url, "%.*s%.*s%s%.*s", STR_ARG(room->public_url), STR_ARG(rq->path),
                     rq->query.n ? "?" : "", STR_ARG(rq->query)))
        return OK;
    return fail(e, E_LIMIT, NULL, "webhook: arena full");
}

/* "Nothing to say": the answer leaves through the outbox. */
static enum status answer_empty(struct reply *re) {
    re->type = "text/xml; charset=utf-8";
    buf_add(&re->body, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>"));
    return OK;
}

/* A report on a message that is not ours (sent by hand, or erased since) is no mistake of the carrier: it must not come again. */
static enum status take_event(struct request *rq, const struct channel_event *event, struct err *e) {
    struct err local = { 0 };
    int64_t id;
    bool is_new;

    if (event->kind == EVENT_REPORT) {
        enum status s = message_report_alone(rq->room, rq->db, rq->arena, event, rq->now_us, &local);
        return s == OK || s == E_NOT_FOUND ? OK : fail(e, s, local.message, "%s", local.detail);
    }
    return inbound_accept(rq->room, rq->db, rq->arena, event, rq->now_us, &id, &is_new, e);
}

enum status webhook_whatsapp_post(struct request *rq, struct reply *re, struct err *e) {
    const struct channel *channel = ((const struct messaging *)rq->room)->channel;
    struct webhook_call call;
    struct channel_events events;
    enum status s = read_call(rq, &call, e);

    if (s == OK && channel->webhook_bytes_max && rq->body.n > channel->webhook_bytes_max)
        s = fail(e, E_LIMIT, &webhook_too_large, "a webhook call of %zu bytes", rq->body.n);
    if (s == OK) s = check_caller(rq, &call, e);
    if (s == OK) s = channel->read(channel->ctx, rq->arena, &call, &events, e);
    if (s == E_DENIED) re->http = 403; /* signing in is not what is missing */
    for (size_t i = 0; s == OK && i < events.count; i++) s = take_event(rq, &events.items[i], e);
    return s == OK ? answer_empty(re) : s;
}

/* Meta asks whether the webhook is ours before it uses it. */
enum status webhook_whatsapp_get(struct request *rq, struct reply *re, struct err *e) {
    const struct channel *channel = ((const struct messaging *)rq->room)->channel;
    struct str token = request_query(rq, "hub.verify_token"), challenge = request_query(rq, "hub.challenge");
    bool known = channel->verify_token.n && crypto_equal(token, channel->verify_token) &&
                 str_eq(request_query(rq, "hub.mode"), STR("subscribe"));

    if (!known || challenge.n == 0 || challenge.n > CHALLENGE_BYTES_MAX) {
        re->http = 403;
        return fail(e, E_DENIED, &webhook_denied, "a webhook was verified with another token");
    }
    re->type = "text/plain; charset=utf-8";
    buf_add(&re->body, challenge);
    return OK;
}
