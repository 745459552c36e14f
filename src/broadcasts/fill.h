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

/*
 * One that repeats, whose time has come: in one transaction its run is written, as a broadcast that starts at once, and its next time set, or its end.
 * After an outage there is one run for all times that were missed. Whoever comes second, on whatever node, finds the time moved on and does
 * nothing.
 */
enum status series_run(struct db *, struct arena *, const struct broadcast_actor *, const struct broadcast *,
                       struct err *) MUST_CHECK;

/* Inside the caller's transaction: what it waits for, if that is news. */
enum status broadcast_note_wait(struct db *, const struct broadcast *, const char *waits_for,
                                int64_t until_us, struct err *) MUST_CHECK;

/*
 * The carrier refuses the clinic's account: after so many tries of one message (some minutes) its broadcast pauses with the error "account", and the
 * clinic is told. Who was not written to waits on the list until somebody resumes it.
 */
enum { BROADCAST_ACCOUNT_TRIES = 5 };
#define BROADCAST_ERROR_ACCOUNT "account"
/* Inside the caller's transaction; of one that is not sending nothing changes. */
enum status broadcast_pause_for_account(const struct broadcasts *, struct db *, int64_t broadcast_id,
                                        int64_t now_us, struct err *) MUST_CHECK;

enum { FREEZE_STEP = 5000, FILL_BATCH = 100, FILL_WINDOW_MIN = 200, FILL_WINDOW_MAX = 5000 };

/* Inside the caller's transaction: one step of the list. b's frozen fields are updated. */
enum status freeze_step(struct db *, struct arena *, const struct broadcasts *, struct broadcast *,
                        int64_t now_us, struct err *) MUST_CHECK;

/*
 * What decides how many may be moved now. Pure; every rule of pace belongs here.
 *
 * rate_per_hour is a number of slots an hour, evenly apart. A message is moved a little before its slot and may leave in it; what was held up after
 * that (quiet hours, the carrier) leaves no closer together (pace_leave). So that no hour whatever has more than its number, slots stand a
 * little further apart than an hour divided by it: whoever comes PACE_LATE_US late may catch up.
 */
#define PACE_LATE_US  (5 * SECOND_US)
#define WAITS_QUIET   "quiet_hours"
#define WAITS_PEOPLE  "people_per_day"
#define WAITS_CARRIER "carrier_limit"

struct pace {
    int64_t queued;        /* of this broadcast in the outbox */
    int64_t message_rate;  /* of the sender, a second */
    int64_t rate_per_hour; /* of the broadcast; 0: none */
    int64_t next_us;       /* the next slot; moved on by what is granted */
    int64_t quiet_end_us;  /* 0: no quiet hours now */
    int64_t pause_us; /* until when the carrier's refusals keep the sender from broadcasts; 0: they do not */
    int64_t people_room;    /* how many more people may be written to; -1: any number */
    int64_t people_free_us; /* without room: when there is some */
    int64_t now_us;
    /* What was granted: the first slot and how far they are apart, or 0: at once. */
    int64_t slot_us, step_us;
    const char *waits_for; /* NULL: for nothing but its turn */
    int64_t waits_until_us;
};
int64_t fill_window(int64_t message_rate);
/* How many may be moved, at most `wanted`; *look_again_us is when it is asked next if that is not all. */
int64_t pace_grant(struct pace *, int64_t wanted, int64_t *look_again_us);

int64_t pace_step_us(int64_t rate_per_hour);
/* Whether a message may leave now; *leave_us is moved on if so, and is when the next may otherwise. */
bool pace_leave(int64_t *leave_us, int64_t rate_per_hour, int64_t now_us);

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
