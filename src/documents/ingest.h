#ifndef DOCUMENTS_INGEST_H
#define DOCUMENTS_INGEST_H
/*
 * ingest -- the job that reads a document: original -> pages -> facts -> index, and the job that removes what is no longer needed.
 *
 * Running "document.ingest" twice does no harm: its one transaction replaces everything that was read before, and commits together with
 * the end of the job. Running "document.remove_blob" twice removes a file that is not there.
 */
#include "documents/document.h"

/*
 * In the caller's transaction: the document ("pending") waits to be read, and that is told on /api/events/. One that waits already is
 * not added twice.
 */
enum status ingest_add_job(struct db *, struct arena *, const struct documents *, int64_t document_id,
                           int64_t patient_id, int64_t now_us, struct err *) MUST_CHECK;

/*
 * A new document, the job that will read it and the audit row, in the caller's transaction. When the patient has these bytes already, *id
 * is that document and nothing is added (*made false).
 */
enum status document_add(struct db *, struct arena *, const struct documents *, const struct document *,
                         const struct hash *content, int64_t now_us, int64_t *id, bool *made,
                         struct err *) MUST_CHECK;

enum status remove_blob_add_job(struct db *, struct job_signal *, struct str blob_name, int64_t now_us,
                                struct err *) MUST_CHECK;

job_fn ingest_run, ingest_dead, remove_blob_run, sweep_blobs_run;

/* The sentence of a document that failed or was read in part, by its code; NULL for a code that is not known. */
const struct message *ingest_failure(struct str error_code);

/* True when the name or birth date that a document bears cannot be this patient's. Pure. */
bool document_names_another(struct arena *, const struct document_reading *, struct str first_name,
                            struct str last_name, struct date birth);

#endif
