#ifndef MESSAGING_OUTBOX_H
#define MESSAGING_OUTBOX_H
/*
 * outbox -- every text that leaves: one row a message, sent exactly once, whatever is killed when.
 *
 * outbox_add() puts the message and its job into the caller's transaction. The job "outbox.send"
 * {"message_id": N} commits "handed over" before it calls the channel, and the outcome after it. A run that
 * finds a message handed over without an outcome (the program was killed, or no answer came) asks the
 * channel first and sends again only if the carrier certainly does not have it: that makes running it twice
 * harmless. A long text becomes several rows, split at sentences; each leaves when the one before it was
 * accepted, so that they arrive in order.
 */
#include "messaging/messaging.h"

#define OUTBOX_JOB_SEND "outbox.send"

struct outbox_message {
    enum message_kind kind;
    int64_t patient_id; /* 0: an unknown number */
    struct str phone;   /* E.164 */
    struct str body;    /* any length up to OUTBOX_BODY_MAX_BYTES; not empty */
    int64_t answers_id; /* the received message; 0: none */
    struct str key;     /* why it is sent, unique: adding it again adds nothing; empty: no such reason */
};

enum { OUTBOX_BODY_MAX_BYTES = 64 * 1024, OUTBOX_KEY_MAX_BYTES = 120 };

/*
 * Inside the caller's transaction. *added (may be NULL) is false when the key was there already. To a
 * person who said STOP, messages that they did not ask for are recorded as failed with the code opted_out
 * and never sent.
 */
enum status outbox_add(struct messaging *, struct db *, struct arena *, const struct outbox_message *,
                       int64_t now_us, bool *added, struct err *) MUST_CHECK;

/*
 * The job, and what is done when it is given up: the message fails, or stays uncertain, and the doctor is
 * told.
 */
job_fn outbox_send_job, outbox_send_dead;

#endif
