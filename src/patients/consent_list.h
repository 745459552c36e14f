#ifndef PATIENTS_CONSENT_LIST_H
#define PATIENTS_CONSENT_LIST_H
/*
 * consent_list -- the history of a person's consents, newest first, for the API and the export. Of this
 * room only.
 */
#include "base/json_out.h"
#include "base/status.h"

struct db;

struct consent_row {
    int64_t id;
    struct str purpose, source; /* borrowed for the call */
    bool granted;
    bool current;        /* the newest of its purpose: the one that counts */
    int64_t recorded_by; /* 0: the person */
    int64_t created_at_us;
};

typedef enum status consent_row_fn(void *ctx, const struct consent_row *, struct err *);

enum status consent_count(struct db *, int64_t patient_id, int64_t *count, struct err *) MUST_CHECK;
enum status consent_each(struct db *, int64_t patient_id, int64_t limit, int64_t offset, consent_row_fn *,
                         void *ctx, struct err *) MUST_CHECK;
/* What counts now, as one JSON object: {"messages": true, "assistant": false, "external_model": null}; null: never asked. */
enum status consent_current_json(struct db *, int64_t patient_id, struct json_out *, struct err *) MUST_CHECK;
void consent_row_json(struct json_out *, const struct consent_row *);

#endif
