#ifndef ACCOUNTS_NOTIFICATION_H
#define ACCOUNTS_NOTIFICATION_H
/*
 * notification -- something that a doctor must see, until someone has read it.
 *
 * It points at the patient and the object; the words of the patient stay where they are.
 */
#include "db/db.h"

enum severity { SEVERITY_KNOW, SEVERITY_LOOK, SEVERITY_DANGER };

/* kind: a constant such as "patient.activated". patient_id and object_id may be 0. In the caller's transaction. */
enum status notification_add(struct db *, struct str kind, int64_t patient_id, int64_t object_id,
                             enum severity, int64_t now_us, struct err *) MUST_CHECK;

/* The same, and its id. */
enum status notification_add_id(struct db *, struct str kind, int64_t patient_id, int64_t object_id,
                                enum severity, int64_t now_us, int64_t *id, struct err *) MUST_CHECK;

/* For what lasts until somebody mends it: nothing is added while one of this kind is unread. In the caller's transaction. */
enum status notification_add_once(struct db *, struct str kind, enum severity, int64_t now_us,
                                  struct err *) MUST_CHECK;

/* Part of erasing a document, or of moving it. In the caller's transaction. */
enum status notification_forget_document(struct db *, int64_t document_id, struct err *) MUST_CHECK;

/* Part of erasing a patient. In the caller's transaction. */
enum status notification_forget_patient(struct db *, int64_t patient_id, struct err *) MUST_CHECK;

#endif
