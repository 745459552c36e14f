#ifndef PATIENTS_PATIENT_EDIT_H
#define PATIENTS_PATIENT_EDIT_H
/*
 * patient_edit -- what a client asks to write, read from a JSON body with every mistake at once. No I/O.
 *
 * POST and PUT insist on names and phone; a birth date or gender may come to be known later. PUT replaces:
 * what it does not mention becomes empty. PATCH insists on nothing and changes what it names. id and times
 * are accepted and ignored, so that an object that was read can be sent back. The status changes by PATCH
 * alone: a PUT of an object read a minute ago must not undo a confirmation.
 */
#include "http/fields.h"
#include "patients/patient.h"

enum patient_edit_mode { EDIT_CREATE, EDIT_REPLACE, EDIT_PATCH };

/* What was given, as bits. */
enum patient_field {
    FIELD_FIRST_NAME = 1 << 0,
    FIELD_LAST_NAME = 1 << 1,
    FIELD_EMAIL = 1 << 2,
    FIELD_PHONE = 1 << 3,
    FIELD_DATE_OF_BIRTH = 1 << 4,
    FIELD_GENDER = 1 << 5,
    FIELD_ADDRESS = 1 << 6,
    FIELD_MEDICAL_HISTORY = 1 << 7,
    FIELD_ALLERGIES = 1 << 8,
    FIELD_CURRENT_MEDICATIONS = 1 << 9,
    FIELD_LANGUAGE = 1 << 10,
    FIELD_TAGS = 1 << 11,
    FIELD_ASSIGNED_TO = 1 << 12,
    FIELD_SHARES_PHONE = 1 << 13,
    FIELD_STATUS = 1 << 14,
    FIELDS_REPLACED = FIELD_STATUS - 1 /* all but the status */
};

struct patient_edit {
    unsigned given; /* patient_field bits */
    struct patient value;
    struct str read_as; /* If-Match: the ETag of the record that was read; "": whatever it is now */
};

/*
 * Reads the body's fields; mistakes wait in f for fields_done(). region reads local phone numbers; today
 * bounds the birth date.
 */
enum status patient_edit_read(struct arena *, struct fields *f, enum patient_edit_mode, struct str region,
                              struct date today, struct patient_edit *, struct err *) MUST_CHECK;

/*
 * Lays what was given over *p. Rules between fields: see patient.h (a new number makes an active record
 * pending again).
 */
void patient_edit_apply(const struct patient_edit *, struct patient *p);

/* The shape of an address (RFC 5321 without quoting): whether it works, only a message can tell. */
bool patient_email_is_plausible(struct str email);

extern const struct message patient_changed, patient_email_invalid, patient_birth_in_future,
    patient_birth_too_old, patient_new_is_pending, patient_assigned_not_doctor;

#endif
