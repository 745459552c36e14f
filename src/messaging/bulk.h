#ifndef MESSAGING_BULK_H
#define MESSAGING_BULK_H
/*
 * bulk -- what the outbox needs of broadcasts, which broadcasts/ keeps: that room comes after this one.
 *
 * A message of a broadcast names it (outbox_message.broadcast_id). Before it is handed over the desk is asked whether it may leave; whatever
 * becomes of it is told in the transaction that records it, so that a ledger of recipients is always as true as the messages.
 */
#include "channels/message_status.h"
#include "base/status.h"

struct db;

struct bulk_move {
    int64_t broadcast_id, patient_id, message_id;
    enum message_status
        status; /* reached: QUEUED (put into the outbox, once more after a failure), UNCERTAIN, ACCEPTED …; SENDING: not taken, it is tried again */
    struct str error_code; /* "" for none */
    bool account_refused;  /* SENDING: because the clinic's account must be mended at the carrier */
    int attempts;          /* so far; 0 where the carrier tells of it later */
    int64_t now_us;
};

/* Whether a message of a broadcast leaves. */
struct bulk_pass {
    bool leaves;
    int64_t due_us;       /* it does not leave: when it is looked at again; 0: it is never sent … */
    const char *left_out; /* … for this reason ("cancelled") */
};

struct bulk_desk {
    void *ctx;
    /* Inside the sender's transaction, for each message that is about to leave: cheap reads only. *pass says that it leaves. */
    enum status (*pass)(void *ctx, struct db *, int64_t broadcast_id, int64_t patient_id, int64_t now_us,
                        struct bulk_pass *pass, struct err *);
    /* Inside the transaction that changed the message. */
    enum status (*moved)(void *ctx, struct db *, const struct bulk_move *, struct err *);
};

struct messaging;

/* Tells the desk, if there is one and the message is of a broadcast. */
enum status bulk_tell(const struct messaging *, struct db *, const struct bulk_move *,
                      struct err *) MUST_CHECK;

#endif
