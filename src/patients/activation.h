#ifndef PATIENTS_ACTIVATION_H
#define PATIENTS_ACTIVATION_H
/*
 * activation -- from "pending" to "active": the one-time link, and what a confirmation does.
 *
 * A token is 32 random bytes; only its hash is kept. It expires after ACTIVATION_LIFE_US, works once,
 * belongs to one number, and is replaced by the next one. Confirming activates the record, records the
 * consents `messages` and `assistant`, writes the audit row and tells the doctor, all in one transaction;
 * confirming again changes nothing.
 */
#include "base/crypto.h"
#include "patients/consent.h"
#include "patients/patient.h"

#define ACTIVATION_LIFE_US (7 * DAY_US)

/*
 * Makes a new token for the patient's present number and ends the earlier ones. Inside the caller's
 * transaction.
 */
enum status activation_create(struct db *, const struct patient *, int64_t now_us,
                              char token[TOKEN_TEXT_BYTES], struct err *) MUST_CHECK;

/*
 * The patient whom an open token belongs to. E_NOT_FOUND: no such token; E_CONFLICT: used, replaced or
 * expired. Both with a message.
 */
enum status activation_find(struct db *, struct arena *, struct str token, int64_t now_us, struct patient *,
                            struct err *) MUST_CHECK;

/* Uses a token: its patient is active afterwards. Failures as activation_find(). One transaction. */
enum status activation_use(struct db *, struct arena *, struct str token, int64_t now_us, struct patient *,
                           struct err *) MUST_CHECK;

/*
 * Whether the patient was sent a link that is still open, so that a plain "yes" from the number means this.
 */
enum status activation_is_open(struct db *, int64_t patient_id, int64_t now_us, bool *open,
                               struct err *) MUST_CHECK;

/* Who confirms: the person (user_id 0), a program with a token, or staff. */
struct confirmation {
    enum consent_source source;
    int64_t user_id;
};

/*
 * The person agreed (or, with valid false, declined: the record is inactive and the consents are
 * withdrawn). Updates *p.
 */
enum status patient_confirm(struct db *, struct patient *p, bool valid, const struct confirmation *,
                            int64_t now_us, struct err *) MUST_CHECK;

/*
 * The same for whoever has a number. A token, where one is given, must be open and belong to it. One
 * transaction.
 */
enum status patient_confirm_phone(struct db *, struct arena *, struct str phone, struct str token, bool valid,
                                  const struct confirmation *, int64_t now_us, struct patient *,
                                  struct err *) MUST_CHECK;

extern const struct message activation_unknown, activation_used, activation_expired;

#endif
