#ifndef RAG_VECTOR_SYNC_H
#define RAG_VECTOR_SYNC_H
/*
 * vector_sync -- the jobs that keep a vector store outside (vectors/vector_store.h) as the database is.
 *
 * "vectors.sync" holds one patient's namespace against the table and puts what lacks, removes what should not be there; it is added wherever
 * his vectors change. "vectors.forget" deletes the namespace of a patient who was erased. "vectors.reconcile", once a day and at each start,
 * syncs everybody and deletes namespaces of this installation that should not be there, so that the two never drift for long. All of
 * them only make the store what the table says: running one twice, or cut in the middle, does no harm. A store that shows what was written
 * only seconds later makes a sync do a little again.
 */
#include "rag/rag.h"

#define VECTOR_JOB_SYNC      "vectors.sync"
#define VECTOR_JOB_FORGET    "vectors.forget"
#define VECTOR_JOB_RECONCILE "vectors.reconcile"

/* In the caller's transaction; nothing happens when no store is set. */
enum status vector_sync_add_job(struct db *, const struct rag *, int64_t patient_id, int64_t now_us,
                                struct err *) MUST_CHECK;
enum status vector_forget_add_job(struct db *, const struct rag *, int64_t patient_id, int64_t now_us,
                                  struct err *) MUST_CHECK;

#define VECTOR_LEASE_US (5 * MINUTE_US)

/* Likewise: everybody, now and from then on once a day. */
enum status vector_reconcile_now(struct db *, const struct rag *, int64_t now_us, struct err *) MUST_CHECK;

job_fn vector_sync_run, vector_forget_run, vector_reconcile_run; /* room: struct rag */

#endif
