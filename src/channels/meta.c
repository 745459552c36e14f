#include "channels/meta.h"

#include "base/buf.h"
#include "channels/meta_room.h"
#include "http/urlencoded.h"

enum { ANSWER_BYTES_MAX = 1 << 20, PATH_BYTES_MAX = 1024, WEBHOOK_BYTES_MAX = 3 << 20 /* Meta says so */ };

static const struct message carrier_denied = {
    "meta_denied", "Meta refuse nos identifiants. Vérifiez META_ACCESS_TOKEN et META_PHONE_NUMBER_ID.",
    "Meta refuses our credentials. Check META_ACCESS_TOKEN and META_PHONE_NUMBER_ID."
};

enum status meta_get(const struct meta *m, const struct channel_call *call, struct str path, json_t **out,
                     struct err *e) {
    struct str url, authorization;
    struct http_answer answer;
    enum status s;

    *out = NULL;
    if (!meta_authorization(m, call->arena, &authorization) ||
        !arena_printf(call->arena, &url, "%.*s/%.*s%.*s", STR_ARG(m->base_url), STR_ARG(m->version),
                      STR_ARG(path)))
        return fail(e, E_LIMIT, NULL, "no memory for a request to Meta");
    const struct http_send_request rq = { .verb = VERB_GET,
                                          .url = url,
                                          .headers = { { STR("Authorization"), authorization } },
                                          .timeout_us = META_TIMEOUT_US,
                                          .answer_bytes_max = ANSWER_BYTES_MAX };
    if ((s = http_send(call->client, call->arena, &rq, &answer, e)) != OK) return s == E_LIMIT ? s : E_RETRY;
    if (answer.code == 404) return fail(e, E_NOT_FOUND, NULL, "Meta does not know it");
    *out = wire_json(answer.body);
    if (answer.code == 200 && json_is_object(*out)) return OK;
    enum verdict verdict = meta_verdict(wire_count(json_object_get(*out, "error"), "code"), answer.code);
    json_decref(*out);
    *out = NULL;
    if (answer.code >= 400 && answer.code < 500 && verdict == VERDICT_ACCOUNT)
        return fail(e, E_DENIED, &carrier_denied, "Meta answered %d", answer.code);
    return fail(e, E_RETRY, &carrier_unclear, "Meta answered %d", answer.code);
}

static enum template_state state_of(struct str word) {
    if (str_eq(word, STR("APPROVED"))) return TEMPLATE_APPROVED;
    if (str_in_words(word, "PENDING IN_APPEAL")) return TEMPLATE_PENDING;
    if (str_eq(word, STR("REJECTED"))) return TEMPLATE_REJECTED;
    if (str_in_words(word, "PAUSED DISABLED PENDING_DELETION LIMIT_EXCEEDED")) return TEMPLATE_PAUSED;
    return TEMPLATE_UNKNOWN;
}

static bool template_path(const struct meta *m, struct arena *arena, struct str name, struct str *out) {
    struct buf path;
    buf_init(&path, PATH_BYTES_MAX);
    buf_addf(&path, "/%.*s/message_templates?fields=name,language,status&limit=100&name=",
             STR_ARG(m->business_account_id));
    urlencoded_add(&path, name);
    bool ok = buf_ok(&path) && arena_dup(arena, buf_str(&path), out);
    buf_done(&path);
    return ok;
}

enum status meta_template_state(void *ctx, const struct channel_call *call, struct str name,
                                struct str language, enum template_state *out, struct err *e) {
    const struct meta *m = ctx;
    const json_t *row;
    struct str path;
    json_t *answer;
    size_t i;
    enum status s;

    *out = TEMPLATE_UNKNOWN;
    if (!m->business_account_id.n) return OK;
    if (!template_path(m, call->arena, name, &path))
        return fail(e, E_LIMIT, NULL, "no memory for a request to Meta");
    if ((s = meta_get(m, call, path, &answer, e)) != OK) return s;
    json_array_foreach(json_object_get(answer, "data"), i, row) {
        if (str_eq(wire_text(row, "name"), name) && str_eq(wire_text(row, "language"), language))
            *out = state_of(wire_text(row, "status"));
    }
    json_decref(answer);
    return OK;
}

struct channel meta_channel(struct meta *m) {
    return (struct channel) { .name = "meta",
                              .sender = m->sender,
                              .has_window = true,
                              .signature_header = "X-Hub-Signature-256",
                              .webhook_bytes_max = WEBHOOK_BYTES_MAX,
                              .verify_token = m->verify_token,
                              .ctx = m,
                              .request = meta_request,
                              .answer = meta_answer,
                              .find = meta_find,
                              .verify = meta_verify,
                              .read = meta_read,
                              .fetch = meta_fetch,
                              .forget_media = meta_forget_media,
                              .template_state = meta_template_state,
                              .check = meta_check,
                              .probe = meta_probe };
}
