#ifndef HTTP_HEAD_H
#define HTTP_HEAD_H
/*
 * head -- the request line and the headers of one request, and what must hold before they are believed.
 *
 * libmicrohttpd is lenient where RFC 9112 is not; what two programs in a row could read in two ways (request smuggling) is refused here:
 * repeated or odd Content-Length, Content-Length with Transfer-Encoding, an encoding other than chunked, names with spaces.
 * All views are borrowed from the connection and hold until the request is answered.
 */
#include "base/status.h"
#include "http/limits.h"

struct header {
    struct str name, value;
};

struct head {
    struct str method;
    struct str target; /* as sent: path and query */
    bool http_1_0;
    struct header headers[HEADERS_MAX];
    size_t header_count;
    bool too_many;

    /* Filled by head_check(). */
    struct str path, query;
    bool has_body;
    int64_t body_bytes; /* -1: chunked, not known */
    bool expects_continue;
};

/* Adds a header; beyond HEADERS_MAX the head is marked and refused later. */
void head_add(struct head *, struct str name, struct str value);

/* The first header of that name, or an empty str. */
struct str head_get(const struct head *, struct str name);

/* Refuses what RFC 9110 and 9112 do not allow. *http is the status code of the refusal (400, 414, 431, 501). */
enum status head_check(struct head *, int *http, struct err *) MUST_CHECK;

/* The value of one cookie, or an empty str. */
struct str head_cookie(const struct head *, struct str name);

#endif
