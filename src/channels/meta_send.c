/*
 * meta_send -- POST /{phone number id}/messages and its answer.
 *
 * A refusal is a JSON object "error": the message was not taken. Anything else that is no success leaves it uncertain.
 */
#include "channels/meta_room.h"

#include <stdio.h>

enum { ANSWER_BYTES_MAX = 256 * 1024 };

bool meta_authorization(const struct meta *m, struct arena *arena, struct str *out) {
    return arena_printf(arena, out, "Bearer %.*s", STR_ARG(m->access_token));
}

static json_t *text_of(struct str s) {
    return json_stringn(s.p, s.n);
}

/* The variables, a JSON list of strings, as parameters of the template's body. */
static json_t *components_of(struct str variables) {
    json_t *values = wire_json(variables), *parameters = json_array(), *value;
    size_t i;
    json_array_foreach(values, i, value) {
        json_array_append_new(parameters, json_pack("{s:s, s:O}", "type", "text", "text", value));
    }
    json_decref(values);
    return json_pack("[{s:s, s:o}]", "type", "body", "parameters", parameters);
}

static json_t *content_of(const struct outgoing *out, const char **type) {
    if (!out->template_name.n) {
        *type = "text";
        return json_pack("{s:o, s:b}", "body", text_of(out->body), "preview_url", 0);
    }
    *type = "template";
    json_t *content = json_pack("{s:o, s:{s:o}}", "name", text_of(out->template_name), "language", "code",
                                text_of(out->template_language));
    if (out->template_variables.n)
        json_object_set_new(content, "components", components_of(out->template_variables));
    return content;
}

/* A number without its +, or the name of somebody who hides the number. */
static void add_person(json_t *message, struct str to) {
    if (to.n && to.p[0] == '+')
        json_object_set_new(message, "to", text_of(str_sub(to, 1, to.n)));
    else
        json_object_set_new(message, "recipient", text_of(to));
}

static bool write_body(struct arena *arena, const struct outgoing *out, struct str *body) {
    char id[24];
    const char *type;
    json_t *content = content_of(out, &type);
    json_t *message = json_pack("{s:s, s:s, s:s}", "messaging_product", "whatsapp", "recipient_type",
                                "individual", "type", type);

    snprintf(id, sizeof id, "%lld", (long long)out->message_id);
    add_person(message, out->to);
    json_object_set_new(message, "biz_opaque_callback_data", json_string(id));
    bool ok = json_object_set_new(message, type, content) == 0 && wire_dump(arena, message, body);
    json_decref(message);
    return ok;
}

enum status meta_request(void *ctx, struct arena *arena, const struct outgoing *out,
                         struct http_send_request *rq, struct err *e) {
    const struct meta *m = ctx;
    struct str url, authorization, body;

    if (out->transport == TRANSPORT_SMS)
        return fail(e, E_INVALID, NULL, "message %lld: Meta sends no SMS", (long long)out->message_id);
    if (!write_body(arena, out, &body) || !meta_authorization(m, arena, &authorization) ||
        !arena_printf(arena, &url, "%.*s/%.*s/%.*s/messages", STR_ARG(m->base_url), STR_ARG(m->version),
                      STR_ARG(m->phone_number_id)))
        return fail(e, E_INVALID, NULL, "message %lld cannot be written for Meta",
                    (long long)out->message_id);
    *rq = (struct http_send_request) {
        .verb = VERB_POST,
        .url = url,
        .headers = { { STR("Authorization"), authorization },
                     { STR("Content-Type"), STR("application/json") } },
        .body = body,
        .timeout_us = META_TIMEOUT_US,
        .answer_bytes_max = ANSWER_BYTES_MAX,
        .once = true,
    };
    return OK;
}

static enum status read_taken(const json_t *answer, struct sent *sent, struct err *e) {
    struct str id = wire_text(json_array_get(json_object_get(answer, "messages"), 0), "id");
    if (id.n == 0 || id.n > CHANNEL_SID_MAX)
        return fail(e, E_UNCERTAIN, NULL, "Meta took a message without naming it");
    memcpy(sent->provider_sid, id.p, id.n);
    sent->provider_sid[id.n] = 0;
    sent->status = MESSAGE_ACCEPTED;
    sent->verdict = VERDICT_NONE;
    return OK;
}

enum status meta_answer(void *ctx, struct arena *arena, const struct outgoing *out,
                        const struct http_answer *answer, struct sent *sent, struct err *e) {
    json_t *json = wire_json(answer->body);
    const json_t *error = json_object_get(json, "error");
    enum status s = OK;

    (void)ctx, (void)arena, (void)out;
    if (answer->code >= 200 && answer->code < 300) {
        s = read_taken(json, sent, e);
    } else if (json_is_object(error) || (answer->code >= 400 && answer->code < 500)) {
        int64_t code = wire_count(error, "code");
        sent->verdict = meta_verdict(code, answer->code);
        sent->retry_after_us = answer->retry_after_us;
        snprintf(sent->error_code, sizeof sent->error_code, "%lld", (long long)(code ? code : answer->code));
    } else {
        s = fail(e, E_UNCERTAIN, NULL, "Meta answered %d", answer->code);
    }
    json_decref(json);
    return s;
}

/* Only a report can tell, and it names the message by our id: then it has climbed already. */
enum status meta_find(void *ctx, const struct channel_call *call, const struct outgoing *out,
                      int64_t attempted_at_us, bool (*is_ours)(void *, struct str), void *ours,
                      struct sent *sent, struct err *e) {
    (void)ctx, (void)call, (void)attempted_at_us, (void)is_ours, (void)ours, (void)sent;
    return fail(e, E_RETRY, NULL, "no report has named message %lld yet", (long long)out->message_id);
}
