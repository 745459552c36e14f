/*
 * webhook_api -- /webhook/whatsapp-rag: what the carrier posts. Kept before it is answered; a job does the
 * rest.
 */
#include "messaging/messaging_handlers.h"
#include "messaging/webhook.h"

static const struct message webhook_denied = {
    "webhook_denied",
    "Cet appel n'est pas signé par l'opérateur de messagerie.",
    "This call is not signed by the messaging carrier.",
};

static bool is_loopback(struct str address) {
    return str_starts(address, STR("127.")) || str_eq(address, STR("::1")) ||
           str_starts(address, STR("::ffff:127."));
}

/*
 * The simulator signs nothing: it is believed from this machine (but not from a page in its browser), or
 * with a token. A channel that signs its calls is asked for the signature; without one of those, nobody is
 * let in.
 */
static bool may_post(const struct request *rq) {
    const struct messaging *room = rq->room;
    if (!str_eq(str_from_c(room->channel->name), STR("simulator"))) return false;
    if (role_may(rq->who.role, PERM_ASSISTANT)) return true;
    return is_loopback(rq->remote_addr) && request_header(rq, "Origin").n == 0;
}

/* "Nothing to say": the answer leaves through the outbox. */
static enum status answer_empty(struct reply *re) {
    re->type = "text/xml; charset=utf-8";
    buf_add(&re->body, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>"));
    return OK;
}

enum status webhook_whatsapp_post(struct request *rq, struct reply *re, struct err *e) {
    struct messaging *room = rq->room;
    struct webhook w;
    int64_t id;
    bool is_new;
    enum status s;

    if (!may_post(rq)) {
        re->http = 403; /* signing in is not what is missing */
        return fail(e, E_DENIED, &webhook_denied, "webhook call without a signature");
    }
    if ((s = webhook_read(rq->arena, rq->body, room->default_region, &w, e)) != OK) return s;
    if (w.kind == WEBHOOK_REPORT) {
        s = message_report_alone(rq->db, w.provider_sid, w.status, w.error_code, rq->now_us, e);
    } else {
        s = inbound_accept(room, rq->db, rq->arena, &w.message, rq->now_us, &id, &is_new, e);
    }
    return s == OK ? answer_empty(re) : s;
}
