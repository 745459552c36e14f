/*
 * twilio_send -- POST …/Messages.json and its answer.
 *
 * Twilio has no key that makes a repetition harmless, so an answer that does not say what became of the message leaves it uncertain: it is looked for
 * in Twilio's list before it is sent again. A refusal with 429 was never processed.
 */
#include "channels/twilio_room.h"

#include <sodium.h>
#include <stdio.h>

#include "channels/twilio_form.h"
#include "http/urlencoded.h"

enum {
    FORM_BYTES_MAX = 64 * 1024,
    CREDENTIALS_BYTES_MAX = 512,
    ANSWER_BYTES_MAX = 256 * 1024,
    VARIABLE_NAME_BYTES = 24
};

bool twilio_authorization(const struct twilio *t, struct arena *arena, struct str *out) {
    char text[sodium_base64_ENCODED_LEN(CREDENTIALS_BYTES_MAX, sodium_base64_VARIANT_ORIGINAL)];
    struct str plain;
    if (!arena_printf(arena, &plain, "%.*s:%.*s", STR_ARG(t->account_sid), STR_ARG(t->auth_token)))
        return false;
    if (plain.n > CREDENTIALS_BYTES_MAX) return false;
    sodium_bin2base64(text, sizeof text, (const unsigned char *)plain.p, plain.n,
                      sodium_base64_VARIANT_ORIGINAL);
    return arena_printf(arena, out, "Basic %s", text);
}

bool twilio_address(struct arena *arena, enum transport transport, struct str number, struct str *out) {
    return arena_printf(arena, out, "%s%.*s", transport == TRANSPORT_SMS ? "" : "whatsapp:", STR_ARG(number));
}

static void add(struct buf *form, const char *name, struct str value) {
    if (form->n) buf_add_char(form, '&');
    buf_add(form, str_from_c(name));
    buf_add_char(form, '=');
    urlencoded_add(form, value);
}

static bool add_sender(const struct twilio *t, struct arena *arena, struct buf *form,
                       enum transport transport) {
    struct str from, number = transport == TRANSPORT_SMS ? t->sms_sender : t->sender;
    if (transport == TRANSPORT_WHATSAPP && t->service_sid.n) add(form, "MessagingServiceSid", t->service_sid);
    if (!number.n) return transport == TRANSPORT_WHATSAPP && t->service_sid.n;
    if (!twilio_address(arena, transport, number, &from)) return false;
    add(form, "From", from);
    return true;
}

/* ["Awa", "…"] as Twilio wants it: {"1":"Awa","2":"…"}. */
static bool add_variables(struct arena *arena, struct buf *form, struct str list) {
    char name[VARIABLE_NAME_BYTES];
    json_t *values = wire_json(list), *named = json_object(), *value;
    struct str text = STR("");
    size_t i;

    json_array_foreach(values, i, value) {
        snprintf(name, sizeof name, "%zu", i + 1);
        json_object_set(named, name, value);
    }
    bool ok = json_is_array(values) && wire_dump(arena, named, &text);
    json_decref(values);
    json_decref(named);
    if (ok) add(form, "ContentVariables", text);
    return ok;
}

static bool write_form(const struct twilio *t, struct arena *arena, const struct outgoing *out,
                       struct buf *form) {
    struct str to, callback;
    if (!twilio_address(arena, out->transport, out->to, &to)) return false;
    if (!arena_printf(arena, &callback, "%.*s/webhook/whatsapp-rag?message=%lld", STR_ARG(t->public_url),
                      (long long)out->message_id))
        return false;
    add(form, "To", to);
    if (!add_sender(t, arena, form, out->transport)) return false;
    if (out->template_name.n) {
        add(form, "ContentSid", out->template_name);
        if (out->template_variables.n && !add_variables(arena, form, out->template_variables)) return false;
    } else {
        add(form, "Body", out->body);
    }
    add(form, "StatusCallback", callback);
    return true;
}

enum status twilio_request(void *ctx, struct arena *arena, const struct outgoing *out,
                           struct http_send_request *rq, struct err *e) {
    const struct twilio *t = ctx;
    struct str url, authorization, body;
    struct buf form;

    if (out->transport == TRANSPORT_SMS && !t->sms_sender.n)
        return fail(e, E_INVALID, NULL, "message %lld: there is no sender for SMS",
                    (long long)out->message_id);
    buf_init(&form, FORM_BYTES_MAX);
    bool ok = write_form(t, arena, out, &form) && buf_ok(&form) && arena_dup(arena, buf_str(&form), &body) &&
              twilio_authorization(t, arena, &authorization) &&
              arena_printf(arena, &url, "%.*s/2010-04-01/Accounts/%.*s/Messages.json", STR_ARG(t->base_url),
                           STR_ARG(t->account_sid));
    buf_done(&form);
    if (!ok)
        return fail(e, E_INVALID, NULL, "message %lld cannot be written for Twilio",
                    (long long)out->message_id);
    *rq = (struct http_send_request) {
        .verb = VERB_POST,
        .url = url,
        .headers = { { STR("Authorization"), authorization },
                     { STR("Content-Type"), STR("application/x-www-form-urlencoded; charset=utf-8") },
                     { STR("Accept"), STR("application/json") } },
        .body = body,
        .timeout_us = TWILIO_TIMEOUT_US,
        .answer_bytes_max = ANSWER_BYTES_MAX,
        .once = true,
    };
    return OK;
}

static void keep_code(struct sent *sent, int64_t code, int http) {
    snprintf(sent->error_code, sizeof sent->error_code, "%lld", (long long)(code ? code : http));
}

/* Taken: its name and first status. A message that failed at once says so here. */
static enum status read_taken(const json_t *answer, struct sent *sent, struct err *e) {
    struct str sid = wire_text(answer, "sid");
    int64_t code = wire_count(answer, "error_code");

    if (sid.n == 0 || sid.n > CHANNEL_SID_MAX)
        return fail(e, E_UNCERTAIN, NULL, "Twilio took a message without naming it");
    memcpy(sent->provider_sid, sid.p, sid.n);
    sent->provider_sid[sid.n] = 0;
    if (!twilio_status(wire_text(answer, "status"), &sent->status)) sent->status = MESSAGE_ACCEPTED;
    sent->verdict = VERDICT_NONE;
    if (sent->status != MESSAGE_FAILED) return OK;
    sent->verdict = twilio_verdict(code, 0);
    keep_code(sent, code, 0);
    return OK;
}

enum status twilio_answer(void *ctx, struct arena *arena, const struct outgoing *out,
                          const struct http_answer *answer, struct sent *sent, struct err *e) {
    json_t *json = wire_json(answer->body);
    enum status s = OK;

    (void)ctx, (void)arena, (void)out;
    if (answer->code >= 200 && answer->code < 300) {
        s = read_taken(json, sent, e);
    } else if (answer->code >= 400 && answer->code < 500) {
        int64_t code = wire_count(json, "code");
        sent->verdict = twilio_verdict(code, answer->code);
        sent->retry_after_us = answer->retry_after_us;
        keep_code(sent, code, answer->code);
    } else {
        s = fail(e, E_UNCERTAIN, NULL, "Twilio answered %d", answer->code);
        sent->retry_after_us = answer->retry_after_us;
    }
    json_decref(json);
    return s;
}
