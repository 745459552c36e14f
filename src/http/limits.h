#ifndef HTTP_LIMITS_H
#define HTTP_LIMITS_H
/*
 * limits -- everything that a client could make grow, and why it stops where it stops.
 *
 * A route adds its own body limit (route.body_max_bytes) and an upload its own (struct upload_sink).
 */
#include "base/clock.h"

enum {
    /* Longest path with query. The longest of ours (a list with every filter) is under 500 bytes. */
    URL_MAX_BYTES = 4096,
    /* Browsers and proxies send 10 to 30. */
    HEADERS_MAX = 64,
    /* What libmicrohttpd may use for one connection: request line, headers, then the read buffer of the body.
     * 1,000 open connections cost 16 MB. */
    CONNECTION_BYTES = 16 * 1024,
    /* Nesting of JSON: the deepest document of the API (a broadcast target) has 3 levels. */
    JSON_DEPTH_MAX = 16,
    /* Members of one JSON object: the largest body of the API has about 20. */
    JSON_MEMBERS_MAX = 256,
    /* What a handler may allocate for one request: a page of 100 large records is under 1 MB. */
    REQUEST_ARENA_BYTES = 32 * 1024 * 1024,
    /* The largest answer made in memory (the export of one patient); files are streamed. */
    REPLY_MAX_BYTES = 32 * 1024 * 1024,
    /* Headers that a handler may add to its answer. */
    REPLY_HEADERS_MAX = 12,
    /* A refused body up to this size is read and thrown away, so that the connection can be kept; a larger one ends it. */
    DRAIN_MAX_BYTES = 64 * 1024,
    /* A route without a body still takes "{}" and white space: many clients send it with every POST. */
    EMPTY_BODY_MAX_BYTES = 64,
    /* Answers below this are not worth the deflate. */
    GZIP_MIN_BYTES = 1024,
    /* A request id of the client that we repeat. */
    REQUEST_ID_MIN = 8,
    REQUEST_ID_MAX = 64,
    /* An Idempotency-Key: a UUID has 36 characters. */
    IDEMPOTENCY_KEY_MAX = 255,
    /* Requests that wait for a worker in this process: beyond it 503 is kinder than waiting. */
    WORKER_QUEUE_MAX = 2048,
    /* Open connections of this process. */
    CONNECTIONS_MAX = 10000,
    /* Closed connections whose last bytes are still read away, so that the answer is not lost to a TCP reset. */
    LINGER_MAX = 256,
    /* Finished requests whose memory a thread keeps for the next ones. */
    SPARE_EXCHANGES = 32,
    /* A spare request gives larger buffers back. */
    SPARE_BUFFER_BYTES = 128 * 1024,
    /* Headers of one part of a multipart body, and its boundary (RFC 2046: 70). */
    PART_HEAD_MAX_BYTES = 4096,
    BOUNDARY_MAX = 70,
    /* Slowest accepted transfer of a body or an answer, beside the absolute deadline: a 2G phone reaches 5 kB/s. */
    TRANSFER_MIN_BYTES_PER_S = 2048,
};

/* A kept connection without a new request. */
#define KEEP_ALIVE_US (60 * SECOND_US)
/* How long a stop waits for the first request of who has just connected. */
#define FRESH_GRACE_US SECOND_US
/* How long the bytes of a closed connection are read away. */
#define LINGER_US (5 * SECOND_US)
/* How often deadlines are looked at. */
#define WATCH_TICK_MS 100
/* How long the record of an Idempotency-Key is kept. */
#define IDEMPOTENCY_KEPT_US (24 * HOUR_US)

#endif
