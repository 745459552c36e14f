#ifndef NET_HTTP_CLIENT_H
#define NET_HTTP_CLIENT_H
/*
 * http_client -- the one way out: requests to services outside, over libcurl.
 *
 * Connections are kept and shared. TLS is always verified; redirects are not followed; proxies of the environment are not used.
 * Nothing of a request or an answer is ever logged here. A client may be used by any thread; http_send() waits on the calling one, which
 * must hold no database transaction.
 */
#include "base/arena.h"
#include "base/http_url.h"
#include "base/status.h"

struct http_client;

/* Lives in the arena but for what http_client_free() gives back, when no thread uses it any more. */
enum status http_client_new(struct arena *, struct http_client **, struct err *) MUST_CHECK;
void http_client_free(struct http_client *); /* NULL is fine */

enum http_verb { VERB_GET, VERB_POST, VERB_DELETE, VERB_PATCH };

struct http_header {
    struct str name, value;
};

/* Where a request may lead, judged by the address that is really connected to (address.h), whatever the name says. */
enum http_reach {
    REACH_ANY,               /* the address was set by the operator */
    REACH_PUBLIC,            /* a stranger may have named it: the internet only */
    REACH_PUBLIC_OR_LOOPBACK /* the same where the service itself stands on this machine */
};

enum { HTTP_HEADERS_MAX = 8, HTTP_ANSWER_BYTES_MAX = 8 << 20 };

struct http_send_request {
    enum http_verb verb;
    struct str url;
    struct http_header
        headers[HTTP_HEADERS_MAX]; /* Content-Type included; ends with an empty name or the array */
    struct str body;
    int64_t timeout_us;       /* of the whole, connecting included */
    size_t answer_bytes_max;  /* 0: HTTP_ANSWER_BYTES_MAX */
    struct str wanted_header; /* one header of the answer that the caller reads; empty: none */
    enum http_reach reach;
    /* Doing it twice does harm: when a kept connection ends without an answer it is uncertain, where else it is sent anew. */
    bool once;
};

struct http_answer {
    int code;               /* 200, 429 … */
    struct str body;        /* bytes as they came, in the arena */
    struct str header;      /* the value of wanted_header, or empty */
    int64_t retry_after_us; /* Retry-After as a duration from now; 0: not said */
};

/*
 * OK: an answer came, whatever its code. E_RETRY: nothing reached the service (no connection, no name). E_UNCERTAIN: the request left and
 * no whole answer came in time. E_LIMIT: the answer is larger than allowed, or no memory. E_DENIED: it leads to an address that is out of reach.
 */
enum status http_send(struct http_client *, struct arena *, const struct http_send_request *,
                      struct http_answer *, struct err *) MUST_CHECK;

#endif
