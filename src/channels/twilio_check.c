/*
 * twilio_check -- for `medirecord doctor`: is the account open, may the sender send, and is our webhook believed.
 */
#include "base/mac.h"
#include "channels/twilio_room.h"

enum { SENDERS_PAGES_MAX = 10 };

/* The number by which Twilio lets everybody try; it stands in no list of senders. */
#define SANDBOX STR("+14155238886")

static const struct message account_closed = {
    "carrier_account_closed", "Le compte Twilio est suspendu ou fermé : voyez console.twilio.com.",
    "The Twilio account is suspended or closed: see console.twilio.com."
};
static const struct message sender_unknown = {
    "carrier_sender_unknown",
    "{} n’est pas un expéditeur WhatsApp en service de ce compte Twilio : vérifiez TWILIO_WHATSAPP_NUMBER.",
    "{} is no WhatsApp sender in service of this Twilio account: check TWILIO_WHATSAPP_NUMBER."
};
static const struct message service_unknown = {
    "carrier_service_unknown",
    "Ce compte Twilio n’a pas de service {} : vérifiez TWILIO_MESSAGING_SERVICE_SID.",
    "This Twilio account has no service {}: check TWILIO_MESSAGING_SERVICE_SID."
};
static const struct message sandbox = {
    "carrier_sandbox",
    "{} est le numéro d’essai de Twilio : seuls ceux qui l’ont rejoint reçoivent, peu de messages et trois jours.",
    "{} is Twilio's number for trials: only who joined it is written to, few messages and for three days."
};

static enum status check_account(const struct twilio *t, const struct channel_call *call, struct err *e) {
    struct str path;
    json_t *account;
    enum status s;

    if (!arena_printf(call->arena, &path, "/2010-04-01/Accounts/%.*s.json", STR_ARG(t->account_sid)))
        return fail(e, E_LIMIT, NULL, "no memory for a request to Twilio");
    if ((s = twilio_get(t, call, t->base_url, path, &account, e)) != OK) return s;
    bool active = str_eq(wire_text(account, "status"), STR("active"));
    json_decref(account);
    return active ? OK : fail(e, E_DENIED, &account_closed, "the account is not active");
}

/* "ONLINE", and "ONLINE:UPDATING" while its profile changes. */
static bool is_in_service(const json_t *senders, struct str id) {
    const json_t *row;
    size_t i;
    json_array_foreach(senders, i, row) {
        if (str_eq(wire_text(row, "sender_id"), id) && str_starts(wire_text(row, "status"), STR("ONLINE")))
            return true;
    }
    return false;
}

/* The path of the next page, below the address that is set, whatever host stands in Twilio's answer. */
static bool next_path(struct arena *arena, const json_t *page, struct str *path) {
    struct str next = wire_text(json_object_get(page, "meta"), "next_page_url");
    size_t at = str_find(next, STR("/v2/Channels/Senders?"));
    return at < next.n && arena_dup(arena, str_sub(next, at, next.n), path);
}

static enum status check_sender(const struct twilio *t, const struct channel_call *call, struct err *e) {
    struct str id, path = STR("/v2/Channels/Senders?Channel=whatsapp&PageSize=100");
    bool found = false, more = true;

    if (!twilio_address(call->arena, TRANSPORT_WHATSAPP, t->sender, &id))
        return fail(e, E_LIMIT, NULL, "no memory for a request to Twilio");
    for (int i = 0; i < SENDERS_PAGES_MAX && more && !found; i++) {
        json_t *page;
        enum status s = twilio_get(t, call, t->messaging_base_url, path, &page, e);
        if (s != OK) return s;
        found = is_in_service(json_object_get(page, "senders"), id);
        more = next_path(call->arena, page, &path);
        json_decref(page);
    }
    if (found) return OK;
    fail(e, E_DENIED, &sender_unknown, "the sender is not in Twilio's list");
    err_arg(e, t->sender);
    return E_DENIED;
}

static enum status check_service(const struct twilio *t, const struct channel_call *call, struct err *e) {
    struct err why = { 0 };
    struct str path;
    json_t *service;

    if (!arena_printf(call->arena, &path, "/v1/Services/%.*s", STR_ARG(t->service_sid)))
        return fail(e, E_LIMIT, NULL, "no memory for a request to Twilio");
    enum status s = twilio_get(t, call, t->messaging_base_url, path, &service, &why);
    if (s == OK) json_decref(service);
    if (s != E_NOT_FOUND) return s == OK ? OK : fail(e, s, why.message, "%s", why.detail);
    fail(e, E_DENIED, &service_unknown, "no such messaging service");
    err_arg(e, t->service_sid);
    return E_DENIED;
}

enum status twilio_check(void *ctx, const struct channel_call *call, struct err *e) {
    const struct twilio *t = ctx;
    enum status s = check_account(t, call, e);

    if (s == OK && t->service_sid.n) s = check_service(t, call, e);
    if (s != OK || !t->sender.n) return s;
    if (!str_eq(t->sender, SANDBOX)) return check_sender(t, call, e);
    fail(e, E_CONFLICT, &sandbox, "the sandbox");
    err_arg(e, t->sender);
    return E_CONFLICT;
}

/* base64(HMAC-SHA1(token, URL and the only field)) */
static bool sign_form(const struct twilio *t, struct arena *arena, struct str url, struct str *out) {
    char mac[MAC_SHA1_BASE64_BYTES];
    struct str text;
    return arena_printf(arena, &text, "%.*sAccountSid%.*s", STR_ARG(url), STR_ARG(t->account_sid)) &&
           mac_sha1_base64(t->auth_token, text, mac) && arena_dup(arena, str_from_c(mac), out);
}

enum status twilio_probe(void *ctx, struct arena *arena, struct str url, bool sign,
                         struct http_send_request *rq, struct err *e) {
    const struct twilio *t = ctx;
    struct str body, signature = STR("");

    if (!arena_printf(arena, &body, "AccountSid=%.*s", STR_ARG(t->account_sid)) ||
        (sign && !sign_form(t, arena, url, &signature)))
        return fail(e, E_LIMIT, NULL, "no memory for a call of the webhook");
    *rq = (struct http_send_request) {
        .verb = VERB_POST,
        .url = url,
        .headers = { { STR("Content-Type"), STR("application/x-www-form-urlencoded; charset=utf-8") } },
        .body = body,
        .timeout_us = TWILIO_TIMEOUT_US,
    };
    if (sign) rq->headers[1] = (struct http_header) { STR("X-Twilio-Signature"), signature };
    return OK;
}
