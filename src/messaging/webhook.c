#include "messaging/webhook.h"
#include "base/utf8.h"
#include "http/fields.h"
#include "http/urlencoded.h"
#include "patients/phone.h"

static struct str get(struct arena *arena, struct str form, struct str name) {
    struct str value = STR("");
    return urlencoded_get(arena, form, name, &value) ? value : STR("");
}

/* The carrier's own name for a message. */
static enum status read_sid(struct arena *arena, struct str form, struct str *sid, struct err *e) {
    *sid = get(arena, form, STR("MessageSid"));
    if (!sid->n) *sid = get(arena, form, STR("SmsSid"));
    if (!sid->n) return fail_field(e, STR("MessageSid"), &field_required, STR(""));
    for (size_t i = 0; i < sid->n; i++) {
        if (sid->p[i] <= ' ' || sid->p[i] > '~')
            return fail_field(e, STR("MessageSid"), &field_not_text, STR(""));
    }
    return sid->n <= MESSAGE_SID_MAX ? OK : fail_field(e, STR("MessageSid"), &field_too_long, STR("64"));
}

/* The carrier's words for the status of a message of ours; false for a received one. */
static bool read_status(struct str word, enum message_status *out) {
    static const struct {
        const char *word;
        enum message_status status;
    } words[] = {
        { "accepted", MESSAGE_ACCEPTED },  { "scheduled", MESSAGE_ACCEPTED },
        { "queued", MESSAGE_ACCEPTED },    { "sending", MESSAGE_ACCEPTED },
        { "sent", MESSAGE_SENT },          { "delivered", MESSAGE_DELIVERED },
        { "read", MESSAGE_READ },          { "failed", MESSAGE_FAILED },
        { "undelivered", MESSAGE_FAILED }, { "canceled", MESSAGE_FAILED },
    };
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (!str_eq(word, str_from_c(words[i].word))) continue;
        *out = words[i].status;
        return true;
    }
    return false;
}

static enum status read_message(struct arena *arena, struct str form, struct str region, struct webhook *w,
                                struct err *e) {
    static const struct str scheme = { "whatsapp:", 9 };
    struct str from = get(arena, form, STR("From"));
    struct phone phone;

    if (!from.n) return fail_field(e, STR("From"), &field_required, STR(""));
    if (str_starts(from, scheme)) from = str_sub(from, scheme.n, from.n);
    if (!phone_parse(from, region, &phone)) return fail_field(e, STR("From"), &phone_invalid, STR(""));
    memcpy(w->phone, phone.text, (size_t)phone.n + 1);
    w->message.phone = (struct str) { w->phone, phone.n };
    if (utf8_clean(arena, get(arena, form, STR("Body")), &w->message.body)) return OK;
    return fail(e, E_LIMIT, NULL, "webhook: arena full");
}

enum status webhook_read(struct arena *arena, struct str form, struct str region, struct webhook *w,
                         struct err *e) {
    struct str word = get(arena, form, STR("MessageStatus")), sid;
    enum status s;

    *w = (struct webhook) { .message = { STR(""), STR(""), STR("") } };
    if (!word.n) word = get(arena, form, STR("SmsStatus"));
    if ((s = read_sid(arena, form, &sid, e)) != OK) return s;
    w->message.provider_sid = w->provider_sid = sid;
    w->error_code = utf8_prefix(get(arena, form, STR("ErrorCode")), 32);
    if (read_status(word, &w->status)) {
        w->kind = WEBHOOK_REPORT;
        return OK;
    }
    w->kind = WEBHOOK_MESSAGE;
    return read_message(arena, form, region, w, e);
}
