#ifndef RAG_ADVICE_JOB_H
#define RAG_ADVICE_JOB_H
/*
 * advice_job -- the job "advice.read": the text of an uploaded file becomes the body of a draft, for the doctor to check and publish.
 *
 * Running it twice does no harm: its one transaction puts the body in, has the file removed and ends the job; afterwards the advice does
 * not wait for this file any more, and another run changes nothing.
 */
#include "jobs/job.h"
#include "rag/advice.h"

#define ADVICE_JOB_READ "advice.read"

/* In the caller's transaction. */
enum status advice_add_job(struct db *, struct job_signal *, int64_t advice_id, struct str blob_name,
                           int64_t now_us, struct err *) MUST_CHECK;

job_fn advice_read_run, advice_read_dead; /* room: struct rag */

/* The sentence of a file that was not read, or only in part, by its code; NULL for a code that is not known. */
const struct message *advice_failure(struct str error_code);

#endif
