#ifndef MESSAGING_INBOUND_STORE_H
#define MESSAGING_INBOUND_STORE_H
/*
 * inbound_store -- the transaction that answers a received message. Of this room only.
 */
#include "messaging/flow.h"
#include "messaging/inbound.h"

/* Who shows a code is believed until this long after the last message. */
#define IDENTIFIED_LIFE_US (30 * MINUTE_US)

/* Everything that is known when the job decides. */
struct inbound_case {
    struct messaging *room;
    struct job_context *ctx;
    const struct job *job;
    struct db *db;
    struct arena *arena;
    struct message_row m;
    struct patient people[PATIENTS_OF_PHONE_MAX]; /* behind the number, the owner first */
    size_t people_count, active_count;
    struct patient patient; /* whom it is about; id 0: nobody has this number */
    bool is_known_person;   /* the message is that patient's, and the answer for nobody else */
    struct conversation conversation;
    char code[WORD_CODE_BYTES];
    struct str danger_answer;
    struct flow_facts facts;
    int64_t now_us;
};

/* Finds the patient and the facts (inbound_look_store.c). Reads only. */
enum status inbound_look(struct inbound_case *, struct err *) MUST_CHECK;

/* The oldest message of the same number that is not processed, at most this one: what several people write is taken in turn. */
enum status inbound_first_waiting(struct inbound_case *, int64_t *id, struct err *) MUST_CHECK;

/*
 * One transaction: does the step and its record, puts `text` (empty: nothing is said) into the outbox,
 * marks the message processed and, with `finish`, ends the job. A message that another run has processed
 * meanwhile is left alone. E_CONFLICT: the conversation is not as it was when it was looked at: decide again.
 */
enum status inbound_settle(struct inbound_case *, enum flow_step, struct str text, bool finish,
                           struct err *) MUST_CHECK;

#endif
