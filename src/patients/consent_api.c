/*
 * consent_api -- /api/patients/{id}/consents/: what the person agreed to, as staff records it.
 */
#include "http/fields.h"
#include "http/page.h"
#include "patients/consent_list.h"
#include "patients/consent_staff.h"
#include "patients/patient_handlers.h"
#include "patients/patients.h"

static enum status write_row(void *ctx, const struct consent_row *row, struct err *e) {
    (void)e;
    consent_row_json(ctx, row);
    return OK;
}

enum status patient_consents_get(struct request *rq, struct reply *re, struct err *e) {
    struct json_out json = json_out_to(&re->body);
    struct page_request page;
    int64_t id, count;
    enum status s;

    if ((s = request_id_arg(rq, 0, &id, e)) != OK) return s;
    if ((s = page_request_parse(rq, &page, e)) != OK) return s;
    if ((s = patient_check_exists(rq->db, id, e)) != OK) return s;
    if ((s = consent_count(rq->db, id, &count, e)) != OK) return s;
    if ((s = page_begin(rq, &page, count, &json, e)) != OK) return s;
    if ((s = consent_each(rq->db, id, page.size, page.offset, write_row, &json, e)) != OK) return s;
    page_end(&json);
    return OK;
}

enum status patient_consents_post(struct request *rq, struct reply *re, struct err *e) {
    static const char *const purposes[] = { "messages", "assistant", "external_model", NULL };
    const struct patients *room = rq->room;
    struct json_out json = json_out_to(&re->body);
    struct patient_actor actor = patient_actor_of(rq);
    bool granted = false;
    struct fields *f;
    int purpose = 0;
    int64_t id;
    enum status s;

    if ((s = request_id_arg(rq, 0, &id, e)) != OK) return s;
    if ((s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    fields_word(f, "purpose", FIELD_REQUIRED, purposes, &purpose);
    fields_bool(f, "granted", FIELD_REQUIRED, &granted);
    if ((s = fields_done(f)) != OK) return s;
    re->patient_id = id;
    return consent_set_by_staff(rq->db, &actor, id, (enum consent_purpose)purpose, granted, room->parts,
                                &json, e);
}
