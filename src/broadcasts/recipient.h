#ifndef BROADCASTS_RECIPIENT_H
#define BROADCASTS_RECIPIENT_H
/*
 * recipient -- the ledger: one row a person who was aimed at, and what became of it.
 *
 *     waiting -> queued -> (uncertain) -> sent -> delivered -> read, or failed; left_out; cancelled
 *
 * A row is made when the list is frozen and is unique by broadcast and person. It moves only in the transaction that moves the message, and
 * the counts of the broadcast with it: SUM over a broadcast's rows is always what broadcast_count says. A higher state never goes back,
 * except that a failed message which is sent again is queued once more.
 */
#include "broadcasts/broadcast.h"

enum recipient_state {
    RECIPIENT_WAITING, /* on the list, not yet in the outbox */
    RECIPIENT_QUEUED,  /* in the outbox, or handed over and not answered */
    RECIPIENT_UNCERTAIN, /* reason "": the carrier is being asked; "gave_up": it never said, and nothing more is done */
    RECIPIENT_SENT,
    RECIPIENT_FAILED,   /* reason: the carrier's code, or the outbox's */
    RECIPIENT_LEFT_OUT, /* reason: target.h */
    RECIPIENT_CANCELLED,
    RECIPIENT_DELIVERED,
    RECIPIENT_READ,
    RECIPIENT_STATE_COUNT
};
const char *recipient_state_name(enum recipient_state);
bool recipient_state_from_name(struct str, enum recipient_state *) MUST_CHECK;

struct recipient_change {
    int64_t broadcast_id, patient_id;
    enum recipient_state state;
    struct str reason;
    int64_t message_id; /* 0: as it is */
    int64_t now_us;
};

/*
 * Inside the caller's transaction: moves the row if the ladder allows it, the counts, and the broadcast to "sent" (or "failed", when nobody got
 * it) with its last recipient. Without such a row nothing happens. *moved (may be NULL) tells.
 */
enum status recipient_move(struct db *, const struct recipient_change *, bool *moved,
                           struct err *) MUST_CHECK;

/* The broadcast is over if nobody is under way any more. Inside the caller's transaction. */
enum status recipient_finish(struct db *, int64_t broadcast_id, int64_t now_us, struct err *) MUST_CHECK;

/* Inside the caller's transaction: at most max rows of a deleted broadcast, and with the last the broadcast. *more tells. */
enum status recipient_delete(struct db *, int64_t broadcast_id, int64_t max, bool *more,
                             struct err *) MUST_CHECK;
enum status recipient_any(struct db *, int64_t broadcast_id, bool *any, struct err *) MUST_CHECK;

/* What the record of a patient says to a content, and the language. E_NOT_FOUND with a message. */
enum status recipient_values(struct db *, struct arena *, int64_t patient_id, struct content_values *,
                             enum lang *, struct err *) MUST_CHECK;

struct recipient {
    int64_t broadcast_id, patient_id, message_id;
    struct str name; /* empty: the record was erased */
    struct str state, reason;
    int64_t updated_at_us, queued_at_us, sent_at_us, delivered_at_us, read_at_us; /* 0: not yet */
};
typedef enum status recipient_fn(void *ctx, const struct recipient *, struct err *);

/* Rows of one broadcast in the order of their ids. */
struct recipient_filter {
    struct str state;  /* "" any */
    struct str reason; /* of that state; "" any */
    int64_t limit, offset;
};
enum status recipient_count(struct db *, int64_t broadcast_id, const struct recipient_filter *, int64_t *,
                            struct err *) MUST_CHECK;
enum status recipient_each(struct db *, int64_t broadcast_id, const struct recipient_filter *, recipient_fn *,
                           void *ctx, struct err *) MUST_CHECK;

/* The counts by state and reason, as they are kept. */
typedef enum status recipient_count_fn(void *ctx, struct str state, struct str reason, int64_t n,
                                       struct err *);
enum status recipient_counts(struct db *, int64_t broadcast_id, recipient_count_fn *, void *ctx,
                             struct err *) MUST_CHECK;
/* Over all reasons. */
enum status recipient_counts_by_state(struct db *, int64_t broadcast_id, int64_t n[RECIPIENT_STATE_COUNT],
                                      struct err *) MUST_CHECK;

/*
 * Inside the caller's transaction: what lies in the outbox and was never handed over is taken out of it and waits again. *count tells.
 * What the carrier may have stays where it is.
 */
enum status recipient_withdraw(struct db *, int64_t broadcast_id, int64_t now_us, int64_t *count,
                               struct err *) MUST_CHECK;
/* Inside the caller's transaction: at most max of those who wait are not written to any more. */
enum status recipient_cancel(struct db *, int64_t broadcast_id, int64_t now_us, int64_t max, int64_t *count,
                             struct err *) MUST_CHECK;

#endif
