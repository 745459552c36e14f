#ifndef MESSAGING_OUTBOX_SETTLE_STORE_H
#define MESSAGING_OUTBOX_SETTLE_STORE_H
/*
 * outbox_settle_store -- the transactions behind "outbox.settle". Of this room only.
 */
#include "messaging/outbox_store.h"

struct outbox_others {
    struct db *db;
    int64_t id;
};
/* For channel.find: whether a sid belongs to another message than that one. ctx: struct outbox_others. */
bool outbox_is_others(void *ctx, struct str sid);

/* One transaction with the end of the job: the carrier has the message (*sent), or it has not (NULL) and it is due again. */
enum status outbox_settle(struct job_context *, const struct job *, const struct message_row *,
                          const struct sent *, struct err *) MUST_CHECK;

/* The carrier never said: the message stays uncertain for ever, and the doctor is told. */
enum status outbox_give_up(struct job_context *, const struct message_row *, struct err *) MUST_CHECK;

#endif
