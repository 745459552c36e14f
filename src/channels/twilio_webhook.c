/*
 * twilio_webhook -- is a call really Twilio's (X-Twilio-Signature), and what does it tell.
 *
 * A form is signed as base64(HMAC-SHA1(token, URL + each name and value, sorted)), a JSON body by its hash in the query (bodySHA256), with the URL alone
 * signed. The URL is what Twilio was told to call, with or without the default port. Source: Twilio, "Webhooks security"; checked against
 * the official library by tests/api.
 */
#include <stdlib.h>

#include "base/crypto.h"
#include "base/mac.h"
#include "channels/twilio_form.h"
#include "channels/twilio_room.h"
#include "http/fields.h"
#include "http/urlencoded.h"
#include "patients/phone.h"

enum { PAIRS_MAX = 512, SIGNED_BYTES_MAX = 2 << 20 };

struct pair {
    struct str name, value;
};

static int by_name_and_value(const void *a, const void *b) {
    const struct pair *x = a, *y = b;
    int c = str_compare(x->name, y->name);
    return c ? c : str_compare(x->value, y->value);
}

/* The fields of the form, each name and value once, in order. */
static bool add_fields(struct arena *arena, struct str form, struct buf *text) {
    struct pair *pairs = arena_array(arena, PAIRS_MAX, sizeof *pairs);
    struct str name, value;
    size_t count = 0;

    if (!pairs) return false;
    while (urlencoded_next(&form, &name, &value)) {
        if (count == PAIRS_MAX || !urlencoded_decode(arena, name, true, &pairs[count].name) ||
            !urlencoded_decode(arena, value, true, &pairs[count].value))
            return false;
        count++;
    }
    qsort(pairs, count, sizeof *pairs, by_name_and_value);
    for (size_t i = 0; i < count; i++) {
        if (i && by_name_and_value(&pairs[i - 1], &pairs[i]) == 0) continue;
        buf_add(text, pairs[i].name);
        buf_add(text, pairs[i].value);
    }
    return true;
}

static bool is_json(const struct webhook_call *call) {
    return str_starts(call->type, STR("application/json"));
}

/* The JSON body is the one that was signed. */
static bool body_is_signed(struct arena *arena, const struct webhook_call *call) {
    char hash[MAC_SHA256_HEX_BYTES];
    struct str said = STR("");
    size_t query = str_find_char(call->url, '?');
    return sha256_hex(call->body, hash) &&
           urlencoded_get(arena, str_sub(call->url, query + 1, call->url.n), STR("bodySHA256"), &said) &&
           crypto_equal(said, str_from_c(hash));
}

static bool fits(const struct twilio *t, const struct webhook_call *call, struct str url, struct str fields) {
    char mac[MAC_SHA1_BASE64_BYTES];
    struct buf text;
    buf_init(&text, SIGNED_BYTES_MAX);
    buf_add(&text, url);
    buf_add(&text, fields);
    bool ok = buf_ok(&text) && mac_sha1_base64(t->auth_token, buf_str(&text), mac) &&
              crypto_equal(call->signature, str_from_c(mac));
    buf_done(&text);
    return ok;
}

/* The host of a URL: from `at`, with its port. */
static size_t host_end(struct str url, size_t *port) {
    size_t at = str_find(url, STR("://"));
    at = at == url.n ? 0 : at + 3;
    *port = 0;
    for (; at < url.n && url.p[at] != '/' && url.p[at] != '?'; at++) {
        if (url.p[at] == ':') *port = at;
        if (url.p[at] == ']') *port = 0; /* inside an IPv6 address */
    }
    return at;
}

/* As it is, without its port, and with the default one: Twilio signs each of them now and then. */
static bool is_signed_for(const struct twilio *t, struct arena *arena, const struct webhook_call *call,
                          struct str fields) {
    struct str other, url = call->url;
    size_t port, end = host_end(url, &port);
    bool ok = fits(t, call, url, fields);
    if (port) {
        if (!arena_printf(arena, &other, "%.*s%.*s", STR_ARG(str_sub(url, 0, port)),
                          STR_ARG(str_sub(url, end, url.n - end))))
            return false;
    } else if (!arena_printf(arena, &other, "%.*s:%s%.*s", STR_ARG(str_sub(url, 0, end)),
                             str_starts(url, STR("https://")) ? "443" : "80",
                             STR_ARG(str_sub(url, end, url.n - end)))) {
        return false;
    }
    return fits(t, call, other, fields) || ok;
}

enum status twilio_verify(void *ctx, struct arena *arena, const struct webhook_call *call, struct err *e) {
    struct str fields = STR("");
    struct buf text;
    bool ok = true;

    if (!call->signature.n)
        return fail(e, E_DENIED, &carrier_not_signed, "a webhook call without a signature");
    if (is_json(call)) {
        ok = body_is_signed(arena, call);
    } else {
        buf_init(&text, SIGNED_BYTES_MAX);
        ok = add_fields(arena, call->body, &text) && buf_ok(&text) &&
             arena_dup(arena, buf_str(&text), &fields);
        buf_done(&text);
    }
    ok = ok && is_signed_for(ctx, arena, call, fields);
    return ok ? OK : fail(e, E_DENIED, &carrier_not_signed, "a webhook call with a wrong signature");
}

/* ---- what it tells ---- */

static struct str get(struct arena *arena, struct str raw, struct str name) {
    struct str value = STR("");
    return urlencoded_get(arena, raw, name, &value) ? value : STR("");
}

/* The account, and our number: `To` of what people write, `From` of what we sent. A messaging service has numbers of its own. */
static enum status check_ours(const struct twilio *t, struct arena *arena, struct str form, bool report,
                              struct err *e) {
    struct str account = get(arena, form, STR("AccountSid")),
               sender = get(arena, form, report ? STR("From") : STR("To"));

    if (!account.n) return fail_field(e, STR("AccountSid"), &field_required, STR(""));
    if (!str_eq(account, t->account_sid))
        return fail(e, E_DENIED, &carrier_not_ours, "a webhook call of another account");
    if (report || t->service_sid.n) return OK; /* a report is found by its message */
    if (!sender.n) return fail_field(e, STR("To"), &field_required, STR(""));
    if (str_starts(sender, STR("whatsapp:"))) sender = str_sub(sender, 9, sender.n);
    if (str_eq(sender, t->sender) || (t->sms_sender.n && str_eq(sender, t->sms_sender))) return OK;
    return fail(e, E_DENIED, &carrier_not_ours, "a webhook call for another number");
}

/* Our own name for the message, which stands in the address that we asked to be called at. */
static int64_t message_id_of(struct arena *arena, struct str url) {
    int64_t id;
    size_t query = str_find_char(url, '?');
    struct str said = get(arena, str_sub(url, query + 1, url.n), STR("message"));
    return str_to_i64(said, &id) && id > 0 ? id : 0;
}

enum status twilio_read(void *ctx, struct arena *arena, const struct webhook_call *call,
                        struct channel_events *out, struct err *e) {
    const struct twilio *t = ctx;
    struct channel_event *event = arena_alloc(arena, sizeof *event);
    int64_t code = 0;
    enum status s;

    *out = (struct channel_events) { event, 1 };
    if (!event) return fail(e, E_LIMIT, NULL, "webhook: arena full");
    if ((s = twilio_form_read(arena, call->body, t->region, event, e)) != OK) return s;
    if ((s = check_ours(t, arena, call->body, event->kind == EVENT_REPORT, e)) != OK) return s;
    if (event->kind != EVENT_REPORT) return OK;
    event->message_id = message_id_of(arena, call->url);
    if (event->status == MESSAGE_FAILED)
        event->verdict = twilio_verdict(str_to_i64(event->error_code, &code) ? code : 0, 0);
    return OK;
}
