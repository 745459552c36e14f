/*
 * document_change_store -- what people do with documents, each deed one transaction with its audit row.
 */
#include "documents/document_row.h"

#include "accounts/audit.h"
#include "accounts/guess.h"
#include "accounts/notification.h"
#include "documents/document_event.h"
#include "documents/ingest.h"
#include "patients/patient.h"
#include "queries.h"

static struct db_val date_val(struct date d, char text[DATE_ISO_BYTES]) {
    if (d.year == 0) return db_null();
    date_format_iso(d, text);
    return db_text(str_from_c(text));
}

static enum status set_given(struct db *db, const struct document *d, int64_t now_us, struct err *e) {
    char date[DATE_ISO_BYTES];
    const struct db_val args[] = {
        db_int(d->id),           db_text(d->title),      db_text(str_from_c(document_kind_name(d->kind))),
        date_val(d->date, date), db_int(d->title_given), db_int(d->kind_given),
        db_int(d->date_given),   db_int(now_us)
    };
    return db_run(db, &q_document_set_given, args, NULL, NULL, NULL, e);
}

static enum status audit(struct db *db, const struct document *d, struct str action, int64_t user_id,
                         int64_t now_us, struct err *e) {
    return audit_add(db, user_id, action, STR("document"), d->id, now_us, e);
}

enum status document_save_given(struct db *db, const struct document *d, int64_t user_id, int64_t now_us,
                                struct err *e) {
    enum status s;

    if ((s = db_begin(db, e)) != OK) return s;
    s = set_given(db, d, now_us, e);
    if (s == OK) s = patient_touch_record(db, d->patient_id, e);
    if (s == OK) s = audit(db, d, STR("document.update"), user_id, now_us, e);
    return db_finish(db, s, e);
}

enum status document_read_again(struct db *db, struct arena *a, const struct documents *room,
                                const struct document *d, int64_t user_id, int64_t now_us, struct err *e) {
    enum status s;

    if ((s = db_begin(db, e)) != OK) return s;
    s = document_set_status(db, d->id, STR("pending"), STR(""), now_us, e);
    if (s == OK) s = ingest_add_job(db, a, room, d->id, d->patient_id, now_us, e);
    if (s == OK) s = audit(db, d, STR("document.reindex"), user_id, now_us, e);
    return db_finish(db, s, e);
}

enum status document_note_download(struct db *db, const struct document *d, int64_t user_id, int64_t now_us,
                                   struct err *e) {
    enum status s = db_begin(db, e);
    return s == OK ? db_finish(db, audit(db, d, STR("document.download"), user_id, now_us, e), e) : s;
}

const struct message document_not_locked = { "document_not_locked",
                                             "Ce document n’attend pas de mot de passe.",
                                             "This document does not wait for a password." };

enum status document_save_unlocked(struct db *db, struct arena *a, const struct documents *room,
                                   const struct document *d, const struct blob *blob,
                                   const struct hash *guess_subject, int64_t user_id, int64_t now_us,
                                   struct err *e) {
    const struct db_val args[] = { db_int(d->id), db_text(str_from_c(blob->name)),
                                   db_int((int64_t)blob->size_bytes), db_int(now_us), db_text(d->blob_name) };
    int64_t changed = 0;
    enum status s;

    if ((s = db_begin(db, e)) != OK) return s;
    s = db_run(db, &q_document_set_unlocked, args, NULL, NULL, &changed, e);
    if (s == OK && changed == 0)
        s = fail(e, E_CONFLICT, &document_not_locked, "document %lld is locked no more", (long long)d->id);
    if (s == OK) s = remove_blob_add_job(db, room->signal, d->blob_name, now_us, e);
    if (s == OK) s = ingest_add_job(db, a, room, d->id, d->patient_id, now_us, e);
    if (s == OK) s = guess_forget(db, guess_subject, e);
    if (s == OK) s = audit(db, d, STR("document.unlock"), user_id, now_us, e);
    return db_finish(db, s, e);
}

enum status document_erase(struct db *db, struct arena *a, const struct documents *room,
                           const struct document *d, int64_t user_id, int64_t now_us, struct err *e) {
    const struct db_val id[] = { db_int(d->id) };
    enum status s;

    if ((s = db_begin(db, e)) != OK) return s;
    s = db_run(db, &q_document_delete, id, NULL, NULL, NULL, e);
    if (s == OK) s = notification_forget_document(db, d->id, e);
    if (s == OK) s = remove_blob_add_job(db, room->signal, d->blob_name, now_us, e);
    if (s == OK) s = patient_touch_record(db, d->patient_id, e);
    if (s == OK && room->indexer.erased)
        s = room->indexer.erased(room->indexer.ctx, db, d->patient_id, now_us, e);
    if (s == OK) s = document_event_status(room, db, a, d->id, d->patient_id, STR("deleted"), 0, e);
    if (s == OK) s = audit(db, d, STR("document.delete"), user_id, now_us, e);
    return db_finish(db, s, e);
}

enum status documents_add(struct db *db, struct arena *a, const struct documents *room,
                          const struct document_content *files, size_t count, int64_t now_us,
                          struct document *out, bool *made, struct err *e) {
    enum status s;

    if ((s = db_begin(db, e)) != OK) return s;
    for (size_t i = 0; i < count && s == OK; i++) {
        int64_t id;
        s = document_add(db, a, room, &files[i].document, &files[i].hash, now_us, &id, &made[i], e);
        if (s == OK) s = document_get(db, a, id, &out[i], e);
    }
    return db_finish(db, s, e);
}

struct erasure {
    const struct documents *room;
    struct db *db;
    int64_t now_us;
};

static enum status remove_one(void *ctx, const struct db_val *col, struct err *e) {
    struct erasure *x = ctx;
    return remove_blob_add_job(x->db, x->room->signal, col[0].s, x->now_us, e);
}

enum status documents_erase_originals(struct db *db, struct arena *a, const struct documents *room,
                                      int64_t patient_id, int64_t now_us, struct err *e) {
    const struct db_val args[] = { db_int(patient_id) };
    struct erasure x = { room, db, now_us };
    enum status s = db_run(db, &q_document_blobs_of_patient, args, remove_one, &x, NULL, e);
    return s == OK ? document_event_status(room, db, a, DOCUMENT_EVENT_ALL, patient_id, STR("deleted"), 0, e)
                   : s;
}

enum status document_names_blob(struct db *db, struct str blob_name, bool *named, struct err *e) {
    const struct db_val args[] = { db_text(blob_name) };
    int64_t rows = 0;
    enum status s = db_get_i64(db, &q_document_has_blob, args, &rows, e);

    *named = rows > 0;
    return s;
}
