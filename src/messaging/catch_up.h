#ifndef MESSAGING_CATCH_UP_H
#define MESSAGING_CATCH_UP_H
/*
 * catch_up -- fills the gap of an outage: what people wrote while our webhook was away is read from the carrier's own list.
 *
 * Twilio does not deliver again what we did not take. The job "inbound.catch_up" runs when the server starts and every five minutes; it reads back to
 * a little before it last read all of it, at most three days, and accepts what is new as if it had just come. Twice does no harm:
 * a message is known by the carrier's name for it. A carrier that cannot be asked is asked again, at most an hour later, for ever. Carriers without a list need none, they deliver again.
 */
#include "messaging/messaging.h"

#define INBOUND_JOB_CATCH_UP "inbound.catch_up"

/* At start: now, whenever the next turn is. Inside the caller's transaction; nothing to do for a carrier without a list. */
enum status catch_up_start(struct messaging *, struct db *, int64_t now_us, struct err *) MUST_CHECK;

job_fn catch_up_job;

#endif
