#ifndef HTTP_EXCHANGE_H
#define HTTP_EXCHANGE_H
/*
 * exchange -- one request and its answer, from the request line to the last byte sent. Inside http/ only.
 *
 * An exchange is owned by one thread at a time: by its HTTP thread, or, while the connection is suspended, by the request worker that
 * runs the handler. Its memory is used again for later requests of the same HTTP thread.
 */
#include "http/head.h"
#include "http/negotiate.h"
#include "http/route.h"
#include "http/upload.h"

struct MHD_Connection;
struct connection;
struct upload_run;
struct http_thread;

struct reply_header {
    const char *name, *value; /* in the arena */
};

struct reply_stream {
    int64_t size_bytes; /* -1: not known */
    int64_t (*read)(void *, char *, size_t);
    void (*done)(void *);
    void *ctx;
};

enum body_source { BODY_BUF, BODY_FILE, BODY_STREAM };

struct exchange {
    struct exchange *next; /* in the list of spares, or in the queue of the workers */
    struct arena *arena;
    struct head head;
    struct request rq;
    struct reply re;
    struct err err;
    struct str public_url;

    /* the body as it arrives */
    struct buf body;
    struct upload upload;
    struct upload_run *upload_run; /* NULL: not an upload */
    int64_t received_bytes, body_limit;
    enum status status; /* of a refusal */
    bool refused;       /* the answer stands already: what still arrives is thrown away */
    bool unclear;       /* the head is malformed: where the next request starts is not known */
    bool answered;      /* the handler ran, or the refusal is written: only sending is left */
    bool checked;       /* the headers were looked at */
    bool is_head;

    /* the answer */
    const struct route_header *route_headers; /* NULL: none */
    struct reply_header headers[REPLY_HEADERS_MAX];
    size_t header_count;
    enum body_source source;
    int fd;
    uint64_t fd_bytes;
    struct reply_stream stream;
    struct buf gzip;       /* the body again, compressed; empty: it was not worth it */
    char etag[ETAG_BYTES]; /* empty: none */
    bool replayed;         /* the stored answer of an Idempotency-Key */

    /* where it runs */
    struct MHD_Connection *mhd;
    struct connection *connection;
    struct http_thread *thread;
    const char *target_at; /* where libmicrohttpd keeps the target; only to compare addresses */
    int64_t started_us;    /* monotonic */
    char request_id[REQUEST_ID_MAX + 1];
    char remote_addr[64];
};

struct exchange *exchange_new(void) MUST_CHECK; /* NULL: out of memory */
void exchange_reset(struct exchange *);         /* wiped, ready for another request */
void exchange_free(struct exchange *);

/* Is its memory small enough to be kept? */
bool exchange_is_spare(const struct exchange *);

#endif
