/*
 * advice_use_api -- GET /api/rag/advice/{id}/answers/.
 */
#include "http/page.h"
#include "rag/advice_api.h"
#include "rag/advice_use.h"

static enum status put_answer(void *ctx, const struct advice_answer *a, struct err *e) {
    struct json_out *o = ctx;
    (void)e;
    json_put_object(o);
    json_field_int(o, "question", a->question_id);
    json_field_time(o, "asked_at", a->asked_us);
    json_field_int(o, "patient", a->patient_id);
    json_field_str(o, "patient_name", a->patient_name);
    json_field_id_or_null(o, "message", a->message_id);
    json_field_str(o, "query", a->query);
    json_field_str(o, "answer", a->answer);
    json_field_str(o, "language", a->language);
    json_field_bool(o, "refused", a->refused);
    json_put_object_end(o);
    return OK;
}

enum status advice_answers_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out o = json_out_to(&re->body);
    struct page_request page;
    struct advice sheet;
    int64_t id, count;
    enum status s = request_id_arg(rq, 0, &id, e);

    if (s == OK) s = advice_get(rq->db, rq->arena, id, &sheet, e);
    if (s == OK) s = page_request_parse(rq, &page, e);
    if (s == OK) s = advice_answer_count(rq->db, id, &count, e);
    if (s == OK) s = page_begin(rq, &page, count, &o, e);
    if (s == OK) s = advice_answer_each(rq->db, id, page.size, page.offset, put_answer, &o, e);
    if (s == OK) page_end(&o);
    return s;
}
