#include "accounts/notification.h"

#include "queries.h"

enum status notification_add(struct db *db, struct str kind, int64_t patient_id, int64_t object_id,
                             enum severity severity, int64_t now_us, struct err *e) {
    int64_t id;
    return notification_add_id(db, kind, patient_id, object_id, severity, now_us, &id, e);
}

enum status notification_add_id(struct db *db, struct str kind, int64_t patient_id, int64_t object_id,
                                enum severity severity, int64_t now_us, int64_t *id, struct err *e) {
    const struct db_val args[] = { db_text(kind), db_int(severity), db_int_or_null(patient_id),
                                   db_int_or_null(object_id), db_int(now_us) };
    return db_get_i64(db, &q_notification_insert, args, id, e);
}

enum status notification_add_once(struct db *db, struct str kind, enum severity severity, int64_t now_us,
                                  struct err *e) {
    const struct db_val args[] = { db_text(kind) };
    int64_t unread;
    enum status s = db_get_i64(db, &q_notification_unread_of_kind, args, &unread, e);
    return s != OK || unread ? s : notification_add(db, kind, 0, 0, severity, now_us, e);
}

enum status notification_forget_patient(struct db *db, int64_t patient_id, struct err *e) {
    const struct db_val args[] = { db_int(patient_id) };
    return db_run(db, &q_notification_forget_patient, args, NULL, NULL, NULL, e);
}

enum status notification_forget_document(struct db *db, int64_t document_id, struct err *e) {
    const struct db_val args[] = { db_int(document_id) };
    return db_run(db, &q_notification_forget_document, args, NULL, NULL, NULL, e);
}
