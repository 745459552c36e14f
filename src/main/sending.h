#ifndef MAIN_SENDING_H
#define MAIN_SENDING_H
/*
 * sending -- the thread that runs the rounds of the sender (messaging/outbox_sender.h) while the program serves.
 */
#include "messaging/outbox_sender.h"

struct sending;

/* Takes a db of its own from the pool; room->sender is set until sending_stop(). Start it before the threads that add messages. */
enum status sending_start(struct messaging *, struct db_pool *, const struct clock *, struct sending **,
                          struct err *) MUST_CHECK;

/* Takes no more messages and waits for answers that are under way, at most grace_us; what is cut is asked for at the next start. Frees: nobody may
 * add messages any more. NULL is fine. */
void sending_stop(struct sending *, int64_t grace_us);

#endif
