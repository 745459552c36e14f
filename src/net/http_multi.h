#ifndef NET_HTTP_MULTI_H
#define NET_HTTP_MULTI_H
/*
 * http_multi -- many requests under way at once, on one thread: for what must leave fast however slowly each is answered.
 *
 * Connections are kept and used again; the rules are those of http_client.h. One thread owns it; only http_multi_wake() may be called by others.
 */
#include "net/http_client.h"

struct http_multi;

enum status http_multi_new(struct arena *, int under_way_max, struct http_multi **, struct err *) MUST_CHECK;
void http_multi_free(struct http_multi *); /* what is under way is given up; NULL is fine */

/* Starts a request. It and the arena, which the answer will live in, must stay until it is done. E_LIMIT: no room or no memory. */
enum status http_multi_add(struct http_multi *, struct arena *, const struct http_send_request *, void *tag,
                           struct err *) MUST_CHECK;

struct http_done {
    void *tag;
    enum status status; /* as of http_send() */
    struct http_answer answer;
    struct err err;
};

/* Works until something is done, somebody wakes it or the time is over; answers how many stand in `out`. timeout 0: only what is ready now. */
size_t http_multi_wait(struct http_multi *, int64_t timeout_us, struct http_done *out, size_t max);

/* Ends the wait that is under way, or the next one. From any thread. */
void http_multi_wake(struct http_multi *);

#endif
