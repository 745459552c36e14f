#ifndef MAIN_RESTART_H
#define MAIN_RESTART_H
/*
 * restart -- the server starts again with the settings that are saved by now: the same process executes its program anew, so that who
 * watches it (systemd, a terminal) keeps it.
 *
 * Asked for by an administrator (restart_ask, from a request) or by SIGHUP. What would not start is found out while everything still runs:
 * restart_check() reads all settings as a start does, opens what they name, and tries their address. The listening sockets are handed on
 * where the address stays: who connects meanwhile waits in their queue and is served by the program that follows.
 */
#include "main/rooms.h"

#include <stdatomic.h>

struct restart {
    const struct app *app; /* what runs */
    atomic_bool asked;     /* by a request that has checked already */
    char program[4096];    /* of this process, as it was found at the start */
    char **arguments;      /* of main(), up to NULL */
};

/* At the start, while the program's file is surely there. arguments live as long as the process. */
enum status restart_init(struct restart *, const struct app *, char **arguments, struct err *) MUST_CHECK;

/* OK: a start would succeed now. E_INVALID or E_CONFLICT, with words for who asked, when not. Any thread; db is the caller's. */
enum status restart_check(const struct restart *, struct db *, struct err *) MUST_CHECK;

/* Tells the main thread; what is under way, this request too, is finished first. */
void restart_ask(struct restart *);
/* Main thread, after SIGHUP: whether it came from restart_ask(). */
bool restart_was_asked(struct restart *);

/* Whether the listening address will be the same, so that its sockets can be handed on. */
bool restart_stays_at(const struct restart *, struct str listen);

/* Replaces this process; fds listen and are handed on. Returns only when neither the program nor its old file can be executed. */
void restart_now(const struct restart *, const int *fds, int fd_count);

#endif
