/*
 * meta_check -- for `medirecord doctor`: are the credentials valid, is the sender the number that is set, and is our webhook believed.
 */
#include "base/mac.h"
#include "channels/meta_room.h"

static const struct message denied = {
    "meta_denied", "Meta refuse nos identifiants. Vérifiez META_ACCESS_TOKEN et META_PHONE_NUMBER_ID.",
    "Meta refuses our credentials. Check META_ACCESS_TOKEN and META_PHONE_NUMBER_ID."
};
static const struct message other_number = {
    "carrier_sender_unknown",
    "META_PHONE_NUMBER_ID est celui d’un autre numéro que {} : vérifiez META_WHATSAPP_NUMBER.",
    "META_PHONE_NUMBER_ID is that of another number than {}: check META_WHATSAPP_NUMBER."
};

/* "+1 555-078-3881" and "+15550783881" are the same. */
static bool same_number(struct str a, struct str b) {
    size_t i = 0, k = 0;
    for (;;) {
        while (i < a.n && (a.p[i] < '0' || a.p[i] > '9')) i++;
        while (k < b.n && (b.p[k] < '0' || b.p[k] > '9')) k++;
        if (i == a.n || k == b.n) return i == a.n && k == b.n;
        if (a.p[i++] != b.p[k++]) return false;
    }
}

enum status meta_check(void *ctx, const struct channel_call *call, struct err *e) {
    const struct meta *m = ctx;
    struct err why = { 0 };
    struct str path;
    json_t *sender;
    enum status s;

    if (!arena_printf(call->arena, &path, "/%.*s?fields=display_phone_number,quality_rating",
                      STR_ARG(m->phone_number_id)))
        return fail(e, E_LIMIT, NULL, "no memory for a request to Meta");
    s = meta_get(m, call, path, &sender, &why);
    if (s == E_NOT_FOUND) return fail(e, E_DENIED, &denied, "Meta does not know the sender");
    if (s != OK) return fail(e, s, why.message, "%s", why.detail);
    bool same = !m->sender.n || same_number(wire_text(sender, "display_phone_number"), m->sender);
    json_decref(sender);
    if (same) return OK;
    fail(e, E_DENIED, &other_number, "another number");
    err_arg(e, m->sender);
    return E_DENIED;
}

enum status meta_probe(void *ctx, struct arena *arena, struct str url, bool sign,
                       struct http_send_request *rq, struct err *e) {
    const struct meta *m = ctx;
    const struct str body = STR("{\"entry\":[]}");
    char mac[MAC_SHA256_HEX_BYTES];
    struct str signature = STR("");

    if (sign &&
        (!mac_sha256_hex(m->app_secret, body, mac) || !arena_printf(arena, &signature, "sha256=%s", mac)))
        return fail(e, E_LIMIT, NULL, "no memory for a call of the webhook");
    *rq = (struct http_send_request) {
        .verb = VERB_POST,
        .url = url,
        .headers = { { STR("Content-Type"), STR("application/json") } },
        .body = body,
        .timeout_us = META_TIMEOUT_US,
    };
    if (sign) rq->headers[1] = (struct http_header) { STR("X-Hub-Signature-256"), signature };
    return OK;
}
