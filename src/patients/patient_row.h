#ifndef PATIENTS_PATIENT_ROW_H
#define PATIENTS_PATIENT_ROW_H
/*
 * patient_row -- the columns of a patient in the order of the queries, for the stores of this room.
 */
#include "patients/patient.h"

struct db_val;

enum patient_column {
    COL_ID,
    COL_FIRST_NAME,
    COL_LAST_NAME,
    COL_EMAIL,
    COL_PHONE,
    COL_DATE_OF_BIRTH,
    COL_GENDER,
    COL_ADDRESS,
    COL_MEDICAL_HISTORY,
    COL_ALLERGIES,
    COL_CURRENT_MEDICATIONS,
    COL_LANGUAGE,
    COL_TAGS,
    COL_ASSIGNED_TO,
    COL_STATUS,
    COL_CREATED_AT,
    COL_UPDATED_AT,
    COL_ACTIVATED_AT,
    COL_SHARES_PHONE,
    COL_CREATED_BY, /* lists end before this one */
    COL_RECORD_VERSION
};

/* The record as the API shows it in a list: one JSON object, or its members alone. */
void patient_row_fields(struct json_out *, const struct db_val *col);
void patient_row_json(struct json_out *, const struct db_val *col);

/* A copy in the arena. */
enum status patient_row_copy(struct arena *, const struct db_val *col, struct patient *,
                             struct err *) MUST_CHECK;

#endif
