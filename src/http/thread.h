#ifndef HTTP_THREAD_H
#define HTTP_THREAD_H
/*
 * thread -- one HTTP thread: a libmicrohttpd daemon without a listening socket, its connections, its database connection and the
 * memory of its requests. Inside http/ only.
 *
 * All callbacks run on the daemon's own thread. Only the list of connections is looked at by others.
 */
#include "http/connection.h"
#include "http/worker.h"

struct http_thread;

/* Called with a socket that should still be read for a moment after its connection was closed; takes the descriptor. */
typedef void linger_fn(void *ctx, int fd);

struct http_thread_options {
    int number; /* from 0 */
    struct http_context *ctx;
    struct worker_pool *workers;
    struct db_pool *db; /* NULL: none (tests) */
    linger_fn *linger;
    void *linger_ctx;
};

enum status http_thread_start(const struct http_thread_options *, struct http_thread **,
                              struct err *) MUST_CHECK;

/* No connection may be suspended any more. NULL is fine. */
void http_thread_stop(struct http_thread *);

/* Hands a connected socket over; it is closed on failure. From the acceptor. */
bool http_thread_add(struct http_thread *, int take_fd, const struct sockaddr *, socklen_t);

struct connection_list *http_thread_connections(struct http_thread *);

/* Connections, and those handed over that did not begin yet. */
int http_thread_load(const struct http_thread *);

/* The worker_fn of the pool: runs the handler and wakes the connection. */
void http_thread_work(const struct http_context *, struct exchange *, struct db *, struct gzip *,
                      bool stopping);

#endif
