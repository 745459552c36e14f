/*
 * correction_api -- PATCH and DELETE /api/documents/{id}/pages/{number}/: the doctor's text for a page, and back to what was read.
 */
#include "documents/correction.h"
#include "documents/document_api.h"
#include "http/fields.h"

static enum status page_of_request(struct request *rq, struct document *d, int64_t *number, struct err *e) {
    enum status s = document_of_request(rq, d, e);
    return s == OK ? request_id_arg(rq, 1, number, e) : s;
}

enum status document_page_patch(struct request *rq, struct reply *re, struct err *e) {
    struct str text = STR("");
    int64_t version = CORRECTION_ANY_VERSION;
    struct document d;
    struct fields *f;
    int64_t number;
    enum status s;

    if ((s = page_of_request(rq, &d, &number, e)) != OK) return s;
    if ((s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    fields_str(f, "text", FIELD_REQUIRED, CORRECTION_MAX_CHARS, &text);
    fields_i64(f, "version", FIELD_OPTIONAL, 0, INT64_MAX, &version);
    if ((s = fields_done(f)) != OK) return s;
    s = correction_save(rq->db, rq->arena, rq->room, &d, number, text, version, rq->who.user_id, rq->now_us,
                        e);
    return s == OK ? document_answer(rq, re, d.id, e) : s;
}

enum status document_page_delete(struct request *rq, struct reply *re, struct err *e) {
    struct document d;
    int64_t number;
    enum status s;

    if ((s = page_of_request(rq, &d, &number, e)) != OK) return s;
    s = correction_remove(rq->db, rq->arena, rq->room, &d, number, rq->who.user_id, rq->now_us, e);
    return s == OK ? document_answer(rq, re, d.id, e) : s;
}
