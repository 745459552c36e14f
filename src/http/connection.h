#ifndef HTTP_CONNECTION_H
#define HTTP_CONNECTION_H
/*
 * connection -- the open sockets of one HTTP thread, each with the moment at which it is cut. Inside http/ only.
 *
 * libmicrohttpd knows idle connections only, and a client that sends one byte a second is never idle. So each connection carries an
 * absolute deadline that its HTTP thread sets, and the acceptor's thread looks at all of them and shuts down the sockets that are late.
 * The list has a lock of its own (innermost); a connection leaves the list before its socket is closed, so that no
 * stranger's socket is ever shut down.
 */
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>

#include "base/status.h"

struct exchange;

struct connection {
    struct connection *next, *prev;
    int fd;
    _Atomic int64_t deadline_us; /* monotonic; 0: none */
    atomic_bool busy;            /* a request is under way */
    atomic_bool fresh;        /* it has not asked anything yet: a stop waits a moment for its first request */
    struct exchange *heading; /* its request line came, its headers are not complete; of the HTTP thread */
    bool linger;              /* bytes of a refused body may still arrive after the answer */
    bool trusted;             /* loopback or Unix socket: X-Forwarded-For counts */
    char address[INET6_ADDRSTRLEN];
};

struct connection_list {
    pthread_mutex_t lock;
    struct connection *head;
    atomic_int count;
};

void connection_list_init(struct connection_list *);
void connection_list_done(struct connection_list *);

/* NULL: out of memory. `address` may be NULL (Unix socket). */
struct connection *connection_new(struct connection_list *, int fd,
                                  const struct sockaddr *address) MUST_CHECK;
void connection_free(struct connection_list *, struct connection *);

/* Shuts down what is late. */
void connection_list_cut_late(struct connection_list *, int64_t now_us);

/*
 * Makes libmicrohttpd look again at connections whose client sends no more. It waits for edges of epoll and takes a short read for an
 * empty socket: an end that came together with the last bytes has no edge of its own, and it would wait until the deadline.
 */
void connection_list_wake_ended(struct connection_list *);

/* Tells kept connections without a request that no more will be answered. Those that have not asked yet may until fresh_until_us. */
void connection_list_end_idle(struct connection_list *, int64_t fresh_until_us);

#endif
