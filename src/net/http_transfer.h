#ifndef NET_HTTP_TRANSFER_H
#define NET_HTTP_TRANSFER_H
/*
 * http_transfer -- one request on one handle of libcurl, whether somebody waits for it (http_client.h) or many are under way (http_multi.h).
 * Private to net/.
 */
#include "net/http_client.h"

#include <curl/curl.h>

#include "base/buf.h"

struct http_transfer {
    const struct http_send_request *rq;
    struct arena *arena;
    CURL *handle;
    struct curl_slist *headers;
    struct buf body;
    struct str header;      /* in the arena */
    int64_t retry_after_us; /* 0: not said */
    size_t given;           /* bytes of the request's body */
    bool no_room;
    bool kept_out; /* an address was out of reach */
};

/* Tells the handle everything about the request, which must live until the end. On failure nothing is kept. */
enum status http_transfer_begin(struct http_transfer *, CURL *, struct arena *,
                                const struct http_send_request *, struct err *) MUST_CHECK;

/* What came of it, as http_send() answers; the handle may then be used again. */
enum status http_transfer_end(struct http_transfer *, CURLcode, struct http_answer *,
                              struct err *) MUST_CHECK;

/* Without an end: it was given up. */
void http_transfer_drop(struct http_transfer *);

#endif
