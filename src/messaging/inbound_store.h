#ifndef MESSAGING_INBOUND_STORE_H
#define MESSAGING_INBOUND_STORE_H
/*
 * inbound_store -- the transaction that answers a received message. Of this room only.
 */
#include "messaging/flow.h"
#include "messaging/inbound.h"

/* Everything that is known when the job decides. */
struct inbound_case {
    struct messaging *room;
    struct job_context *ctx;
    const struct job *job;
    struct db *db;
    struct arena *arena;
    struct message_row m;
    struct patient patient; /* id 0: nobody has this number */
    struct flow_facts facts;
    int64_t now_us;
};

/* Finds the patient and the facts. Reads only. */
enum status inbound_look(struct inbound_case *, struct err *) MUST_CHECK;

/*
 * One transaction: does the step and its record, puts `text` (empty: nothing is said) into the outbox,
 * marks the message processed and, with `finish`, ends the job. A message that another run has processed
 * meanwhile is left alone.
 */
enum status inbound_settle(struct inbound_case *, enum flow_step, struct str text, bool finish,
                           struct err *) MUST_CHECK;

#endif
