#ifndef PATIENTS_CONSENT_STAFF_H
#define PATIENTS_CONSENT_STAFF_H
/*
 * consent_staff -- a consent as staff records it: with its audit row, answered as JSON. Of this room only.
 */
#include "base/json_out.h"
#include "patients/consent.h"
#include "patients/part.h"
#include "patients/patient_store.h"

/* One transaction, in which the parts (NULL: none) do what follows from it; writes the row that counts now. E_NOT_FOUND for an unknown patient. */
enum status consent_set_by_staff(struct db *, const struct patient_actor *, int64_t patient_id,
                                 enum consent_purpose, bool granted, const struct patient_part *parts,
                                 struct json_out *, struct err *) MUST_CHECK;

#endif
