#include "http/respond.h"

#include <microhttpd.h>
#include <sys/socket.h>

#include "http/answer.h"
#include "http/connection.h"
#include "http/limits.h"

enum { STREAM_BLOCK_BYTES = 32 * 1024 };

/* How long a client may take for the first bytes after a sleep. */
#define STREAM_BLOCK_US MINUTE_US

/* How long sending may take when the client takes its bytes at the slowest rate. */
static int64_t transfer_us(const struct http_context *ctx, int64_t bytes) {
    return ctx->body_deadline_us + bytes * (SECOND_US / TRANSFER_MIN_BYTES_PER_S);
}

static ssize_t stream_read(void *cls, uint64_t at, char *out, size_t max) {
    struct exchange *ex = cls;
    int64_t n = ex->stream.read(ex->stream.ctx, out, max);
    if (n == STREAM_SLEEPS) return 0;
    if (n < 0) {
        /* libmicrohttpd notes that the connection is over, and closes it with its next event: the client need not wait for that. */
        shutdown(ex->connection->fd, SHUT_RDWR);
        return MHD_CONTENT_READER_END_WITH_ERROR;
    }
    if (n == 0) return MHD_CONTENT_READER_END_OF_STREAM;
    if (ex->connection->deadline_us == 0)
        ex->connection->deadline_us = clock_monotonic_us() + STREAM_BLOCK_US;
    ex->connection->deadline_us += n * (SECOND_US / TRANSFER_MIN_BYTES_PER_S);
    (void)at;
    return (ssize_t)n;
}

void reply_sleep(void *server_private) {
    struct exchange *ex = server_private;
    ex->connection->deadline_us = 0; /* who has nothing to send is not late */
    MHD_suspend_connection(ex->mhd);
}

void reply_wake(void *server_private) {
    struct exchange *ex = server_private;
    MHD_resume_connection(ex->mhd);
}

/* *bytes is what can be said about the length beforehand. */
static struct MHD_Response *make_response(struct exchange *ex, int64_t *bytes) {
    struct MHD_Response *r = NULL;
    *bytes = 0;
    switch (ex->source) {
    case BODY_BUF: {
        struct str body = answer_body(ex);
        union {
            const char *in;
            void *out;
        } p = { body.p }; /* libmicrohttpd does not write to persistent memory */
        *bytes = (int64_t)body.n;
        return MHD_create_response_from_buffer(body.n, p.out, MHD_RESPMEM_PERSISTENT);
    }
    case BODY_FILE:
        *bytes = (int64_t)ex->fd_bytes;
        r = MHD_create_response_from_fd64(ex->fd_bytes, ex->fd);
        if (r) ex->fd = -1; /* closed with the response */
        return r;
    case BODY_STREAM:
        return MHD_create_response_from_callback(ex->stream.size_bytes < 0 ? MHD_SIZE_UNKNOWN
                                                                           : (uint64_t)ex->stream.size_bytes,
                                                 STREAM_BLOCK_BYTES, stream_read, ex, NULL);
    }
    return r;
}

bool respond_queue(const struct http_context *ctx, struct exchange *ex) {
    struct reply_header headers[ANSWER_HEADERS_MAX];
    int64_t bytes;
    struct MHD_Response *r = make_response(ex, &bytes);
    if (!r) return false;

    bool ok = true;
    size_t count = answer_headers(ctx, ex, headers);
    for (size_t i = 0; i < count && ok; i++)
        ok = MHD_add_response_header(r, headers[i].name, headers[i].value) == MHD_YES;
    if (ok && atomic_load_explicit(&ctx->draining, memory_order_relaxed))
        ok = MHD_add_response_header(r, MHD_HTTP_HEADER_CONNECTION, "close") == MHD_YES;
    ex->connection->deadline_us = clock_monotonic_us() + transfer_us(ctx, bytes);
    ok = ok && MHD_queue_response(ex->mhd, (unsigned)ex->re.http, r) == MHD_YES;
    MHD_destroy_response(r);
    return ok;
}

void respond_early(const struct http_context *ctx, struct exchange *ex) {
    struct buf wire;
    buf_init(&wire, 64 * 1024);
    answer_write(ctx, ex, &wire);
    /* Nothing was sent for this request, so the buffer of the socket has room for these few bytes. */
    if (buf_ok(&wire) && wire.n > 0)
        (void)!send(ex->connection->fd, wire.p, wire.n, MSG_DONTWAIT | MSG_NOSIGNAL);
    ex->connection->linger = true;
    buf_done(&wire);
}
