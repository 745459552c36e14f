#ifndef SEARCH_RECORD_STORE_H
#define SEARCH_RECORD_STORE_H
/*
 * record_store -- reads the record of one patient from the database, and keeps the chunks of a document there.
 */
#include "patients/patient.h"
#include "search/chunk.h"
#include "search/record.h"

/*
 * Everything of the patient. Reading takes several queries; when the record changed in between it is read again, so that what comes back is
 * of one version. E_RETRY when it changes faster than it can be read. space: in which space vectors are read (models/embedder.h); empty: none.
 */
enum status record_load(struct db *, const struct patient *, struct str space, struct record **,
                        struct err *) MUST_CHECK;

/* In the caller's transaction: replaces the chunks of a document. */
enum status chunk_store_replace(struct db *, int64_t patient_id, int64_t document_id, const struct chunk *,
                                size_t count, struct err *) MUST_CHECK;

#endif
