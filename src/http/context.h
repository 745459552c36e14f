#ifndef HTTP_CONTEXT_H
#define HTTP_CONTEXT_H
/*
 * context -- what every thread of one server shares: constant after start but for the two counters. Inside http/ only.
 */
#include <pthread.h>
#include <stdatomic.h>

#include "http/router.h"
#include "http/server.h"

struct http_context {
    struct router *router;
    const struct static_site *site;        /* NULL: none */
    const struct http_authenticator *auth; /* NULL: nobody can sign in */
    const struct http_watch *watch;        /* NULL: nobody counts */
    const struct clock *clock;
    struct str public_url;
    bool https; /* of the public address */
    int64_t header_deadline_us, body_deadline_us;
    atomic_bool draining; /* stopping: answers close their connection */
    atomic_int active;    /* requests between their first line and their last byte */
    pthread_mutex_t lock; /* only for `idle`; innermost */
    pthread_cond_t idle;  /* monotonic; told when the last request ends while draining */
};

void http_context_init(struct http_context *);
void http_context_done(struct http_context *);
/* A request, or a connection that has not sent its first one: the count passes from the one to the other. */
void http_context_begin_request(struct http_context *);
void http_context_end_request(struct http_context *);

/* Returns when no request is under way, or time is up. Only while draining. */
void http_context_wait_idle(struct http_context *, int64_t at_most_us);

#endif
