#ifndef DOCUMENTS_RESUMABLE_API_H
#define DOCUMENTS_RESUMABLE_API_H
/*
 * What the handlers of /api/uploads/ share. Private to documents/.
 */
#include "documents/resumable.h"

/* The contract's 100 MB. */
#define RESUMABLE_MAX_BYTES (INT64_C(100) * 1024 * 1024)

handler_fn resumable_patch;
extern const struct upload_sink resumable_upload;

/* The upload of path argument 0. */
enum status resumable_of_request(struct request *, struct resumable *, struct err *) MUST_CHECK;

/* The headers that tell where the upload is. */
enum status resumable_answer(struct request *, struct reply *, const struct resumable *,
                             struct err *) MUST_CHECK;

/* A number as text in `out`. */
struct str resumable_number(int64_t, char out[24]);

#endif
