#ifndef MESSAGING_MESSAGE_EVENT_H
#define MESSAGING_MESSAGE_EVENT_H
/*
 * message_event -- "message" on /api/events/: {"id", "patient", "direction", "status"}; patient 0: an unknown number.
 */
#include "messaging/messaging.h"

/* A new message or a new status, told when the caller's transaction is committed. */
enum status message_event(const struct messaging *, struct db *, struct arena *, int64_t id,
                          int64_t patient_id, const char *direction, const char *status,
                          struct err *) MUST_CHECK;

/* Told now: what it is about is committed. */
void message_event_now(const struct messaging *, int64_t id, int64_t patient_id, const char *direction,
                       const char *status);

#endif
