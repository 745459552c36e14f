#ifndef CHANNELS_MESSAGE_STATUS_H
#define CHANNELS_MESSAGE_STATUS_H
/*
 * message_status -- the ladder that a message climbs.
 *
 * Outgoing: queued -> sending -> (uncertain) -> accepted -> sent -> delivered -> read, or failed. The order of the enum is the ladder: a
 * status is only ever replaced by a higher one, so that reports of a carrier may come twice or in any order. `failed` stands below
 * delivered and read: a report that a person read it outweighs one that it failed. Received: received -> processed.
 */
#include "base/base.h"

enum message_status {
    MESSAGE_RECEIVED, /* kept, not yet answered */
    MESSAGE_PROCESSED,
    MESSAGE_QUEUED,
    MESSAGE_SENDING,   /* handed to the carrier at least once */
    MESSAGE_UNCERTAIN, /* it left and no answer came: the carrier is asked before anything else */
    MESSAGE_ACCEPTED,
    MESSAGE_SENT,
    MESSAGE_FAILED,
    MESSAGE_DELIVERED,
    MESSAGE_READ,
    MESSAGE_STATUS_COUNT
};

const char *message_status_name(enum message_status); /* "queued" … */
bool message_status_from_name(struct str, enum message_status *) MUST_CHECK;

#endif
