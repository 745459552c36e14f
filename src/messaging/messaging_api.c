/*
 * messaging_api -- the routes and job kinds of this room.
 */
#include "messaging/activation_message.h"
#include "messaging/catch_up.h"
#include "messaging/inbound.h"
#include "messaging/media.h"
#include "messaging/messaging_handlers.h"
#include "messaging/outbox.h"
#include "messaging/template.h"

enum {
    WEBHOOK_BODY_MAX = 3 * 1024 * 1024, /* what Meta may tell in one call */
    SIMULATOR_BODY_MAX = 64 * 1024,
    CONFIRM_BODY_MAX = 32 * 1024,
    TEMPLATE_BODY_MAX = 32 * 1024
};

static const struct query_param list_params[] = {
    { "page", "Page number, from 1" },
    { "page_size", "Rows a page, at most 100" },
    { "patient", "Messages of one patient" },
    { "phone", "Messages of one number" },
    { "direction", "in or out" },
    { "status",
      "received, processed, queued, sending, uncertain, accepted, sent, failed, delivered or read" },
    { 0 },
};
static const struct query_param template_params[] = {
    { "page", "Page number, from 1" },
    { "page_size", "Rows a page, at most 100" },
    { "purpose", "Templates of one purpose" },
    { 0 },
};
static const struct query_param verify_params[] = {
    { "hub.mode", "subscribe" },
    { "hub.verify_token", "META_VERIFY_TOKEN" },
    { "hub.challenge", "What is answered" },
    { 0 },
};
static const struct query_param simulator_params[] = {
    { "phone", "The simulated phone" },
    { "page", "Page number, from 1: the newest messages" },
    { "page_size", "Rows a page, at most 100" },
    { 0 },
};

const struct route messaging_routes[] = {
    { .method = HTTP_GET,
      .path = "/api/messaging/messages/",
      .permission = PERM_MESSAGING,
      .run_on = RUN_HTTP,
      .handler = message_list_get,
      .summary = "Every WhatsApp message in and out, newest first",
      .response_schema = "MessageList",
      .success = 200,
      .query = list_params },
    { .method = HTTP_GET,
      .path = "/api/messaging/templates/",
      .permission = PERM_MESSAGING,
      .run_on = RUN_HTTP,
      .handler = template_list_get,
      .summary = "Messages that the carrier approved beforehand, for outside the window",
      .response_schema = "TemplateList",
      .success = 200,
      .query = template_params },
    { .method = HTTP_POST,
      .path = "/api/messaging/templates/",
      .permission = PERM_ADVICE_WRITE,
      .run_on = RUN_WORKER,
      .body_max_bytes = TEMPLATE_BODY_MAX,
      .handler = template_list_post,
      .summary = "Add one that was submitted to the carrier",
      .request_schema = "TemplateAdd",
      .response_schema = "Template",
      .success = 201,
      .creates = true },
    { .method = HTTP_GET,
      .path = "/api/messaging/templates/{id}/",
      .permission = PERM_MESSAGING,
      .run_on = RUN_HTTP,
      .handler = template_get_one,
      .summary = "One template",
      .response_schema = "Template",
      .success = 200 },
    { .method = HTTP_PATCH,
      .path = "/api/messaging/templates/{id}/",
      .permission = PERM_ADVICE_WRITE,
      .run_on = RUN_WORKER,
      .body_max_bytes = TEMPLATE_BODY_MAX,
      .handler = template_patch,
      .summary = "Change it; other words or another name have to be approved again",
      .request_schema = "TemplateChange",
      .response_schema = "Template",
      .success = 200 },
    { .method = HTTP_DELETE,
      .path = "/api/messaging/templates/{id}/",
      .permission = PERM_ADVICE_WRITE,
      .run_on = RUN_WORKER,
      .handler = template_delete,
      .summary = "Delete it here; the carrier keeps its own",
      .success = 204 },
    { .method = HTTP_POST,
      .path = "/api/messaging/templates/{id}/check/",
      .permission = PERM_ADVICE_WRITE,
      .run_on = RUN_WORKER,
      .handler = template_check_post,
      .summary = "Ask the carrier whether it is approved",
      .response_schema = "Template",
      .success = 200 },
    { .method = HTTP_POST,
      .path = "/webhook/whatsapp-rag",
      .permission = PERM_PUBLIC,
      .run_on = RUN_WORKER,
      .body_max_bytes = WEBHOOK_BODY_MAX,
      .handler = webhook_whatsapp_post,
      .summary =
          "Messages and delivery reports from the carrier; the simulator's from this machine or with a token",
      .success = 200,
      .form = true,
      .json_too = true },
    { .method = HTTP_GET,
      .path = "/webhook/whatsapp-rag",
      .permission = PERM_PUBLIC,
      .run_on = RUN_HTTP,
      .handler = webhook_whatsapp_get,
      .summary = "Meta asks whether this webhook is the clinic's; answers the challenge",
      .success = 200,
      .query = verify_params },
    { .method = HTTP_GET,
      .path = "/webhook/confirm-{token}",
      .permission = PERM_PUBLIC,
      .run_on = RUN_HTTP,
      .handler = webhook_confirm_get,
      .summary = "The page behind an activation link; changes nothing",
      .success = 200,
      .page = true },
    { .method = HTTP_POST,
      .path = "/webhook/confirm-{token}",
      .permission = PERM_PUBLIC,
      .run_on = RUN_WORKER,
      .body_max_bytes = CONFIRM_BODY_MAX,
      .handler = webhook_confirm_post,
      .summary = "The person behind an activation link confirms",
      .request_schema = "LinkConfirm",
      .response_schema = "LinkConfirmed",
      .success = 200,
      .page = true },
    { .path = NULL },
};

const struct route simulator_routes[] = {
    { .method = HTTP_GET,
      .path = "/api/simulator/",
      .permission = PERM_MESSAGING,
      .run_on = RUN_HTTP,
      .handler = simulator_get,
      .summary = "The messages of one simulated phone, newest last",
      .response_schema = "MessageList",
      .success = 200,
      .query = simulator_params },
    { .method = HTTP_POST,
      .path = "/api/simulator/",
      .permission = PERM_MESSAGING,
      .run_on = RUN_WORKER,
      .body_max_bytes = SIMULATOR_BODY_MAX,
      .handler = simulator_post,
      .summary = "Write to the clinic as that phone",
      .request_schema = "SimulatorWrite",
      .response_schema = "Message",
      .success = 201,
      .creates = true },
    { .method = HTTP_POST,
      .path = "/api/simulator/media/",
      .permission = PERM_MESSAGING,
      .run_on = RUN_WORKER,
      .handler = simulator_media_post,
      .summary =
          "Send a photo or a document as that phone (multipart: phone, file, body for words below it); it is received as from a real carrier",
      .response_schema = "Message",
      .success = 201,
      .upload = &simulator_media_upload },
    { .path = NULL },
};

size_t messaging_job_kinds(struct messaging *room, struct job_kind kinds[MESSAGING_JOB_KINDS]) {
    const struct job_kind made[MESSAGING_JOB_KINDS] = {
        { .name = PATIENT_JOB_SEND_ACTIVATION,
          .run = activation_send_job,
          .room = room,
          .lease_us = MINUTE_US,
          .attempts_max = 12 },
        { .name = INBOUND_JOB_PROCESS,
          .run = inbound_process_job,
          .on_dead = inbound_process_dead,
          .room = room,
          .lease_us = 5 * MINUTE_US, /* a model outside may take its time */
          .attempts_max = 5 },       /* about a minute: then the patient is told rather than left waiting */
        { .name = OUTBOX_JOB_SETTLE,
          .run = outbox_settle_job,
          .on_dead = outbox_settle_dead,
          .room = room,
          .lease_us = 5 * MINUTE_US,
          .attempts_max = 12 }, /* two to three hours */
        { .name = INBOUND_JOB_CATCH_UP,
          .run = catch_up_job,
          .room = room,
          .lease_us = 10 * MINUTE_US,
          .attempts_max = INT32_MAX, /* an outage may last */
          .parallel_max = 1,
          .delay_max_us = MINUTE_US }, /* people wait for an answer to what nobody has read yet */
        { .name = OUTBOX_JOB_SWEEP,
          .run = outbox_sweep_job,
          .room = room,
          .lease_us = 5 * MINUTE_US,
          .attempts_max = 30, /* a database in trouble for a day */
          .parallel_max = 1 },
        { .name = TEMPLATE_JOB_CHECK,
          .run = template_check_job,
          .room = room,
          .lease_us = 10 * MINUTE_US,
          .attempts_max = 6,
          .parallel_max = 1 },
        { .name = MEDIA_JOB_FETCH,
          .run = media_fetch_job,
          .on_dead = media_fetch_dead,
          .room = room,
          .lease_us = 10 * MINUTE_US, /* three addresses, two minutes each */
          .attempts_max = 12,
          .parallel_max = MEDIA_PARALLEL_MAX },
        { .name = MEDIA_JOB_FORGET,
          .run = media_forget_job,
          .room = room,
          .lease_us = MINUTE_US,
          .attempts_max = 20 }, /* half a day */
    };
    memcpy(kinds, made, sizeof made);
    return MESSAGING_JOB_KINDS;
}

enum status messaging_start_jobs(struct messaging *room, struct db *db, int64_t now_us, struct err *e) {
    enum status s = catch_up_start(room, db, now_us, e);
    if (s == OK) s = outbox_add_sweep(room, db, 0, now_us, e);
    return s == OK ? template_add_check(room, db, false, 0, now_us, e) : s;
}
