#ifndef MESSAGING_MEDIA_STORE_H
#define MESSAGING_MEDIA_STORE_H
/*
 * media_store -- the transactions of media.h. Of this room only.
 */
#include "messaging/media.h"
#include "messaging/media_type.h"
#include "messaging/texts.h"

/* What became of a medium that waited. */
struct media_outcome {
    enum media_status status;
    struct str error_code;   /* of all but kept */
    struct media_type type;  /* of kept */
    const struct blob *blob; /* of kept */
    enum text text;          /* what the person is told; TEXT_COUNT: nothing */
};

/*
 * One transaction: the row, the doctor's notification, what the person is told, the job that removes it at the carrier and, with a job, its
 * end. *done is false when the medium waited no longer (another run was faster, or the patient was erased): then nothing was written.
 */
enum status media_settle(struct job_context *, const struct job *finish, const struct media_row *,
                         const struct media_outcome *, bool *done, struct err *) MUST_CHECK;

/*
 * One transaction: a document of the medium, as if it had been uploaded. d: patient, title, kind, who. *out is the document, *made false when
 * there was one already. E_CONFLICT with a message when it is nothing that can be accepted.
 */
enum status media_accept(struct messaging *, struct db *, struct arena *, const struct media_row *,
                         const struct document *d, int64_t now_us, struct document *out, bool *made,
                         struct err *) MUST_CHECK;

/* One transaction. Twice is fine; E_CONFLICT with a message when it was accepted. */
enum status media_discard(struct messaging *, struct db *, struct arena *, const struct media_row *,
                          int64_t user_id, int64_t now_us, struct err *) MUST_CHECK;

#endif
