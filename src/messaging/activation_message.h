#ifndef MESSAGING_ACTIVATION_MESSAGE_H
#define MESSAGING_ACTIVATION_MESSAGE_H
/*
 * activation_message -- the message that asks for consent, and its job. Of this room only.
 */
#include "messaging/messaging.h"

/*
 * One transaction, in which the job ends. Nothing happens for an active or erased patient, nor when the key
 * was used.
 */
enum status activation_message_send(struct job_context *, const struct job *, int64_t patient_id,
                                    struct str key, struct err *) MUST_CHECK;

job_fn activation_send_job;

#endif
