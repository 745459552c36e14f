#ifndef PATIENTS_PATIENTS_H
#define PATIENTS_PATIENTS_H
/*
 * patients -- the room's context and routes, for main/. Constant after start; shared by all threads.
 */
#include "http/route.h"
#include "jobs/job.h"
#include "patients/part.h"

struct patients {
    struct job_signal *signal;        /* woken when a record needs its activation message; may be NULL */
    struct str default_region;        /* how local phone numbers are read: "SN" */
    struct str public_url;            /* links of activation start with it */
    const struct str *sender;         /* the clinic's number in E.164, empty when it has none; may be NULL */
    const struct patient_part *parts; /* what other rooms hold, ends with name NULL; may be NULL */
};

extern const struct route patients_routes[]; /* room: struct patients */

#endif
