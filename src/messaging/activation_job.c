/*
 * activation_job -- "patient.send_activation" {"patient_id": N, "request": "…"}: the message with the
 * one-time link.
 *
 * Token and message are made in one transaction under the name of the request, so that a second run finds
 * the message there and makes neither. (Not under the job's id: an embedded database may give it to another
 * job one day.)
 */
#include "http/fields.h"
#include "messaging/activation_message.h"

enum { REQUEST_MAX_CHARS = 64 };

enum status activation_send_job(struct job_context *ctx, const struct job *job, struct err *e) {
    int64_t patient_id = 0;
    struct str request = STR(""), key;
    struct fields *f;
    enum status s;

    if ((s = fields_parse(ctx->arena, job->payload, &f, e)) != OK) return s;
    fields_i64(f, "patient_id", FIELD_REQUIRED, 1, INT64_MAX, &patient_id);
    fields_str(f, "request", FIELD_REQUIRED, REQUEST_MAX_CHARS, &request);
    if ((s = fields_done(f)) != OK) return s;
    if (!arena_printf(ctx->arena, &key, "activation:%.*s", STR_ARG(request))) {
        return fail(e, E_LIMIT, NULL, "activation: arena full");
    }
    return activation_message_send(ctx, job, patient_id, key, e);
}
