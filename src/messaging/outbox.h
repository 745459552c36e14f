#ifndef MESSAGING_OUTBOX_H
#define MESSAGING_OUTBOX_H
/*
 * outbox -- every text that leaves: one row a message, sent exactly once, whatever is killed when.
 *
 * The rows are the queue: a message that has something to be done has a time when it is due, and a lane (alerts, replies, notices, broadcasts).
 * outbox_add() puts it into the caller's transaction. The sender (outbox_sender.h) commits "handed over" with a lease before the carrier is
 * called, and the outcome after it. A message that is handed over and has no outcome (the program was killed, or no answer came) is never
 * sent again before the carrier was asked whether it has it: job "outbox.settle" {"message_id": N}, which may run twice because it only
 * asks and records. A long text becomes several rows, split at sentences; each leaves when the one before it was accepted, so that
 * they arrive in order.
 */
#include "messaging/messaging.h"

#define OUTBOX_JOB_SETTLE "outbox.settle"

struct outbox_message {
    enum message_kind kind;
    int64_t patient_id; /* 0: an unknown number */
    struct str phone;   /* E.164 */
    struct str body;    /* any length up to OUTBOX_BODY_MAX_BYTES; not empty */
    int64_t answers_id; /* the received message; 0: none */
    struct str key;     /* why it is sent, unique: adding it again adds nothing; empty: no such reason */
    /* What an approved template may carry when free text may not leave (template.h); the body must fit one part then. Empty: free text only. */
    struct str purpose;   /* "activation" */
    struct str variables; /* a JSON object of texts: {"name": "Awa"}; empty: none */
    enum transport transport;
    int64_t replaces_id;  /* the failed message that this one was made for; 0: none */
    int64_t due_us;       /* not before; 0: now */
    int64_t broadcast_id; /* bulk.h; 0: none */
    int64_t author_id;    /* the account of the person who wrote it; 0: the program */
};

enum { OUTBOX_BODY_MAX_BYTES = 64 * 1024, OUTBOX_KEY_MAX_BYTES = 120 };

/*
 * Inside the caller's transaction. *added (may be NULL) is false when the key was there already. To a
 * person who said STOP, messages that they did not ask for are recorded as failed with the code opted_out
 * and never sent.
 */
enum status outbox_add(struct messaging *, struct db *, const struct outbox_message *, int64_t now_us,
                       bool *added, struct err *) MUST_CHECK;

/* For the start of a process that knows it is alone on its database: what a killed one had under way is looked at now, not when its lease
 * ends. Inside the caller's transaction. */
enum status outbox_release(struct db *, int64_t now_us, struct err *) MUST_CHECK;

/*
 * Messages that were taken and not reported on for OUTBOX_REPORT_US are asked for, at growing intervals until they are a day old: job
 * "outbox.sweep", which adds its next run with its end. It may run twice, because it only asks and records.
 */
#define OUTBOX_JOB_SWEEP "outbox.sweep"
#define OUTBOX_REPORT_US (10 * MINUTE_US)
enum { OUTBOX_SWEEP_MAX = 50 }; /* a run */

/* Adds the next run unless one waits already; nothing for a carrier that cannot be asked. Inside the caller's transaction. */
enum status outbox_add_sweep(struct messaging *, struct db *, int64_t run_at_us, int64_t now_us,
                             struct err *) MUST_CHECK;

/* What waits in each lane: how many, and when the oldest was written. */
struct outbox_waiting {
    int64_t count, oldest_us; /* oldest_us 0: none */
};
enum status outbox_waiting(struct db *, struct outbox_waiting out[LANE_COUNT], struct err *) MUST_CHECK;

job_fn outbox_sweep_job;

/* Asks the carrier about one message; given up, the message stays uncertain and the doctor is told. */
job_fn outbox_settle_job, outbox_settle_dead;

#endif
