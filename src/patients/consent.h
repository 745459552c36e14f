#ifndef PATIENTS_CONSENT_H
#define PATIENTS_CONSENT_H
/*
 * consent -- what a person agreed to, by purpose. Rows are never changed: a new yes or no is a new row, the
 * newest counts, none is a no.
 */
#include "base/status.h"

struct db;

enum consent_purpose {
    CONSENT_MESSAGES,       /* messages that the person did not ask for; STOP withdraws it */
    CONSENT_ASSISTANT,      /* questions about the record are answered */
    CONSENT_EXTERNAL_MODEL, /* text may go to a model outside */
    CONSENT_COUNT
};

enum consent_source { CONSENT_BY_ACTIVATION, CONSENT_BY_CONFIRM, CONSENT_BY_WHATSAPP, CONSENT_BY_STAFF };

const char *consent_purpose_name(enum consent_purpose);
bool consent_purpose_from_name(struct str, enum consent_purpose *) MUST_CHECK;

/*
 * Inside the caller's transaction. user_id 0: the person did it. Saying again what already holds adds
 * nothing.
 */
enum status consent_record(struct db *, int64_t patient_id, enum consent_purpose, bool granted,
                           enum consent_source, int64_t user_id, int64_t now_us, struct err *) MUST_CHECK;

enum status consent_is_granted(struct db *, int64_t patient_id, enum consent_purpose, bool *granted,
                               struct err *) MUST_CHECK;

/* Whether the person said no, which is more than not having been asked. */
enum status consent_is_withdrawn(struct db *, int64_t patient_id, enum consent_purpose, bool *withdrawn,
                                 struct err *) MUST_CHECK;

#endif
