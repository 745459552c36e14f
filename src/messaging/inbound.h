#ifndef MESSAGING_INBOUND_H
#define MESSAGING_INBOUND_H
/*
 * inbound -- what people write to the clinic: kept first, answered by a job.
 *
 * The message is stored under the carrier's unique name for it, with its job "inbound.process"
 * {"message_id": N}, in one transaction; delivering it again changes nothing. The job decides (flow.h),
 * answers through the outbox and marks the message processed in one transaction, so that running it twice
 * answers once.
 */
#include "messaging/messaging.h"

#define INBOUND_JOB_PROCESS "inbound.process"

struct inbound_message {
    struct str provider_sid; /* 1..MESSAGE_SID_MAX bytes */
    struct str phone;        /* E.164 */
    struct str body;         /* clean text, cut at MESSAGE_BODY_MAX_CHARS; may be empty */
};

/* One transaction. *id is the row, new or old; *is_new tells which. */
enum status inbound_accept(struct messaging *, struct db *, struct arena *, const struct inbound_message *,
                           int64_t now_us, int64_t *id, bool *is_new, struct err *) MUST_CHECK;

job_fn inbound_process_job, inbound_process_dead;

#endif
