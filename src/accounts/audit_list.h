#ifndef ACCOUNTS_AUDIT_LIST_H
#define ACCOUNTS_AUDIT_LIST_H
/*
 * audit_list -- which rows of the audit log somebody looks at, as JSON a page at a time or as CSV to its end. Inside accounts/ only.
 */
#include "accounts/accounts.h"
#include "http/page.h"

enum { AUDIT_FILTERS = 7 };

/* What the address asks for. */
struct audit_filter {
    int64_t actor_id;       /* -1: anybody; 0: the program */
    struct str action;      /* "patient.create", or all that starts so: "patient."; empty: any */
    struct str object_type; /* empty: any */
    int64_t object_id;      /* 0: any */
    int64_t patient_id;     /* 0: any; else the patient and the patient's documents */
    int64_t from_us, to_us; /* at or after, before */
};

enum status audit_filter_parse(const struct request *, struct audit_filter *, struct err *) MUST_CHECK;

enum status audit_write_page(struct request *, const struct audit_filter *, struct json_out *,
                             struct err *) MUST_CHECK;

/* Streams text/csv, newest first. The filter's strings live as long as the request. */
enum status audit_send_csv(struct request *, struct reply *, const struct audit_filter *,
                           struct err *) MUST_CHECK;

#endif
