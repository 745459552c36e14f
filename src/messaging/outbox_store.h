#ifndef MESSAGING_OUTBOX_STORE_H
#define MESSAGING_OUTBOX_STORE_H
/*
 * outbox_store -- the transactions of sending one message. Of this room only.
 */
#include "messaging/outbox.h"

/*
 * The job's transaction before the channel is called: sets "handed over" and counts the attempt.
 * E_CONFLICT: somebody else did.
 */
enum status outbox_hand_over(struct db *, const struct message_row *, int64_t now_us,
                             struct err *) MUST_CHECK;

/* What became of attempt number `attempt`. */
struct outcome {
    int attempt;
    enum message_status status; /* ACCEPTED or higher, FAILED, UNCERTAIN, or SENDING: not taken, try again */
    struct str provider_sid, error_code; /* "" for none */
    bool tell;                           /* the doctor should know: a notification */
};

/*
 * One transaction: the row, its history, and what follows: the next part's job after an acceptance; after a
 * failure the parts behind it fail too. With `job` (may be NULL) its end is part of it.
 */
enum status outbox_record(struct job_context *, const struct job *job, const struct message_row *,
                          const struct outcome *, int64_t now_us, struct err *) MUST_CHECK;

/* True when the person does not want messages of this kind. */
enum status outbox_is_opted_out(struct db *, int64_t patient_id, enum message_kind, bool *out,
                                struct err *) MUST_CHECK;

#endif
