#ifndef HTTP_WORKER_H
#define HTTP_WORKER_H
/*
 * worker -- the request workers: threads for handlers that may wait, fed by a bounded queue. Inside http/ only.
 *
 * A place in the queue is reserved before the connection is suspended, so that a full queue is an answer (503) and never a stuck connection.
 * Each worker has a database connection and a compressor of its own.
 */
#include "http/answer.h"

struct worker_pool;

/* Called on a worker; after it the exchange belongs to somebody else. `stopping`: do not start the handler any more. */
typedef void worker_fn(const struct http_context *, struct exchange *, struct db *, struct gzip *,
                       bool stopping);

enum status worker_pool_start(const struct http_context *, struct db_pool *, int threads, worker_fn *,
                              struct worker_pool **, struct err *) MUST_CHECK;

/* True: exactly one worker_pool_push() must follow. False: too many wait already. */
bool worker_pool_reserve(struct worker_pool *) MUST_CHECK;
/* False: the pool stops and did not take it. */
bool worker_pool_push(struct worker_pool *, struct exchange *) MUST_CHECK;

/* What has not begun is handed to the worker_fn as stopping; waits for the handlers that run. NULL is fine. */
void worker_pool_stop(struct worker_pool *);
void worker_pool_free(struct worker_pool *); /* after worker_pool_stop(); NULL is fine */

#endif
