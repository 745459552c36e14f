#ifndef HTTP_UPLOAD_RUN_H
#define HTTP_UPLOAD_RUN_H
/*
 * upload_run -- one multipart request on its way into the sink of its route. Inside http/ only.
 *
 * Holds the limits of the sink, and hashes what was sent (names, values, bytes; not the boundary), so that an Idempotency-Key can
 * tell the same upload from another one.
 */
#include "base/crypto.h"
#include "http/upload.h"

struct upload_run;

/* Opens the sink. From here on the sink is closed when the arena of the request is reset. */
enum status upload_run_open(struct request *, const struct upload_sink *, struct str content_type,
                            struct upload_run **, struct err *) MUST_CHECK;
enum status upload_run_feed(struct upload_run *, struct str bytes, struct err *) MUST_CHECK;
enum status upload_run_finish(struct upload_run *, struct err *) MUST_CHECK;

void *upload_run_state(const struct upload_run *);
struct hash upload_run_hash(struct upload_run *); /* once, after upload_run_finish() */

extern const struct message upload_file_too_large, upload_too_many, upload_field_too_long,
    upload_field_not_text, upload_no_boundary;

#endif
