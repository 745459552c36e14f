#ifndef MESSAGING_OUTBOX_STORE_H
#define MESSAGING_OUTBOX_STORE_H
/*
 * outbox_store -- the transactions of the outbox: what is taken for sending, and what became of it. Of this room only.
 */
#include "messaging/outbox.h"

/* Far beyond any time-out of a carrier: two calls at once could send twice. */
#define OUTBOX_LEASE_US (5 * MINUTE_US)

/* What is due, as far as the decision to send it goes. Its texts live in the arena of who asked. */
struct outbox_item {
    int64_t id, patient_id, replaces_id, broadcast_id;
    enum message_kind kind;
    enum transport transport;
    struct str phone, body, template, template_variables;
    struct str template_name,
        template_language; /* it leaves as this one of the carrier's; empty: free text */
    int attempts;          /* before this hand-over */
    bool in_flight, is_held;
    int64_t attempted_at_us, created_at_us;
};

/* Reads at most max items of the lane that are due. Never in flight: what is, has an ended lease, and only needs to be asked for. */
enum status outbox_due(struct db *, struct arena *, enum message_lane, int64_t now_us,
                       struct outbox_item *out, size_t max, size_t *count, struct err *) MUST_CHECK;

/* The clock was set by so much: what waits is due that much sooner or later. Inside the caller's transaction. */
enum status outbox_shift(struct db *, int64_t by_us, struct err *) MUST_CHECK;

/* When something of the lanes is due next; INT64_MAX: nothing waits. */
enum status outbox_next_due(struct db *, enum message_lane from, enum message_lane to, int64_t *due_us,
                            struct err *) MUST_CHECK;

/* Inside the caller's transaction. *mine false: somebody else did. */
enum status outbox_hand_over(struct db *, const struct outbox_item *, int64_t now_us, bool *mine,
                             struct err *) MUST_CHECK;
enum status outbox_postpone(struct db *, const struct outbox_item *, int64_t due_us, struct err *) MUST_CHECK;

/* What became of attempt number `attempt`. */
struct outcome {
    int attempt;
    enum message_status status; /* ACCEPTED or higher, FAILED, UNCERTAIN, or SENDING: not taken, try again */
    struct str provider_sid, error_code; /* "" for none */
    int64_t due_us;                      /* when it is looked at again; 0: never */
    int64_t ask_us;       /* when the carrier is asked how far it has come, if it does not say; 0: never */
    bool tell;            /* the doctor should know: a notification */
    enum verdict verdict; /* what the carrier's code means for what follows */
};

/*
 * Inside the caller's transaction: the row, its history, and what follows: the next part is due after an acceptance; after a failure the
 * parts behind it fail too, unless something replaces it (outbox_follow.h). A later attempt that owns the message by now makes this a silent
 * success. Who calls it tells of it (message_event.h) when it is committed.
 */
enum status outbox_record(struct messaging *, struct db *, struct arena *, const struct outbox_item *,
                          const struct outcome *, int64_t now_us, struct err *) MUST_CHECK;

/* When a message that was taken now is asked for, if its carrier can be asked. Outcome.ask_us. */
int64_t outbox_first_ask_us(const struct messaging *, enum message_status, int64_t now_us);

/* True when the person does not want messages of this kind. */
enum status outbox_is_opted_out(struct db *, int64_t patient_id, enum message_kind, bool *out,
                                struct err *) MUST_CHECK;

/* True when an invitation waits for somebody who has accepted meanwhile. */
enum status outbox_is_needless(struct db *, struct arena *, const struct outbox_item *, bool *out,
                               struct err *) MUST_CHECK;

/* Adds the job that asks the carrier about a message whose hand-over has no outcome. Inside the caller's transaction. */
enum status outbox_add_settle(struct messaging *, struct db *, struct arena *, int64_t id, int64_t run_at_us,
                              int64_t now_us, struct err *) MUST_CHECK;

#endif
