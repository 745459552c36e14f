#ifndef DOCUMENTS_DOCUMENT_H
#define DOCUMENTS_DOCUMENT_H
/*
 * document -- a paper of a patient: what is known of it, and how other rooms read it.
 *
 * pending -> processing -> indexed | failed. A document belongs to one patient for ever. What the doctor said of it (title, kind, date) is
 * never changed by reading it again. Strings of a struct document are borrowed in row functions, in the arena elsewhere.
 */
#include "documents/blob.h"
#include "documents/fact.h"
#include "http/route.h"
#include "jobs/job.h"
#include "patients/part.h"

struct document {
    int64_t id, patient_id;
    struct str title, author, file_name, mime, blob_name;
    enum document_kind kind;
    struct date date; /* year 0: not known */
    bool title_given, kind_given, date_given;
    bool
        names_another; /* the name or birth date on it is not the patient's, and nobody said that it is his all the same */
    bool belongs;                     /* the doctor said so */
    struct str named_patient;         /* as printed; empty: not found */
    struct date named_birth;          /* year 0: not found */
    struct str first_name, last_name; /* of the patient whose it is; read only */
    int64_t size_bytes;
    struct str status, error_code;
    int64_t page_count, illegible_count;
    int64_t created_by, created_at_us, updated_at_us, indexed_at_us; /* indexed_at_us 0: not yet */
};

/*
 * What makes pages findable, implemented by a room further down. index() runs inside the transaction that stores pages and facts, and
 * replaces what was there for the document; what it stored goes with the document's row by foreign keys.
 */
struct document_indexer {
    void *ctx;
    enum status (*index)(void *ctx, struct db *, struct arena *, int64_t patient_id, int64_t document_id,
                         const struct page *, size_t page_count, const struct document_reading *,
                         int64_t now_us, struct err *);
    /* In the transaction that erases a document, after its row went; NULL: nothing to do. */
    enum status (*erased)(void *ctx, struct db *, int64_t patient_id, int64_t now_us, struct err *);
};

struct extractor;
struct event_hub;

/* The room's context; constant after start. */
struct documents {
    struct blob_store blobs;
    struct extractor *extractor;
    struct document_indexer indexer;
    struct job_signal *signal;
    struct event_hub *events; /* NULL: nobody listens */
    int reading_max; /* documents read at once in this process; 0: as many as there are job workers */
};

#define DOCUMENT_JOB_INGEST      "document.ingest"
#define DOCUMENT_JOB_REMOVE_BLOB "document.remove_blob"
#define DOCUMENT_JOB_SWEEP       "document.sweep"

/* An honest scan of many pages takes minutes; the lease is renewed while pages come. */
#define INGEST_LEASE_US (3 * MINUTE_US)

/* E_NOT_FOUND with a message when there is none. */
enum status document_get(struct db *, struct arena *, int64_t id, struct document *, struct err *) MUST_CHECK;

typedef enum status document_row_fn(void *ctx, const struct document *, struct err *);
/* The indexed documents of one patient by rising id, for answers. */
enum status document_each_indexed(struct db *, int64_t patient_id, document_row_fn *, void *ctx,
                                  struct err *) MUST_CHECK;

/* The facts of one patient, or of one document, by rising id. type FACT_TYPE_COUNT: all. Strings are borrowed. */
struct fact_row {
    int64_t id, document_id;
    struct fact fact;
    struct str document_date;                /* ISO, empty: not known */
    struct str corrected_deed, corrected_by; /* "change" or "add", and who; empty: as it was read */
    int64_t corrected_at_us;
};
typedef enum status fact_row_fn(void *ctx, const struct fact_row *, struct err *);
enum status fact_each_of_patient(struct db *, int64_t patient_id, enum fact_type, fact_row_fn *, void *ctx,
                                 struct err *) MUST_CHECK;
enum status fact_each_of_document(struct db *, int64_t document_id, enum fact_type, fact_row_fn *, void *ctx,
                                  struct err *) MUST_CHECK;

extern const struct message document_unknown;

extern const struct route documents_routes[]; /* room: struct documents */

/* The job kinds of this room; `kinds` has room for DOCUMENTS_JOB_COUNT. */
enum { DOCUMENTS_JOB_COUNT = 3 };
void documents_job_kinds(struct documents *, struct job_kind kinds[DOCUMENTS_JOB_COUNT]);

struct patient_part documents_patient_part(struct documents *);

#endif
