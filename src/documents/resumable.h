#ifndef DOCUMENTS_RESUMABLE_H
#define DOCUMENTS_RESUMABLE_H
/*
 * resumable -- uploads that go on after a broken connection: tus 1.0.0 with creation, expiration and termination
 * (https://tus.io/protocols/resumable-upload).
 *
 * What arrives in one request is a part, encrypted on the disk before the row of the upload says so; a request that breaks off leaves the
 * part as far as it came. When all is there the parts are joined, and become a document like any other, in one transaction. An upload
 * that nobody finishes is forgotten after RESUMABLE_KEPT_US; a finished one is kept as long, for a client that missed the answer.
 */
#include "documents/document.h"
#include "http/upload.h"

#define RESUMABLE_KEPT_US (24 * HOUR_US)

struct resumable {
    int64_t id, patient_id;
    struct str title, kind, file_name;
    int64_t size_bytes, offset_bytes;
    int64_t document_id; /* 0: not complete yet */
    int64_t created_by, expires_at_us;
};

/* Everything but id and offset is given. */
enum status resumable_add(struct db *, const struct resumable *, int64_t now_us, int64_t *id,
                          struct err *) MUST_CHECK;

/* E_NOT_FOUND with a message when there is none, or it expired. Strings live in the arena. */
enum status resumable_get(struct db *, struct arena *, int64_t id, int64_t now_us, struct resumable *,
                          struct err *) MUST_CHECK;

/* A part that is on the disk belongs to the upload; E_CONFLICT when another came first at this place. One transaction. */
enum status resumable_add_part(struct db *, int64_t id, int64_t at_bytes, int64_t size_bytes,
                               struct str blob_name, struct err *) MUST_CHECK;

typedef enum status resumable_part_fn(void *ctx, struct str blob_name, struct err *);
enum status resumable_each_part(struct db *, int64_t id, resumable_part_fn *, void *ctx,
                                struct err *) MUST_CHECK;

/* All parts are joined into `content`: a document, its job, and jobs that remove the parts. One transaction. */
struct document_content;
enum status resumable_complete(struct db *, struct arena *, const struct documents *,
                               const struct resumable *, const struct document_content *, int64_t now_us,
                               struct document *, bool *made, struct err *) MUST_CHECK;

/* Forgets the upload with what arrived. One transaction. */
enum status resumable_remove(struct db *, const struct documents *, int64_t id, int64_t now_us,
                             struct err *) MUST_CHECK;

/* The same for those that expired. */
enum status resumable_remove_expired(struct db *, const struct documents *, int64_t now_us,
                                     struct err *) MUST_CHECK;

extern const struct route resumable_routes[]; /* room: struct documents */

#endif
