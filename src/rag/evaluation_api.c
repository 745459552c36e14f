/*
 * evaluation_api -- /api/rag/evaluations/: runs over the golden questions, and what changed since the run before.
 */
#include "rag/evaluation_api.h"

#include "accounts/audit.h"
#include "http/page.h"
#include "rag/evaluation_event.h"
#include "rag/evaluation_store.h"
#include "rag/rag_room.h"

#include <stdio.h>

static const struct message evaluation_open = {
    "evaluation_running", "Une évaluation est déjà en cours : attendez qu'elle se termine.",
    "An evaluation is running already: wait for it to end."
};
static const struct message golden_empty = { "golden_questions_empty",
                                             "Ajoutez d'abord des questions de référence.",
                                             "Add golden questions first." };

static void put_figures(struct json_out *o, const struct evaluation *e) {
    json_field_int(o, "id", e->id);
    json_field_str(o, "state", e->state);
    json_field_int(o, "total", e->total);
    json_field_int(o, "done", e->done);
    json_field_int(o, "passed", e->passed);
    json_field_str(o, "engine", e->engine);
    json_field_id_or_null(o, "started_by", e->started_by);
    json_field_time(o, "created_at", e->created_at_us);
    json_field_time(o, "started_at", e->started_at_us);
    json_field_time(o, "ended_at", e->ended_at_us);
}

static enum status put_evaluation(void *ctx, const struct evaluation *e, struct err *err) {
    (void)err;
    json_put_object(ctx);
    put_figures(ctx, e);
    json_put_object_end(ctx);
    return OK;
}

static enum status evaluations_get(struct request *rq, struct reply *re, struct err *err) {
    struct json_out o = json_out_to(&re->body);
    struct page_request page;
    int64_t count;
    enum status s = page_request_parse(rq, &page, err);
    if (s != OK) return s;
    if ((s = evaluation_count(rq->db, &count, err)) != OK) return s;
    if ((s = page_begin(rq, &page, count, &o, err)) != OK) return s;
    if ((s = evaluation_each(rq->db, page.size, page.offset, put_evaluation, &o, err)) != OK) return s;
    page_end(&o);
    return OK;
}

/* The run, its job, its audit row and what is told of it. */
static enum status start(struct request *rq, struct evaluation *e, struct err *err) {
    const struct rag *rag = rq->room;
    char payload[64];
    int64_t id = 0;
    enum status s = evaluation_add(rq->db, rq->who.user_id, rq->now_us, &id, err);
    if (s == E_CONFLICT) return fail(err, s, &evaluation_open, "an evaluation is open");
    if (s == OK) s = evaluation_get(rq->db, rq->arena, id, e, err);
    if (s == OK && e->total == 0) return fail(err, E_CONFLICT, &golden_empty, "no golden questions");
    snprintf(payload, sizeof payload, "{\"evaluation_id\":%lld}", (long long)id);
    if (s == OK)
        s = job_add(rq->db, rag->documents->signal, STR(EVALUATION_JOB), str_from_c(payload), 0, STR(""),
                    rq->now_us, err);
    if (s == OK)
        s = audit_add(rq->db, rq->who.user_id, STR("evaluation.start"), STR("evaluation"), id, rq->now_us,
                      err);
    return s == OK ? evaluation_event(rag, rq->db, rq->arena, e, err) : s;
}

static enum status evaluations_post(struct request *rq, struct reply *re, struct err *err) {
    struct json_out o = json_out_to(&re->body);
    struct evaluation e = { 0 };
    enum status s = db_begin(rq->db, err);
    if (s != OK) return s;
    s = start(rq, &e, err);
    s = db_finish(rq->db, s, err);
    return s == OK ? put_evaluation(&o, &e, err) : s;
}

struct rows {
    struct json_out *out;
    int64_t *better, *worse; /* ids of questions that passed now and not before, and the other way round */
    size_t better_count, worse_count;
};

static enum status put_row(void *ctx, const struct evaluation_row *row, struct err *err) {
    struct rows *r = ctx;
    struct json_out *o = r->out;
    (void)err;
    json_put_object(o);
    json_field_int(o, "question", row->golden.id);
    json_field_id_or_null(o, "patient", row->golden.patient_id);
    json_field_str_or_null(o, "patient_name", row->golden.patient_name);
    json_field_str(o, "asked", row->golden.text);
    json_field_raw(o, "expected_words", row->golden.words_json);
    json_field_bool(o, "expect_refusal", row->golden.refuse);
    json_field_str(o, "note", row->golden.note);
    json_field_bool(o, "passed", row->passed);
    json_field_str(o, "answer", row->answer);
    json_field_raw(o, "sources", row->sources_json);
    json_field_str(o, "why", row->why);
    json_field_raw(o, "missing_words", row->missing_json);
    if (row->before < 0)
        json_field_null(o, "passed_before");
    else
        json_field_bool(o, "passed_before", row->before == 1);
    json_put_object_end(o);
    if (row->before == 0 && row->passed && r->better_count < GOLDEN_QUESTIONS_MAX)
        r->better[r->better_count++] = row->golden.id;
    if (row->before == 1 && !row->passed && r->worse_count < GOLDEN_QUESTIONS_MAX)
        r->worse[r->worse_count++] = row->golden.id;
    return OK;
}

static void put_ids(struct json_out *o, const char *key, const int64_t *ids, size_t count) {
    json_put_key(o, key);
    json_put_array(o);
    for (size_t i = 0; i < count; i++) json_put_int(o, ids[i]);
    json_put_array_end(o);
}

static enum status evaluation_detail_get(struct request *rq, struct reply *re, struct err *err) {
    struct json_out o = json_out_to(&re->body);
    struct evaluation e = { 0 };
    int64_t id, before;
    enum status s = request_id_arg(rq, 0, &id, err);
    if (s == OK) s = evaluation_get(rq->db, rq->arena, id, &e, err);
    if (s == OK) s = evaluation_before(rq->db, id, &before, err);
    if (s != OK) return s;
    struct rows rows = { .out = &o,
                         .better = arena_array(rq->arena, GOLDEN_QUESTIONS_MAX, sizeof *rows.better),
                         .worse = arena_array(rq->arena, GOLDEN_QUESTIONS_MAX, sizeof *rows.worse) };
    if (!rows.better || !rows.worse) return fail(err, E_LIMIT, NULL, "no memory for an evaluation");
    json_put_object(&o);
    put_figures(&o, &e);
    json_put_key(&o, "results");
    json_put_array(&o);
    s = evaluation_each_row(rq->db, id, before, put_row, &rows, err);
    json_put_array_end(&o);
    json_field_id_or_null(&o, "before", before);
    put_ids(&o, "better", rows.better, rows.better_count);
    put_ids(&o, "worse", rows.worse, rows.worse_count);
    json_put_object_end(&o);
    return s;
}

static const struct query_param list_params[] = { { "page", "Page number, from 1" },
                                                  { "page_size", "Rows a page, at most 100" },
                                                  { 0 } };
static const struct query_param golden_params[] = { { "page", "Page number, from 1" },
                                                    { "page_size", "Rows a page, at most 100" },
                                                    { "patient", "Id of a patient" },
                                                    { 0 } };

/* Questions of 2,000 characters, words and a note. */
enum { GOLDEN_BODY_MAX = 64 * 1024 };

const struct route evaluation_routes[] = {
    { .method = HTTP_GET,
      .path = "/api/rag/evaluations/questions/",
      .permission = PERM_EVALUATION,
      .run_on = RUN_HTTP,
      .handler = golden_questions_get,
      .summary = "List the questions whose right answer the clinic knows, latest first",
      .response_schema = "GoldenQuestionList",
      .success = 200,
      .query = golden_params },
    { .method = HTTP_POST,
      .path = "/api/rag/evaluations/questions/",
      .permission = PERM_EVALUATION,
      .run_on = RUN_WORKER,
      .body_max_bytes = GOLDEN_BODY_MAX,
      .handler = golden_questions_post,
      .summary =
          "Add a question whose right answer is known, typed or taken from a conversation (question_id)",
      .request_schema = "GoldenQuestionNew",
      .response_schema = "GoldenQuestion",
      .success = 201,
      .creates = true },
    { .method = HTTP_GET,
      .path = "/api/rag/evaluations/questions/{id}/",
      .permission = PERM_EVALUATION,
      .run_on = RUN_HTTP,
      .handler = golden_question_get,
      .summary = "One such question",
      .response_schema = "GoldenQuestion",
      .success = 200 },
    { .method = HTTP_PATCH,
      .path = "/api/rag/evaluations/questions/{id}/",
      .permission = PERM_EVALUATION,
      .run_on = RUN_WORKER,
      .body_max_bytes = GOLDEN_BODY_MAX,
      .handler = golden_question_patch,
      .summary = "Change what is asked or expected",
      .request_schema = "GoldenQuestionChange",
      .response_schema = "GoldenQuestion",
      .success = 200 },
    { .method = HTTP_DELETE,
      .path = "/api/rag/evaluations/questions/{id}/",
      .permission = PERM_EVALUATION,
      .run_on = RUN_WORKER,
      .handler = golden_question_delete,
      .summary = "Remove it, and what was answered to it in runs",
      .success = 204 },
    { .method = HTTP_GET,
      .path = "/api/rag/evaluations/",
      .permission = PERM_EVALUATION,
      .run_on = RUN_HTTP,
      .handler = evaluations_get,
      .summary = "List runs over the golden questions, latest first",
      .response_schema = "EvaluationList",
      .success = 200,
      .query = list_params },
    { .method = HTTP_POST,
      .path = "/api/rag/evaluations/",
      .permission = PERM_EVALUATION,
      .run_on = RUN_WORKER,
      .handler = evaluations_post,
      .summary =
          "Try the assistant on all golden questions; progress comes as \"evaluation\" on /api/events/",
      .response_schema = "Evaluation",
      .success = 202,
      .creates = true },
    { .method = HTTP_GET,
      .path = "/api/rag/evaluations/{id}/",
      .permission = PERM_EVALUATION,
      .run_on = RUN_WORKER,
      .handler = evaluation_detail_get,
      .summary = "A run: its figures, every answer, and what got better or worse since the run before",
      .response_schema = "EvaluationDetail",
      .success = 200 },
    { .path = NULL },
};
