#include "channels/twilio_form.h"

#include <stdio.h>

#include "base/utf8.h"
#include "channels/carrier.h"
#include "http/fields.h"
#include "http/urlencoded.h"
#include "patients/phone.h"

enum { PAYLOAD_MAX_BYTES = 256, EXTERNAL_ID_MAX = 140 };

static const struct str scheme = { "whatsapp:", 9 };

struct form {
    struct arena *arena;
    struct str raw;
};

static struct str get(const struct form *f, const char *name) {
    struct str value = STR("");
    return urlencoded_get(f->arena, f->raw, str_from_c(name), &value) ? value : STR("");
}

static bool is_plain(struct str s) {
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] > '~') return false;
    return true;
}

/* Twilio's own name for a message. */
static enum status read_sid(const struct form *f, struct str *sid, struct err *e) {
    *sid = get(f, "MessageSid");
    if (!sid->n) *sid = get(f, "SmsSid");
    if (!sid->n) return fail_field(e, STR("MessageSid"), &field_required, STR(""));
    if (!is_plain(*sid)) return fail_field(e, STR("MessageSid"), &field_not_text, STR(""));
    return sid->n <= CHANNEL_SID_MAX ? OK : fail_field(e, STR("MessageSid"), &field_too_long, STR("128"));
}

bool twilio_status(struct str word, enum message_status *out) {
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

static struct str without_scheme(struct str address) {
    return str_starts(address, scheme) ? str_sub(address, scheme.n, address.n) : address;
}

/* A person who hides the number is known by a name of the carrier alone, "SN.4566…": two letters, a point, letters and digits. */
static bool is_external_id(struct str s) {
    if (s.n < 4 || s.n > EXTERNAL_ID_MAX || s.p[2] != '.') return false;
    for (size_t i = 0; i < s.n; i++) {
        bool letter = is_ascii_letter(s.p[i]);
        if (!letter && (i < 2 || (s.p[i] != '.' && !is_digit(s.p[i])))) return false;
    }
    return true;
}

static enum status read_person(const struct form *f, struct str region, struct channel_event *event,
                               struct err *e) {
    struct str from = without_scheme(get(f, "From")), id = without_scheme(get(f, "ExternalUserId"));
    struct phone phone;

    if (!from.n) return fail_field(e, STR("From"), &field_required, STR(""));
    event->external_id = is_external_id(id) ? id : STR("");
    if (phone_parse(from, region, &phone))
        return arena_dup(f->arena, phone_str(&phone), &event->from)
                   ? OK
                   : fail(e, E_LIMIT, NULL, "webhook: arena full");
    if (!is_external_id(from)) return fail_field(e, STR("From"), &phone_invalid, STR(""));
    if (!event->external_id.n) event->external_id = from;
    return OK;
}

/* "ordonnance mars.pdf": one line that ends with a dot and a few letters or digits. */
static bool is_file_name(struct str text) {
    size_t dot = text.n;

    while (dot > 0 && text.p[dot - 1] != '.') dot--;
    if (dot < 2 || text.n - dot < 2 || text.n - dot > 5 || str_find_char(text, '\n') < text.n) return false;
    for (size_t i = dot; i < text.n; i++) {
        char c = text.p[i];
        if ((c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z')) return false;
    }
    return true;
}

/* What cannot be read of a medium leaves it out; the message itself stays. */
static enum status read_media(const struct form *f, struct channel_event *event, struct err *e) {
    int64_t count = 0;
    struct str said = get(f, "NumMedia");

    if (said.n && (!str_to_i64(said, &count) || count < 0 || count > CHANNEL_MEDIA_MAX))
        return fail_field(e, STR("NumMedia"), &field_not_integer, STR(""));
    for (int64_t i = 0; i < count; i++) {
        char url[32], type[32];
        snprintf(url, sizeof url, "MediaUrl%d", (int)i);
        snprintf(type, sizeof type, "MediaContentType%d", (int)i);
        struct channel_media media = { .ref = get(f, url), .type = get(f, type), .file_name = STR("") };
        if (media.ref.n && is_plain(media.ref)) event->media[event->media_count++] = media;
    }
    /* Where a caption would stand, Twilio writes the name of a document: nobody's question. */
    if (event->media_count == 1 && str_eq(get(f, "MessageType"), STR("document")) &&
        is_file_name(event->body)) {
        event->media[0].file_name = event->body;
        event->body = STR("");
    }
    return OK;
}

static enum status read_message(const struct form *f, struct str region, struct channel_event *event,
                                struct err *e) {
    struct str body = get(f, "Body"), button = get(f, "ButtonText");
    enum status s = read_person(f, region, event, e);

    if (s != OK) return s;
    if (!carrier_words(f->arena, body.n ? body : button, &event->body))
        return fail(e, E_LIMIT, NULL, "webhook: arena full");
    event->payload = utf8_prefix(get(f, "ButtonPayload"), PAYLOAD_MAX_BYTES);
    return read_media(f, event, e);
}

enum status twilio_form_read(struct arena *arena, struct str raw, struct str region,
                             struct channel_event *event, struct err *e) {
    const struct form f = { arena, raw };
    struct str word = get(&f, "MessageStatus");
    enum status s;

    *event = (struct channel_event) {
        .from = STR(""), .external_id = STR(""), .body = STR(""), .payload = STR("")
    };
    if (!word.n) word = get(&f, "SmsStatus");
    if ((s = read_sid(&f, &event->provider_sid, e)) != OK) return s;
    event->error_code = utf8_prefix(get(&f, "ErrorCode"), CHANNEL_CODE_MAX);
    if (!twilio_status(word, &event->status)) return read_message(&f, region, event, e);
    event->kind = EVENT_REPORT;
    return OK;
}
