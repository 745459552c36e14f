/*
 * identity_api -- "document d'un autre patient ?": POST and DELETE /api/documents/{id}/confirm-patient/, POST /move/.
 */
#include "documents/document_api.h"

#include "documents/document_row.h"
#include "http/fields.h"
#include "patients/patient.h"

static const struct message his_already = { "document_his_already", "Ce document est déjà dans ce dossier.",
                                            "The document is in this record already." };

enum status document_confirm_patient_post(struct request *rq, struct reply *re, struct err *e) {
    struct document d;
    enum status s = document_of_request(rq, &d, e);

    if (s == OK) s = document_confirm_patient(rq->db, &d, rq->who.user_id, rq->now_us, e);
    return s == OK ? document_answer(rq, re, d.id, e) : s;
}

enum status document_confirm_patient_delete(struct request *rq, struct reply *re, struct err *e) {
    struct document d;
    enum status s = document_of_request(rq, &d, e);

    if (s == OK) s = document_unconfirm_patient(rq->db, rq->arena, &d, rq->who.user_id, rq->now_us, e);
    return s == OK ? document_answer(rq, re, d.id, e) : s;
}

enum status document_move_post(struct request *rq, struct reply *re, struct err *e) {
    int64_t patient_id = 0;
    struct document d;
    struct fields *f;
    enum status s;

    if ((s = document_of_request(rq, &d, e)) != OK) return s;
    if ((s = fields_parse(rq->arena, rq->body, &f, e)) != OK) return s;
    fields_i64(f, "patient_id", FIELD_REQUIRED, 1, INT64_MAX, &patient_id);
    if ((s = fields_done(f)) != OK) return s;
    if (patient_id == d.patient_id)
        return fail(e, E_CONFLICT, &his_already, "document %lld is there", (long long)d.id);
    if ((s = patient_check_exists(rq->db, patient_id, e)) != OK) return s;
    s = document_move(rq->db, rq->arena, rq->room, &d, patient_id, rq->who.user_id, rq->now_us, e);
    return s == OK ? document_answer(rq, re, d.id, e) : s;
}
