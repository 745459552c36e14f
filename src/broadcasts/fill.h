#ifndef BROADCASTS_FILL_H
#define BROADCASTS_FILL_H
/*
 * fill -- the job "broadcast.run" {"broadcast_id": N}: makes the list whole, then moves recipients into the outbox, a few at a time.
 *
 * The list is frozen so: the broadcast starts with the newest patient's id (frozen_to_id), and everybody up to it is judged by the target in
 * the order of ids, FREEZE_STEP patients a transaction, the first of them in the transaction that starts it. A clinic of some thousands has
 * its whole list in that one transaction. Why not one INSERT … SELECT for all: for a million people it takes seconds, during which no other
 * transaction could be committed, and a person who asks something would wait for them. What is bounded by the steps goes on where it
 * stopped after a crash, because the step and its cursor (frozen_id) are one transaction. Who registers later is not on the list; who
 * changes while it is made (seconds) is judged once, before or after the change; what counts for safety (consent, STOP, inactive) is judged
 * again when the message leaves.
 *
 * Moving: a transaction reads FILL_BATCH waiting rows, judges them once more, and adds a message to the outbox for each, whose key
 * "broadcast:ID:PATIENT" is unique: the ledger's row is moved in the same transaction (outbox_add tells the desk). At most
 * fill_window() of a broadcast lie in the outbox, so that pausing or cancelling takes back what has not left, and a crash leaves no more
 * than the outbox settles. The job may run twice, on many nodes: the broadcast's row is written first, which lets the second wait.
 */
#include "broadcasts/recipient.h"

#define BROADCAST_JOB_RUN "broadcast.run"
#define BROADCAST_JOB_START                                                                                  \
    "broadcast.start" /* {"broadcast_id": N}: a scheduled one whose time has come; finds nothing to do when run twice */

enum { FREEZE_STEP = 5000, FILL_BATCH = 100, FILL_WINDOW_MIN = 200, FILL_WINDOW_MAX = 5000 };

/* Inside the caller's transaction: one step of the list. b's frozen fields are updated. */
enum status freeze_step(struct db *, struct arena *, const struct broadcasts *, struct broadcast *,
                        int64_t now_us, struct err *) MUST_CHECK;

/* What decides how many may be moved now. Pure; every rule of pace belongs here. */
struct pace {
    int64_t queued;        /* of this broadcast in the outbox */
    int64_t message_rate;  /* of the sender, a second */
    int64_t rate_per_hour; /* of the broadcast; 0: none */
    int64_t next_us;       /* before which rate_per_hour lets nobody go; moved on by what is granted */
    int64_t now_us;
};
int64_t fill_window(int64_t message_rate);
/* How many may be moved, at most `wanted`; *look_again_us is when it is asked next if that is not all. */
int64_t pace_grant(struct pace *, int64_t wanted, int64_t *look_again_us);

/* Adds the job, to run at run_at_us; 0: now, and one that waits already is hastened. Inside the caller's transaction. */
enum status fill_add_job(const struct broadcasts *, struct db *, struct arena *, int64_t broadcast_id,
                         int64_t run_at_us, int64_t now_us, struct err *) MUST_CHECK;

/* One transaction: moves what may be moved; look_again_us as above. */
struct fill_result {
    int64_t moved; /* rows that wait no longer */
    int64_t look_again_us;
};
enum status fill_batch(struct db *, struct arena *, const struct broadcasts *, int64_t broadcast_id,
                       int64_t now_us, struct fill_result *, struct err *) MUST_CHECK;

/* Adds the job that starts a scheduled one, of that version. Inside the caller's transaction. */
enum status fill_add_start_job(const struct broadcasts *, struct db *, struct arena *,
                               const struct broadcast *, int64_t now_us, struct err *) MUST_CHECK;

/* A scheduled one whose time has come: starts, or fails with the reason, and the clinic is told. */
enum status broadcast_start_scheduled(struct db *, struct arena *, const struct broadcast_actor *,
                                      const struct broadcast *, struct err *) MUST_CHECK;

job_fn broadcast_run_job, broadcast_start_job;

#endif
