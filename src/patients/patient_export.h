#ifndef PATIENTS_PATIENT_EXPORT_H
#define PATIENTS_PATIENT_EXPORT_H
/*
 * patient_export -- everything that is held about a patient, as one JSON object. Inside patients/ only.
 */
#include "http/route.h"

enum status patient_export_write(struct request *, int64_t id, struct json_out *, struct err *) MUST_CHECK;

#endif
