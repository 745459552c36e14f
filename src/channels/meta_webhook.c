/*
 * meta_webhook -- is a call really Meta's (X-Hub-Signature-256 over the raw bytes), and what does it tell: one call may tell many things.
 */
#include "base/crypto.h"
#include "base/mac.h"
#include "base/utf8.h"
#include "channels/meta_room.h"
#include "http/fields.h"
#include "patients/phone.h"

enum { EVENTS_MAX = 1000, PAYLOAD_MAX_BYTES = 256 };

static const struct message not_json = { "webhook_not_json", "Cet appel n’est pas du JSON de WhatsApp.",
                                         "This call is no JSON of WhatsApp." };

enum status meta_verify(void *ctx, struct arena *arena, const struct webhook_call *call, struct err *e) {
    static const struct str prefix = { "sha256=", 7 };
    const struct meta *m = ctx;
    char mac[MAC_SHA256_HEX_BYTES];

    (void)arena;
    if (!str_starts(call->signature, prefix))
        return fail(e, E_DENIED, &carrier_not_signed, "a webhook call without a signature");
    struct str said = str_sub(call->signature, prefix.n, call->signature.n);
    if (mac_sha256_hex(m->app_secret, call->body, mac) && crypto_equal(said, str_from_c(mac))) return OK;
    return fail(e, E_DENIED, &carrier_not_signed, "a webhook call with a wrong signature");
}

struct reading {
    struct arena *arena;
    struct channel_events *out;
    bool full;
    bool ours, foreign; /* something was about our number, about another one */
};

/* A copy: the JSON is gone when the events are read. */
static struct str keep(struct reading *r, struct str s) {
    struct str kept = STR("");
    if (!arena_dup(r->arena, s, &kept)) r->full = true;
    return kept;
}

static bool is_sid(struct str s) {
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] > '~') return false;
    return s.n > 0 && s.n <= CHANNEL_SID_MAX;
}

/* "221771234567" */
static struct str number_of(struct reading *r, struct str digits) {
    struct str written;
    struct phone phone;
    if (!digits.n) return STR("");
    if (!arena_printf(r->arena, &written, "+%.*s", STR_ARG(digits))) {
        r->full = true;
        return STR("");
    }
    return phone_parse(written, STR("SN"), &phone) ? keep(r, phone_str(&phone)) : STR("");
}

/* What the person said, in words: the text, what stands under a picture, the button. */
static struct str words_of(const json_t *message, struct str type) {
    const json_t *interactive = json_object_get(message, "interactive"),
                 *inner = json_object_get(message, "text");
    if (str_eq(type, STR("text"))) return wire_text(inner, "body");
    if (str_eq(type, STR("button"))) return wire_text(json_object_get(message, "button"), "text");
    if (str_eq(type, STR("interactive"))) {
        const json_t *reply = json_object_get(interactive, "button_reply");
        return wire_text(reply ? reply : json_object_get(interactive, "list_reply"), "title");
    }
    if (str_in_words(type, "image video document")) {
        char name[16];
        memcpy(name, type.p, type.n);
        name[type.n] = 0;
        return wire_text(json_object_get(message, name), "caption");
    }
    return STR("");
}

static struct str payload_of(const json_t *message) {
    const json_t *interactive = json_object_get(message, "interactive"),
                 *button = json_object_get(message, "button");
    const json_t *reply = json_object_get(interactive, "button_reply");
    if (button) return wire_text(button, "payload");
    return wire_text(reply ? reply : json_object_get(interactive, "list_reply"), "id");
}

static void add_media(struct reading *r, struct channel_event *event, const json_t *message) {
    static const char *const kinds[] = { "image", "audio", "video", "document", "sticker" };
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        const json_t *media = json_object_get(message, kinds[i]);
        struct str id = wire_text(media, "id");
        if (!is_sid(id)) continue;
        event->media[event->media_count++] =
            (struct channel_media) { .ref = keep(r, id),
                                     .type = keep(r, wire_text(media, "mime_type")),
                                     .file_name = keep(r, wire_text(media, "filename")) };
    }
}

static struct str clean(struct reading *r, struct str words) {
    struct str text = STR("");
    if (!carrier_words(r->arena, words, &text)) r->full = true;
    return keep(r, text);
}

static int64_t seconds_of(struct str text) {
    int64_t s;
    return str_to_i64(text, &s) && s > 0 && s < INT64_MAX / SECOND_US ? s * SECOND_US : 0;
}

static struct channel_event *next_event(struct reading *r) {
    struct channel_event *event = r->out->count < EVENTS_MAX ? &r->out->items[r->out->count] : NULL;
    if (!event) return NULL;
    *event = (struct channel_event) {
        .from = STR(""), .external_id = STR(""), .body = STR(""), .payload = STR(""), .error_code = STR("")
    };
    return event;
}

static void read_message(struct reading *r, const json_t *message) {
    struct channel_event *event = next_event(r);
    struct str type = wire_text(message, "type"), id = wire_text(message, "id");

    /* What changes a number or reacts to a message is nothing that somebody wrote. */
    if (!event || !is_sid(id) || str_in_words(type, "system reaction")) return;
    event->kind = EVENT_MESSAGE;
    event->provider_sid = keep(r, id);
    event->from = number_of(r, wire_text(message, "from"));
    event->external_id = keep(r, utf8_prefix(wire_text(message, "from_user_id"), CHANNEL_SID_MAX));
    event->body = clean(r, words_of(message, type));
    event->payload = keep(r, utf8_prefix(payload_of(message), PAYLOAD_MAX_BYTES));
    event->sent_at_us = seconds_of(wire_text(message, "timestamp"));
    add_media(r, event, message);
    if (event->from.n || event->external_id.n) r->out->count++;
}

static bool status_of(struct str word, enum message_status *out) {
    static const struct {
        const char *word;
        enum message_status status;
    } words[] = { { "sent", MESSAGE_SENT },
                  { "delivered", MESSAGE_DELIVERED },
                  { "read", MESSAGE_READ },
                  { "played", MESSAGE_READ },
                  { "failed", MESSAGE_FAILED } };
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (!str_eq(word, str_from_c(words[i].word))) continue;
        *out = words[i].status;
        return true;
    }
    return false;
}

static void read_report(struct reading *r, const json_t *status) {
    struct channel_event *event = next_event(r);
    struct str id = wire_text(status, "id");
    int64_t code = wire_count(json_array_get(json_object_get(status, "errors"), 0), "code");

    if (!event || !is_sid(id) || !status_of(wire_text(status, "status"), &event->status)) return;
    event->kind = EVENT_REPORT;
    event->provider_sid = keep(r, id);
    if (!str_to_i64(wire_text(status, "biz_opaque_callback_data"), &event->message_id) ||
        event->message_id < 0)
        event->message_id = 0;
    if (event->status == MESSAGE_FAILED) {
        event->verdict = meta_verdict(code, 0);
        if (code && !arena_printf(r->arena, &event->error_code, "%lld", (long long)code)) r->full = true;
    }
    r->out->count++;
}

/* Other numbers of the same business account share the webhook: what is theirs is passed over. */
static void read_change(struct reading *r, const struct meta *m, const json_t *change) {
    const json_t *item, *value = json_object_get(change, "value");
    size_t i;

    if (!str_eq(wire_text(change, "field"), STR("messages"))) return;
    if (!str_eq(wire_text(json_object_get(value, "metadata"), "phone_number_id"), m->phone_number_id)) {
        r->foreign = true;
        return;
    }
    r->ours = true;
    json_array_foreach(json_object_get(value, "messages"), i, item) {
        read_message(r, item);
    }
    json_array_foreach(json_object_get(value, "statuses"), i, item) {
        read_report(r, item);
    }
}

static void read_entries(struct reading *r, const struct meta *m, const json_t *entries) {
    const json_t *entry, *change;
    size_t i, k;
    json_array_foreach(entries, i, entry) {
        json_array_foreach(json_object_get(entry, "changes"), k, change) {
            read_change(r, m, change);
        }
    }
}

enum status meta_read(void *ctx, struct arena *arena, const struct webhook_call *call,
                      struct channel_events *out, struct err *e) {
    struct reading r = { .arena = arena, .out = out };
    json_t *top = wire_json(call->body);
    enum status s = OK;

    *out = (struct channel_events) { arena_array(arena, EVENTS_MAX, sizeof *out->items), 0 };
    if (!out->items) s = fail(e, E_LIMIT, NULL, "webhook: arena full");
    if (s == OK && !str_eq(wire_text(top, "object"), STR("whatsapp_business_account")))
        s = fail(e, E_INVALID, &not_json, "a webhook call that is none of WhatsApp");
    if (s == OK) read_entries(&r, ctx, json_object_get(top, "entry"));
    json_decref(top);
    if (s == OK && r.foreign && !r.ours)
        s = fail(e, E_DENIED, &carrier_not_ours, "a webhook call for another number");
    return s == OK && r.full ? fail(e, E_LIMIT, NULL, "webhook: arena full") : s;
}
