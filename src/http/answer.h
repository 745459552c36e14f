#ifndef HTTP_ANSWER_H
#define HTTP_ANSWER_H
/*
 * answer -- from the outcome of a request to status code, headers and body. Inside http/ only.
 */
#include "http/context.h"
#include "http/exchange.h"
#include "http/gzip.h"

enum { ANSWER_HEADERS_MAX = REPLY_HEADERS_MAX + 16 };

/* Writes the error body of a failure, makes ETag and 304, compresses. Runs on the thread that ran the handler. */
void answer_finish(const struct http_context *, struct exchange *, enum status, struct gzip *);

/* All headers of the answer but Content-Length and Date; returns their number. Values live in the exchange. */
size_t answer_headers(const struct http_context *, const struct exchange *,
                      struct reply_header out[ANSWER_HEADERS_MAX]);

/* The bytes of the answer when its source is BODY_BUF. */
struct str answer_body(const struct exchange *);

/* The whole answer as it goes over the wire, for answering while the request is still arriving. */
void answer_write(const struct http_context *, const struct exchange *, struct buf *out);

#endif
