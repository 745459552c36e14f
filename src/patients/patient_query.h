#ifndef PATIENTS_PATIENT_QUERY_H
#define PATIENTS_PATIENT_QUERY_H
/*
 * patient_query -- ?patient= of lists: those of one patient.
 */
#include "http/route.h"

/* 0 when nobody is named; a field error when it is no id. Whether there is such a patient is not asked. */
enum status patient_query(const struct request *, int64_t *patient_id, struct err *) MUST_CHECK;

#endif
