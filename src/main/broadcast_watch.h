#ifndef MAIN_BROADCAST_WATCH_H
#define MAIN_BROADCAST_WATCH_H
/*
 * broadcast_watch -- looks on while a broadcast is sent, and tells how far it is: a bar on a terminal, else a line at each tenth. On stderr.
 */
#include <signal.h>

#include "base/arena.h"
#include "broadcasts/recipient.h"

struct broadcast_watch {
    struct db *db;
    struct arena *arena;  /* reset after each look */
    const sigset_t *stop; /* blocked signals that end the looking; NULL: none are */
};

struct broadcast_end {
    enum broadcast_status status;
    bool stopped; /* by a signal: it is not over */
    int64_t n[RECIPIENT_STATE_COUNT];
};

/* Until nobody is under way any more, it is paused, or a signal comes. */
enum status broadcast_watch(const struct broadcast_watch *, int64_t broadcast_id, struct broadcast_end *,
                            struct err *) MUST_CHECK;

#endif
