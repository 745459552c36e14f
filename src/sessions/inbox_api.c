/*
 * inbox_api -- /api/inbox/: conversations as staff works through them.
 */
#include "http/fields.h"
#include "http/page.h"
#include "http/search_words.h"
#include "messaging/template.h"
#include "patients/patient_query.h"
#include "sessions/inbox.h"
#include "sessions/session_handlers.h"

enum { ACT_BODY_MAX = 1024, SEND_BODY_MAX = 16 * 1024 };

static enum status read_filter(const struct request *rq, struct inbox_filter *f, struct err *e) {
    static const char *const kinds[] = {
        [INBOX_TODO] = "todo", [INBOX_TAKEN] = "taken", [INBOX_ALL] = "all"
    };
    struct str show = request_query(rq, "show");
    bool known = show.n == 0;

    *f = (struct inbox_filter) { .kind = INBOX_ALL, .now_us = rq->now_us };
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        if (!str_eq(show, str_from_c(kinds[i]))) continue;
        f->kind = (enum inbox_kind)i;
        known = true;
    }
    if (!known) return fail_field(e, STR("show"), &field_not_a_choice, STR("todo, taken, all"));
    return search_words_read(rq, f->words, INBOX_WORDS_MAX, e);
}

/* The one of a patient, if they ever wrote. */
static enum status write_patient(struct request *rq, struct json_out *json, const struct page_request *page,
                                 int64_t patient_id, struct err *e) {
    int64_t id, whose;
    enum status s = inbox_find_patient(rq->db, patient_id, &id, e);

    if (s == OK) s = page_begin(rq, page, id > 0, json, e);
    if (s == OK && id) s = inbox_write_one(rq->db, rq->arena, id, rq->now_us, json, &whose, e);
    if (s == OK) page_end(json);
    return s;
}

enum status inbox_list_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out json = json_out_to(&re->body);
    struct inbox_filter filter;
    struct page_request page;
    int64_t count, patient_id;
    enum status s;

    if ((s = read_filter(rq, &filter, e)) != OK) return s;
    if ((s = patient_query(rq, &patient_id, e)) != OK) return s;
    if ((s = page_request_parse(rq, &page, e)) != OK) return s;
    if (patient_id) return write_patient(rq, &json, &page, patient_id, e);
    filter.limit = page.size;
    filter.offset = page.offset;
    if ((s = inbox_count(rq->db, &filter, &count, e)) != OK) return s;
    if ((s = page_begin(rq, &page, count, &json, e)) != OK) return s;
    if ((s = inbox_write(rq->db, rq->arena, &filter, &json, e)) != OK) return s;
    page_end(&json);
    return OK;
}

enum status inbox_summary_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out json = json_out_to(&re->body);
    struct inbox_summary sum = { 0 };
    enum status s = inbox_summary(rq->db, rq->now_us, &sum, e);

    if (s != OK) return s;
    json_put_object(&json);
    json_field_int(&json, "todo", sum.todo);
    json_field_int(&json, "danger", sum.danger);
    json_field_int(&json, "waiting", sum.waiting);
    json_field_int(&json, "taken", sum.taken);
    json_put_object_end(&json);
    return OK;
}

static enum status answer(struct request *rq, struct reply *re, int64_t id, struct err *e) {
    struct json_out json = json_out_to(&re->body);
    return inbox_write_one(rq->db, rq->arena, id, rq->now_us, &json, &re->patient_id, e);
}

enum status inbox_one_get(struct request *rq, struct reply *re, struct err *e) {
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);
    return s == OK ? answer(rq, re, id, e) : s;
}

static struct session_actor actor_of(const struct request *rq) {
    return (struct session_actor) { rq->who.user_id, rq->now_us };
}

enum status inbox_done_post(struct request *rq, struct reply *re, struct err *e) {
    const struct session_actor actor = actor_of(rq);
    struct inbox_read read = { 0 };
    struct fields *f;
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);

    if (s != OK || (s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    fields_i64(f, "notice", FIELD_REQUIRED, 0, INT64_MAX, &read.notice_id);
    fields_i64(f, "message", FIELD_REQUIRED, 0, INT64_MAX, &read.message_id);
    if ((s = fields_done(f)) != OK) return s;
    s = inbox_done(rq->room, rq->db, rq->arena, id, &read, &actor, e);
    return s == OK ? answer(rq, re, id, e) : s;
}

enum status inbox_reopen_post(struct request *rq, struct reply *re, struct err *e) {
    const struct session_actor actor = actor_of(rq);
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);

    if (s == OK) s = inbox_reopen(rq->room, rq->db, rq->arena, id, &actor, e);
    return s == OK ? answer(rq, re, id, e) : s;
}

enum status inbox_seen_post(struct request *rq, struct reply *re, struct err *e) {
    struct fields *f;
    int64_t id, message_id = 0;
    enum status s = request_id_arg(rq, 0, &id, e);

    if (s != OK || (s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    fields_i64(f, "message", FIELD_REQUIRED, 1, INT64_MAX, &message_id);
    if ((s = fields_done(f)) != OK) return s;
    s = inbox_seen(rq->room, rq->db, rq->arena, id, message_id, e);
    return s == OK ? answer(rq, re, id, e) : s;
}

enum status inbox_template_post(struct request *rq, struct reply *re, struct err *e) {
    const struct session_actor actor = actor_of(rq);
    struct session_template t = { .purpose = STR(""), .values = STR("{}") };
    struct fields *f;
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, e);

    if (s != OK || (s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    fields_str(f, "purpose", FIELD_REQUIRED, TEMPLATE_PURPOSE_CHARS_MAX, &t.purpose);
    fields_object(f, "values", FIELD_OPTIONAL, &t.values);
    t.names_patient = fields_has(f, "patient");
    fields_i64(f, "patient", FIELD_OPTIONAL, 1, INT64_MAX, &t.patient_id);
    if ((s = fields_done(f)) != OK) return s;
    s = session_send_template(rq->room, rq->db, rq->arena, id, &t, &actor, e);
    return s == OK ? answer(rq, re, id, e) : s;
}

static const struct query_param list_params[] = {
    { "page", "Page number, from 1" },
    { "page_size", "Rows a page, at most 100" },
    { "show",
      "todo: what waits for a person, the most urgent first; taken: what doctors answer; all: the newest message first (unless said)" },
    { "patient", "That of one patient alone, whatever is to be shown" },
    { "search", "Words of the name of a patient, or digits of the number" },
    { 0 },
};

const struct route inbox_routes[] = {
    { .method = HTTP_GET,
      .path = "/api/inbox/",
      .permission = PERM_MESSAGING,
      .run_on = RUN_WORKER,
      .handler = inbox_list_get,
      .summary = "Conversations by number, with what nobody has dealt with yet",
      .response_schema = "InboxList",
      .success = 200,
      .query = list_params },
    { .method = HTTP_GET,
      .path = "/api/inbox/summary/",
      .permission = PERM_MESSAGING,
      .run_on = RUN_WORKER,
      .handler = inbox_summary_get,
      .summary = "How many conversations wait for a person",
      .response_schema = "InboxSummary",
      .success = 200 },
    { .method = HTTP_GET,
      .path = "/api/inbox/{id}/",
      .permission = PERM_MESSAGING,
      .run_on = RUN_WORKER,
      .handler = inbox_one_get,
      .summary = "The number of a conversation as it stands now: its newest conversation",
      .response_schema = "InboxEntry",
      .success = 200 },
    { .method = HTTP_POST,
      .path = "/api/inbox/{id}/done/",
      .permission = PERM_MESSAGING,
      .run_on = RUN_WORKER,
      .body_max_bytes = ACT_BODY_MAX,
      .handler = inbox_done_post,
      .summary = "Everything of the number up to here is dealt with: its notices are read, nobody waits",
      .request_schema = "InboxDone",
      .response_schema = "InboxEntry",
      .success = 200 },
    { .method = HTTP_POST,
      .path = "/api/inbox/{id}/reopen/",
      .permission = PERM_MESSAGING,
      .run_on = RUN_WORKER,
      .handler = inbox_reopen_post,
      .summary = "What was marked as dealt with last waits again",
      .response_schema = "InboxEntry",
      .success = 200 },
    { .method = HTTP_POST,
      .path = "/api/inbox/{id}/seen/",
      .permission = PERM_MESSAGING,
      .run_on = RUN_WORKER,
      .body_max_bytes = ACT_BODY_MAX,
      .handler = inbox_seen_post,
      .summary = "Somebody has read the number up to a message",
      .request_schema = "InboxSeen",
      .response_schema = "InboxEntry",
      .success = 200 },
    { .method = HTTP_POST,
      .path = "/api/inbox/{id}/template/",
      .permission = PERM_MESSAGING,
      .run_on = RUN_WORKER,
      .body_max_bytes = SEND_BODY_MAX,
      .handler = inbox_template_post,
      .summary = "Send an approved template, however long ago the person wrote",
      .request_schema = "InboxTemplate",
      .response_schema = "InboxEntry",
      .success = 201,
      .creates = true },
    { .path = NULL },
};
