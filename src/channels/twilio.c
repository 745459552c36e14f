#include "channels/twilio.h"

#include "channels/twilio_room.h"
#include "http/urlencoded.h"

/* 4096 characters of four bytes, each written %XX, and as much again of what stands beside them. */
enum { WEBHOOK_BYTES_MAX = 128 * 1024 };

static enum template_state state_of(struct str word) {
    if (str_eq(word, STR("approved"))) return TEMPLATE_APPROVED;
    if (str_in_words(word, "received pending unsubmitted")) return TEMPLATE_PENDING;
    if (str_eq(word, STR("rejected"))) return TEMPLATE_REJECTED;
    if (str_in_words(word, "paused disabled")) return TEMPLATE_PAUSED;
    return TEMPLATE_UNKNOWN;
}

enum status twilio_template_state(void *ctx, const struct channel_call *call, struct str name,
                                  struct str language, enum template_state *out, struct err *e) {
    const struct twilio *t = ctx;
    struct str path;
    json_t *answer;
    enum status s;

    (void)language; /* a ContentSid is of one language */
    *out = TEMPLATE_UNKNOWN;
    if (!arena_printf(call->arena, &path, "/v1/Content/%.*s/ApprovalRequests", STR_ARG(name)))
        return fail(e, E_LIMIT, NULL, "no memory for a request to Twilio");
    if ((s = twilio_get(t, call, t->content_base_url, path, &answer, e)) != OK) return s;
    *out = state_of(wire_text(json_object_get(answer, "whatsapp"), "status"));
    json_decref(answer);
    return OK;
}

struct channel twilio_channel(struct twilio *t) {
    return (struct channel) { .name = "twilio",
                              .sender = t->sender,
                              .has_window = true,
                              .signature_header = "X-Twilio-Signature",
                              .webhook_bytes_max = WEBHOOK_BYTES_MAX,
                              .ctx = t,
                              .request = twilio_request,
                              .answer = twilio_answer,
                              .find = twilio_find,
                              .status_of = twilio_status_of,
                              .list_received = twilio_list_received,
                              .verify = twilio_verify,
                              .read = twilio_read,
                              .fetch = twilio_fetch,
                              .forget_media = twilio_forget_media,
                              .template_state = twilio_template_state,
                              .check = twilio_check,
                              .probe = twilio_probe };
}
