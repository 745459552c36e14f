#ifndef RAG_EMBED_H
#define RAG_EMBED_H
/*
 * embed -- one batch of passages on its way to the embedder and back into the database.
 */
#include "rag/rag.h"

/* A batch is late after this; a question waits EMBED_QUESTION_US (meaning.h). */
#define EMBED_BATCH_US (60 * SECOND_US)

/*
 * The next passages of a patient that have no vector: *stored says how many have one now, 0 when none was missing, the patient does not
 * agree, or is not there any more. E_RETRY with the pause that the service asked for in err. In no transaction.
 */
enum status embed_patient_batch(const struct rag *, struct db *, const struct clock *, int64_t patient_id,
                                size_t *stored, struct err *) MUST_CHECK;

/* Likewise of the clinic's published advice, which is about nobody: no consent is needed. */
enum status embed_advice_batch(const struct rag *, struct db *, const struct clock *, size_t *stored,
                               struct err *) MUST_CHECK;

/* Whether something of the patient (0: of the advice) is still missing; in the transaction that ends a job. */
enum status embed_patient_is_missing(const struct rag *, struct db *, int64_t patient_id, bool *missing,
                                     struct err *) MUST_CHECK;

#endif
