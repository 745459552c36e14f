#ifndef MESSAGING_OUTBOX_WINDOW_H
#define MESSAGING_OUTBOX_WINDOW_H
/*
 * outbox_window -- a carrier that lets us write freely only for a day after the person's last message. Of this room only.
 *
 * Outside that window a message with a purpose leaves as the approved template of it; any other is held until the person writes. What
 * is held leaves one after the other, oldest first, and newer answers behind it (alerts wait for nobody). What nobody asked for in
 * OUTBOX_HELD_US fails with the code window_closed, and the doctor is told. For a held answer the template "waiting", if there is one, says once
 * a closed window that something waits.
 */
#include "messaging/outbox_store.h"

#define OUTBOX_HELD_US (7 * DAY_US)

/* Inside the round's transaction, before it is handed over. *leaves false: it is held, or ended here. With a template the item has its name and words. */
enum status outbox_window_pass(struct messaging *, struct db *, struct arena *, struct outbox_item *,
                               int64_t now_us, bool *leaves, struct err *) MUST_CHECK;

/* The window is open, or the message before is done: the oldest that is held for the number leaves now, if it may. Inside the caller's transaction. */
enum status outbox_window_next(struct messaging *, struct db *, struct arena *, struct str phone,
                               int64_t now_us, struct err *) MUST_CHECK;

/* A template of the purpose was approved: what is held for want of it is looked at again. Inside the caller's transaction. */
enum status outbox_window_retry(struct messaging *, struct db *, struct str purpose, int64_t now_us,
                                struct err *) MUST_CHECK;

#endif
