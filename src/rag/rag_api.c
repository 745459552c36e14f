/*
 * rag_api -- POST /api/rag/query/, GET /api/rag/conversations/, GET /api/rag/conversations/{id}/.
 */
#include "http/fields.h"
#include "http/page.h"
#include "patients/phone.h"
#include "rag/rag_room.h"
#include "rag/rag_store.h"

/* A question of 100,000 characters is told that it is too long (400), not that the body is (413). */
enum { QUERY_BODY_MAX = 512 * 1024, QUESTIONS_SHOWN_MAX = 500 };

static const struct message conversation_unknown = { "conversation_unknown",
                                                     "Cette conversation n'existe pas.",
                                                     "There is no such conversation." };

static void write_answer(struct json_out *o, const struct rag_answer *a, const struct rag_timings *t) {
    json_put_object(o);
    json_field_str(o, "answer", a->text);
    json_put_key(o, "sources");
    rag_sources_json(o, a->sources, a->source_count);
    json_field_str(o, "session_id", a->session_id);
    json_field_str(o, "language", str_from_c(patient_language_name(a->language)));
    json_field_bool(o, "grounded", a->grounded);
    json_field_bool(o, "escalated", a->escalated);
    json_field_str(o, "intent", str_from_c(a->escalated ? danger_name(a->danger) : intent_name(a->intent)));
    json_field_str(o, "engine", str_from_c(a->engine));
    json_field_str_or_null(o, "fallback", str_from_c(t->fallback));
    json_put_key(o, "timings_ms");
    rag_timings_json(o, a, t);
    json_put_object_end(o);
}

struct query {
    struct phone phone;
    struct str text, session_id;
};

static enum status read_query(struct request *rq, struct query *out, struct err *err) {
    const struct rag *room = rq->room;
    struct fields *f;
    struct str typed;
    enum status s = fields_parse(rq->arena, rq->body, &f, err);
    if (s != OK) return s;
    *out = (struct query) { .text = STR(""), .session_id = STR("") };
    if (fields_str(f, "patient_phone", FIELD_REQUIRED, PHONE_INPUT_MAX_BYTES, &typed) &&
        !phone_parse(typed, room->default_region, &out->phone))
        fields_fail(f, "patient_phone", &phone_invalid, STR(""));
    if (fields_str(f, "query", FIELD_REQUIRED, QUESTION_CHARS_MAX, &out->text) && str_trim(out->text).n == 0)
        fields_fail(f, "query", &rag_query_empty, STR(""));
    fields_str(f, "session_id", FIELD_OPTIONAL, SESSION_ID_CHARS_MAX, &out->session_id);
    return fields_done(f);
}

enum status rag_query_post(struct request *rq, struct reply *re, struct err *err) {
    struct json_out o = json_out_to(&re->body);
    struct query query;
    struct patient patient;
    struct rag_answer answer;
    struct rag_timings timings;
    enum status s = read_query(rq, &query, err);
    if (s == OK) s = patient_get_by_phone(rq->db, rq->arena, phone_str(&query.phone), &patient, err);
    if (s != OK) return s;
    const struct rag_question question = { .patient = &patient,
                                           .text = query.text,
                                           .session_id = query.session_id,
                                           .user_id = rq->who.user_id,
                                           .now_us = rq->now_us };
    s = rag_ask_timed(rq->room, rq->db, rq->arena, &question, &answer, &timings, err);
    if (s == OK) write_answer(&o, &answer, &timings);
    return s;
}

static enum status put_conversation(void *ctx, const struct conversation_row *row, struct err *err) {
    struct json_out *o = ctx;
    (void)err;
    json_put_object(o);
    json_field_int(o, "id", row->id);
    json_field_int(o, "patient", row->patient_id);
    json_field_str(o, "session_id", row->session_key);
    json_field_int(o, "questions", row->question_count);
    json_field_int(o, "escalated", row->escalated_count);
    json_field_time(o, "created_at", row->created_us);
    json_field_time(o, "last_at", row->last_us);
    json_put_object_end(o);
    return OK;
}

enum status rag_conversations_get(struct request *rq, struct reply *re, struct err *err) {
    struct json_out o = json_out_to(&re->body);
    struct page_request page;
    struct str wanted = request_query(rq, "patient");
    int64_t patient_id = 0, count;
    enum status s = page_request_parse(rq, &page, err);
    if (s != OK) return s;
    /* A patient who cannot exist has no conversations. */
    if (wanted.n && (!str_to_i64(wanted, &patient_id) || patient_id <= 0)) patient_id = -1;
    if ((s = conversation_count(rq->db, patient_id, &count, err)) != OK) return s;
    if ((s = page_begin(rq, &page, count, &o, err)) != OK) return s;
    if ((s = conversation_each(rq->db, patient_id, page.size, page.offset, put_conversation, &o, err)) != OK)
        return s;
    page_end(&o);
    return OK;
}

static enum status put_question(void *ctx, const struct question_row *row, struct err *err) {
    struct json_out *o = ctx;
    (void)err;
    json_put_object(o);
    json_field_int(o, "id", row->id);
    json_field_time(o, "asked_at", row->asked_us);
    json_field_str(o, "query", row->query);
    json_field_str(o, "answer", row->answer);
    json_field_str(o, "language", row->language);
    json_field_str(o, "intent", row->intent);
    json_field_raw(o, "sources", row->sources_json);
    json_field_bool(o, "grounded", row->grounded);
    json_field_bool(o, "escalated", row->escalated);
    json_field_bool(o, "refused", row->refused);
    json_field_str(o, "engine", row->engine);
    json_field_raw(o, "timings_ms", row->timings_json);
    json_put_object_end(o);
    return OK;
}

enum status rag_conversation_get(struct request *rq, struct reply *re, struct err *err) {
    struct json_out o = json_out_to(&re->body);
    int64_t id;
    enum status s = request_id_arg(rq, 0, &id, err);
    if (s != OK) return s;
    json_put_object(&o);
    json_put_key(&o, "conversation");
    s = conversation_get(rq->db, id, put_conversation, &o, err);
    if (s == E_NOT_FOUND) return fail(err, s, &conversation_unknown, "no conversation %lld", (long long)id);
    if (s != OK) return s;
    json_put_key(&o, "questions");
    json_put_array(&o);
    s = question_each_of_session(rq->db, id, QUESTIONS_SHOWN_MAX, put_question, &o, err);
    json_put_array_end(&o);
    json_put_object_end(&o);
    return s;
}

static const struct query_param list_params[] = {
    { "page", "Page number, from 1" },
    { "page_size", "Rows a page, at most 100" },
    { "patient", "Id of a patient" },
    { 0 },
};

const struct route rag_routes[] = {
    { .method = HTTP_POST,
      .path = "/api/rag/query/",
      .permission = PERM_ASSISTANT,
      .run_on = RUN_WORKER,
      .body_max_bytes = QUERY_BODY_MAX,
      .handler = rag_query_post,
      .summary = "Ask a question of a patient's record; the answer cites its sources",
      .request_schema = "RagQuery",
      .response_schema = "RagAnswer",
      .success = 200 },
    { .method = HTTP_GET,
      .path = "/api/rag/conversations/",
      .permission = PERM_PATIENT_READ,
      .run_on = RUN_HTTP,
      .handler = rag_conversations_get,
      .summary = "List conversations with the assistant, latest first",
      .response_schema = "RagConversationList",
      .success = 200,
      .query = list_params },
    { .method = HTTP_GET,
      .path = "/api/rag/conversations/{id}/",
      .permission = PERM_PATIENT_READ,
      .run_on = RUN_HTTP,
      .handler = rag_conversation_get,
      .summary = "The questions and answers of a conversation, latest first",
      .response_schema = "RagConversationDetail",
      .success = 200 },
    { .path = NULL },
};
