#ifndef MESSAGING_OUTBOX_SENDER_H
#define MESSAGING_OUTBOX_SENDER_H
/*
 * outbox_sender -- hands messages to the carrier: many under way at once, as fast as the sender may.
 *
 * It works in rounds. One round learns what was answered; in one transaction records it and takes what is due next, higher lanes first, no more
 * than the rate of the sender allows (sender_rate.h); then it starts the calls. Broadcasts never take the last places, so that a reply
 * waits for none of them. A carrier that is down is left alone (net/breaker.h) and everything waits.
 *
 * One thread owns it (main/sending.h); only outbox_sender_wake(), …_paused_until_us() and …_account_is_refused() may be called by others.
 */
#include "messaging/outbox.h"

struct outbox_sender;

/* The db is the calling thread's and must outlive it. */
enum status outbox_sender_new(struct messaging *, struct db *, const struct clock *, struct arena *,
                              struct outbox_sender **, struct err *) MUST_CHECK;
/* What is under way is cut: its outcome is not known, and the carrier is asked when its lease ends. NULL is fine. */
void outbox_sender_free(struct outbox_sender *);

/*
 * One round: waits until something is answered or due, outbox_sender_wake() or wait_us_max is over. `takes` false: only learns what was answered.
 * On failure nothing is lost: what could not be recorded is recorded by the next round. *did (may be NULL): how many were handed over or recorded.
 */
enum status outbox_round(struct outbox_sender *, int64_t wait_us_max, bool takes, int *did,
                         struct err *) MUST_CHECK;

int outbox_under_way(const struct outbox_sender *); /* calls without a recorded outcome */

/* Something is due: called by outbox_add() after the commit. NULL is fine. */
void outbox_sender_wake(struct outbox_sender *);

/* Until when the carrier is left alone, monotonic; 0: it is not. NULL: 0. */
int64_t outbox_sender_paused_until_us(struct outbox_sender *);

/* True when the carrier refuses our account, and nothing is sent until somebody mends it. NULL: false. */
bool outbox_sender_account_is_refused(const struct outbox_sender *);

/* For commands and tests: rounds on the calling thread until nothing more can be done now. */
enum status outbox_run_due(struct messaging *, struct db *, struct arena *, const struct clock *, int *did,
                           struct err *) MUST_CHECK;

#endif
