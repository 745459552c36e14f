/*
 * session_api -- /api/sessions/: conversations, and a doctor's part in them. The routes of this room.
 */
#include "http/fields.h"
#include "http/page.h"
#include "sessions/session.h"
#include "patients/patient_query.h"
#include "sessions/session_handlers.h"

enum { SMALL_BODY_MAX = 4 * 1024, REPLY_BODY_MAX = 32 * 1024 };

void session_write_json(struct json_out *json, const struct session *s, int64_t now_us) {
    struct str state = s->expires_at_us <= now_us ? STR("closed")
                       : s->by_doctor             ? STR("doctor")
                                                  : STR("assistant");
    json_field_int(json, "id", s->id);
    json_field_str(json, "session_id", s->key);
    json_field_str(json, "phone", s->phone);
    json_field_id_or_null(json, "patient", s->patient_id);
    json_field_bool(json, "shared", s->people > 1);
    json_field_str(json, "state", state);
    json_field_id_or_null(json, "taken_over_by", s->doctor_id);
    json_field_time(json, "taken_over_at", s->taken_at_us);
    json_field_time(json, "waiting_since", s->waiting_since_us);
    json_field_int(json, "reminders", s->reminders);
    json_field_int(json, "received", s->in_count);
    json_field_int(json, "answered_by_assistant", s->assistant_count);
    json_field_int(json, "answered_by_doctor", s->doctor_count);
    json_field_time(json, "started_at", s->started_at_us);
    json_field_time(json, "last_message_at", s->last_message_at_us);
    json_field_time(json, "expires_at", s->expires_at_us);
}

struct writing {
    struct json_out *json;
    int64_t now_us;
};

static enum status write_row(void *ctx, const struct session *session, struct err *e) {
    const struct writing *w = ctx;
    (void)e;
    json_put_object(w->json);
    session_write_json(w->json, session, w->now_us);
    json_put_object_end(w->json);
    return OK;
}

static bool is_state(struct str state) {
    return str_eq(state, STR("assistant")) || str_eq(state, STR("doctor")) || str_eq(state, STR("closed"));
}

static enum status read_filter(const struct request *rq, struct session_filter *f, struct err *e) {
    struct str waiting = request_query(rq, "waiting");

    *f = (struct session_filter) { .state = request_query(rq, "state"), .now_us = rq->now_us };
    if (f->state.n && !is_state(f->state))
        return fail_field(e, STR("state"), &field_not_a_choice, STR("assistant, doctor, closed"));
    if (waiting.n && !str_eq(waiting, STR("0")) && !str_eq(waiting, STR("1")))
        return fail_field(e, STR("waiting"), &field_not_a_choice, STR("0, 1"));
    f->waiting = str_eq(waiting, STR("1"));
    return patient_query(rq, &f->patient_id, e);
}

enum status session_list_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out json = json_out_to(&re->body);
    struct writing w = { &json, rq->now_us };
    struct session_filter filter;
    struct page_request page;
    int64_t count;
    enum status s;

    if ((s = read_filter(rq, &filter, e)) != OK) return s;
    if ((s = page_request_parse(rq, &page, e)) != OK) return s;
    filter.limit = page.size;
    filter.offset = page.offset;
    if ((s = session_count(rq->db, &filter, &count, e)) != OK) return s;
    if ((s = page_begin(rq, &page, count, &json, e)) != OK) return s;
    if ((s = session_each(rq->db, &filter, write_row, &w, e)) != OK) return s;
    page_end(&json);
    return OK;
}

static enum status answer(struct request *rq, struct reply *re, int64_t id, struct err *e) {
    struct json_out json = json_out_to(&re->body);
    struct session session;
    enum status s = session_get(rq->db, rq->arena, id, &session, e);

    if (s != OK) return s;
    json_put_object(&json);
    session_write_json(&json, &session, rq->now_us);
    json_put_key(&json, "messages");
    json_put_array(&json);
    if ((s = session_write_messages(rq->db, rq->arena, &session, &json, e)) != OK) return s;
    json_put_array_end(&json);
    json_put_object_end(&json);
    re->patient_id = session.patient_id;
    return OK;
}

enum status session_one_get(struct request *rq, struct reply *re, struct err *e) {
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);
    return s == OK ? answer(rq, re, id, e) : s;
}

static struct session_actor actor_of(const struct request *rq) {
    return (struct session_actor) { rq->who.user_id, rq->now_us };
}

enum status session_take_over_post(struct request *rq, struct reply *re, struct err *e) {
    const struct session_actor actor = actor_of(rq);
    struct fields *f;
    bool force = false;
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);

    if (s == OK && rq->body.n) {
        if ((s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
        fields_bool(f, "force", FIELD_OPTIONAL, &force);
        s = fields_done(f);
    }
    if (s == OK) s = session_take_over(rq->room, rq->db, rq->arena, id, force, &actor, e);
    return s == OK ? answer(rq, re, id, e) : s;
}

enum status session_release_post(struct request *rq, struct reply *re, struct err *e) {
    const struct session_actor actor = actor_of(rq);
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);

    if (s == OK) s = session_release(rq->room, rq->db, rq->arena, id, &actor, e);
    return s == OK ? answer(rq, re, id, e) : s;
}

enum status session_reply_post(struct request *rq, struct reply *re, struct err *e) {
    const struct session_actor actor = actor_of(rq);
    struct session_reply reply = { .body = STR("") };
    struct fields *f;
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);

    if (s != OK || (s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    fields_str(f, "body", FIELD_REQUIRED, MESSAGE_BODY_MAX_CHARS, &reply.body);
    reply.names_patient = fields_has(f, "patient");
    fields_i64(f, "patient", FIELD_OPTIONAL, 1, INT64_MAX, &reply.patient_id);
    if ((s = fields_done(f)) != OK) return s;
    s = session_reply(rq->room, rq->db, rq->arena, id, &reply, &actor, e);
    return s == OK ? answer(rq, re, id, e) : s;
}

static const struct query_param list_params[] = {
    { "page", "Page number, from 1" },
    { "page_size", "Rows a page, at most 100" },
    { "state", "assistant, doctor or closed" },
    { "waiting", "1: only those in which somebody waits for a doctor" },
    { "patient", "Conversations of one patient" },
    { 0 },
};

static const struct query_param thread_params[] = {
    { "patient", "What was written with one patient" },
    { "session", "Everything that was written with the number of a conversation" },
    { "from", "The number of the first message, the oldest is 0; without it the newest are given" },
    { "size", "How many, at most 100; 50 when it is not said" },
    { "message",
      "Instead of `from`: the part that has this message in its middle; 404 when it is not of this thread" },
    { 0 },
};

const struct route sessions_routes[] = {
    { .method = HTTP_GET,
      .path = "/api/sessions/",
      .permission = PERM_MESSAGING,
      .run_on = RUN_WORKER,
      .handler = session_list_get,
      .summary = "Conversations on WhatsApp, the newest message first",
      .response_schema = "SessionList",
      .success = 200,
      .query = list_params },
    { .method = HTTP_GET,
      .path = "/api/sessions/{id}/",
      .permission = PERM_MESSAGING,
      .run_on = RUN_WORKER,
      .handler = session_one_get,
      .summary = "A conversation with its messages (the newest 200), oldest first",
      .response_schema = "SessionWithMessages",
      .success = 200 },
    { .method = HTTP_POST,
      .path = "/api/sessions/{id}/take-over/",
      .permission = PERM_MESSAGING,
      .run_on = RUN_WORKER,
      .body_max_bytes = SMALL_BODY_MAX,
      .handler = session_take_over_post,
      .summary = "Answer a conversation oneself: the assistant is silent until it is released",
      .request_schema = "SessionTakeOver",
      .response_schema = "SessionWithMessages",
      .success = 200 },
    { .method = HTTP_POST,
      .path = "/api/sessions/{id}/release/",
      .permission = PERM_MESSAGING,
      .run_on = RUN_WORKER,
      .handler = session_release_post,
      .summary = "Give a conversation back to the assistant",
      .response_schema = "SessionWithMessages",
      .success = 200 },
    { .method = HTTP_POST,
      .path = "/api/sessions/{id}/reply/",
      .permission = PERM_MESSAGING,
      .run_on = RUN_WORKER,
      .body_max_bytes = REPLY_BODY_MAX,
      .handler = session_reply_post,
      .summary = "Write to the person, in one's own name",
      .request_schema = "SessionReply",
      .response_schema = "SessionWithMessages",
      .success = 201,
      .creates = true },
    { .method = HTTP_GET,
      .path = "/api/messaging/thread/",
      .permission = PERM_MESSAGING,
      .run_on = RUN_WORKER,
      .handler = thread_get,
      .summary =
          "A part of everything that was written with one patient or number, oldest first, with the sources of answers",
      .response_schema = "Thread",
      .success = 200,
      .query = thread_params },
    { .method = HTTP_POST,
      .path = "/api/patients/{id}/access-code/",
      .permission = PERM_PATIENT_WRITE,
      .run_on = RUN_WORKER,
      .handler = access_code_post,
      .summary =
          "Make a new code for a patient who shares a number; shown once, the earlier one stops working",
      .response_schema = "AccessCode",
      .success = 201 },
    { .path = NULL },
};
