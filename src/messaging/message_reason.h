#ifndef MESSAGING_MESSAGE_REASON_H
#define MESSAGING_MESSAGE_REASON_H
/*
 * message_reason -- why somebody did not get a message, for staff: a carrier's code, one of the outbox, or why a broadcast left a person out
 * (broadcasts/target.h). Pure.
 */
#include "base/status.h"

/* What it means, in words. "" for none; what is not known is said as it is. */
size_t message_reason(struct str reason, enum lang, char *out, size_t out_bytes);

/* Reasons that ask for the same have one kind: a short word of ours, "unknown" for a code that we do not know, "" for none. */
const char *message_reason_kind(struct str reason);

#endif
