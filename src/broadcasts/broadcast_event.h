#ifndef BROADCASTS_BROADCAST_EVENT_H
#define BROADCASTS_BROADCAST_EVENT_H
/*
 * broadcast_event -- "broadcast" on /api/events/: {"id": N}, when its state or that of a recipient has changed, at most once a second each. Its counts are
 * asked for.
 */
#include "broadcasts/broadcasts.h"

/* Told when the caller's transaction is committed. Any thread. */
enum status broadcast_event(const struct broadcasts *, struct db *, int64_t broadcast_id,
                            struct err *) MUST_CHECK;

#endif
