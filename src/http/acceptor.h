#ifndef HTTP_ACCEPTOR_H
#define HTTP_ACCEPTOR_H
/*
 * acceptor -- the thread that accepts connections and gives each to the HTTP thread that has the fewest, cuts those that are late, and
 * reads away what a refused client still sends. Inside http/ only.
 */
#include "http/listen.h"
#include "http/thread.h"

struct acceptor;

/* Made first, so that HTTP threads can hand it lingering sockets. */
struct acceptor *acceptor_new(void) MUST_CHECK; /* NULL: no memory or descriptors */

/* Serves the listeners (borrowed) with the threads (borrowed, constant). */
enum status acceptor_start(struct acceptor *, const struct listeners *, struct http_thread *const *threads,
                           int thread_count, struct err *) MUST_CHECK;

/* No new connections from here on; deadlines and lingering go on. */
void acceptor_close_door(struct acceptor *);

/* Ends the thread. */
void acceptor_stop(struct acceptor *);
void acceptor_free(struct acceptor *); /* NULL is fine */

/* The linger_fn of the HTTP threads; ctx is the acceptor. */
void acceptor_linger(void *ctx, int take_fd);

#endif
