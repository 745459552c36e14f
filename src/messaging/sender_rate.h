#ifndef MESSAGING_SENDER_RATE_H
#define MESSAGING_SENDER_RATE_H
/*
 * sender_rate -- how many messages a sender may send now, counted over all nodes in one row of the database.
 *
 * The generic cell rate algorithm (ITU-T I.371): the row holds when the next message may leave; each one that does moves it on by 1/rate. What
 * was not used is kept for SENDER_RATE_BURST_US at most, so that rounds of the sender that come a little late lose nothing.
 */
#include "base/clock.h"
#include "base/status.h"

struct db;

enum { SENDER_RATE_BURST_US = 50 * 1000 };

/* A row that stands further ahead can only come from a clock that was set back: it is believed no more. */
#define SENDER_RATE_AHEAD_MAX_US (10 * SECOND_US)

/* Pure: how many of `wanted` may leave at now_us, and where the row stands then. per_second > 0. */
int64_t sender_rate_grant(int64_t *next_us, int64_t per_second, int64_t now_us, int64_t wanted);

/* Locks the row of the sender until the caller's transaction ends and reads it. */
enum status sender_rate_lock(struct db *, struct str sender, int64_t now_us, int64_t *next_us,
                             struct err *) MUST_CHECK;
enum status sender_rate_set(struct db *, struct str sender, int64_t next_us, struct err *) MUST_CHECK;

#endif
