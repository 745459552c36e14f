/*
 * identity_store -- whose a document is: what the doctor says of it, each deed one transaction with its audit rows.
 */
#include "documents/document_row.h"

#include "accounts/audit.h"
#include "accounts/notification.h"
#include "documents/ingest.h"
#include "patients/patient.h"
#include "queries.h"

static const struct message there_already = { "document_there_already", "Ce patient a déjà ce document.",
                                              "That patient has this document already." };
static const struct message not_confirmed = { "confirmation_not_found",
                                              "Personne n’a confirmé que ce document est à ce patient.",
                                              "Nobody confirmed that this document is this patient's." };

enum status document_confirm_patient(struct db *db, const struct document *d, int64_t user_id, int64_t now_us,
                                     struct err *e) {
    const struct db_val args[] = { db_int(d->id), db_int(now_us) };
    enum status s;

    if ((s = db_begin(db, e)) != OK) return s;
    s = db_run(db, &q_document_confirm_patient, args, NULL, NULL, NULL, e);
    if (s == OK) s = patient_touch_record(db, d->patient_id, e);
    if (s == OK)
        s = audit_add(db, user_id, STR("document.confirm_patient"), STR("document"), d->id, now_us, e);
    return db_finish(db, s, e);
}

/* As the reading found it, held against the record as it is now. */
static enum status paper_names_another(struct db *db, struct arena *a, const struct document *d, bool *out,
                                       struct err *e) {
    const struct document_reading paper = { .patient_name = d->named_patient,
                                            .patient_birth = d->named_birth };
    struct patient p;
    enum status s = patient_get(db, a, d->patient_id, &p, e);

    if (s == OK) *out = document_names_another(a, &paper, p.first_name, p.last_name, p.date_of_birth);
    return s;
}

static enum status unconfirm(struct db *db, struct arena *a, const struct document *d, int64_t user_id,
                             int64_t now_us, struct err *e) {
    bool another = false;
    int64_t changed = 0;
    enum status s = paper_names_another(db, a, d, &another, e);
    const struct db_val args[] = { db_int(d->id), db_int(another), db_int(now_us) };

    if (s == OK) s = db_run(db, &q_document_unconfirm_patient, args, NULL, NULL, &changed, e);
    if (s == OK && changed == 0)
        s = fail(e, E_NOT_FOUND, &not_confirmed, "document %lld was not confirmed", (long long)d->id);
    if (s == OK) s = patient_touch_record(db, d->patient_id, e);
    if (s == OK)
        s = audit_add(db, user_id, STR("document.unconfirm_patient"), STR("document"), d->id, now_us, e);
    return s;
}

enum status document_unconfirm_patient(struct db *db, struct arena *a, const struct document *d,
                                       int64_t user_id, int64_t now_us, struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, unconfirm(db, a, d, user_id, now_us, e), e) : s;
}

/* The row itself: the same bytes twice for one patient are one document. */
static enum status give(struct db *db, const struct document *d, int64_t patient_id, int64_t now_us,
                        struct err *e) {
    const struct db_val args[] = { db_int(d->id), db_int(patient_id), db_int(now_us) };
    struct err why = { 0 };
    enum status s = db_run(db, &q_document_move, args, NULL, NULL, NULL, &why);

    if (s == E_CONFLICT)
        return fail(e, s, &there_already, "document %lld is there already", (long long)d->id);
    return s == OK ? OK : fail(e, s, why.message, "%s", why.detail);
}

/* What was read and made findable goes; it is made again from the original. */
static enum status forget_reading(struct db *db, struct arena *a, const struct documents *room,
                                  const struct document *d, int64_t now_us, struct err *e) {
    static const struct document_reading nothing = { 0 };
    const struct db_val id[] = { db_int(d->id) };
    enum status s = db_run(db, &q_document_page_delete_all, id, NULL, NULL, NULL, e);

    if (s == OK) s = db_run(db, &q_fact_delete_of_document, id, NULL, NULL, NULL, e);
    if (s == OK) s = notification_forget_document(db, d->id, e);
    if (s == OK && room->indexer.index)
        s = room->indexer.index(room->indexer.ctx, db, a, d->patient_id, d->id, NULL, 0, &nothing, now_us, e);
    return s;
}

static enum status move(struct db *db, struct arena *a, const struct documents *room,
                        const struct document *d, int64_t patient_id, int64_t user_id, int64_t now_us,
                        struct err *e) {
    const struct db_val upload[] = { db_int(d->id), db_int(patient_id) };
    enum status s = give(db, d, patient_id, now_us, e);

    if (s == OK) s = forget_reading(db, a, room, d, now_us, e);
    if (s == OK) s = db_run(db, &q_document_move_upload, upload, NULL, NULL, NULL, e);
    if (s == OK) s = patient_touch_record(db, d->patient_id, e);
    if (s == OK) s = patient_touch_record(db, patient_id, e);
    if (s == OK) s = audit_add(db, user_id, STR("document.move"), STR("document"), d->id, now_us, e);
    if (s == OK)
        s = audit_add(db, user_id, STR("document.moved_away"), STR("patient"), d->patient_id, now_us, e);
    if (s == OK)
        s = audit_add(db, user_id, STR("document.moved_here"), STR("patient"), patient_id, now_us, e);
    return s == OK ? ingest_add_job(db, a, room, d->id, patient_id, now_us, e) : s;
}

enum status document_move(struct db *db, struct arena *a, const struct documents *room,
                          const struct document *d, int64_t patient_id, int64_t user_id, int64_t now_us,
                          struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, move(db, a, room, d, patient_id, user_id, now_us, e), e) : s;
}
