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

/* One transaction. The event is an EVENT_MESSAGE. *id is the row, new or old; *is_new tells which. 0: it was erased with its person and stays so. */
enum status inbound_accept(struct messaging *, struct db *, struct arena *, const struct channel_event *,
                           int64_t now_us, int64_t *id, bool *is_new, struct err *) MUST_CHECK;

job_fn inbound_process_job, inbound_process_dead;

#endif
