#ifndef RAG_EMBED_JOB_H
#define RAG_EMBED_JOB_H
/*
 * embed_job -- the jobs that give passages their vectors: "rag.embed_patient" after a document was indexed or a patient agreed,
 * "rag.reembed" for everything that lacks one, after a change of model and at each start.
 *
 * Both look for what has no vector of the current space, take at most EMBEDDING_BATCH_MAX passages of one patient, take out what says who
 * somebody is, and store what comes back in one transaction with the log of the call. So running one twice, or both at once, does no harm:
 * what has its vector is not looked at again, and a crash costs one batch. No transaction is open while the embedder is waited for.
 * A service that is busy is asked again after the pause that it names. The vectors of the space before are deleted only when all of the
 * new one are there.
 */
#include "rag/rag.h"

#define EMBED_JOB_PATIENT "rag.embed_patient"
#define EMBED_JOB_ALL     "rag.reembed"

/* Both in the caller's transaction; nothing happens when no embedder is set. */
enum status embed_patient_add_job(struct db *, const struct rag *, int64_t patient_id, int64_t now_us,
                                  struct err *) MUST_CHECK;
enum status embed_all_add_job(struct db *, const struct rag *, int64_t now_us, struct err *) MUST_CHECK;

job_fn embed_patient_run, embed_all_run; /* room: struct rag */

/* What a service that is down may cost a job: at an hour each, more than a week. */
enum { EMBED_ATTEMPTS_MAX = 200 };
#define EMBED_LEASE_US (3 * MINUTE_US)

#endif
