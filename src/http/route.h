#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H
/*
 * route -- the API as a table: a row a path and method, with everything that must not be forgotten.
 *
 * A room publishes a constant array of routes; main/ binds it to the room's context in a `struct route_set`. A handler is
 * parse -> act -> answer: it reads the request, calls its room, writes the reply. It returns OK, or a failure that http/reply.c turns into
 * the HTTP code and body of the contract. Handlers never see libmicrohttpd.
 */
#include "base/clock.h"
#include "base/json_out.h"
#include "base/status.h"
#include "http/identity.h"

struct db;
struct upload; /* http/upload.h */

enum http_method { HTTP_GET = 1, HTTP_POST = 2, HTTP_PUT = 4, HTTP_PATCH = 8, HTTP_DELETE = 16 };

enum run_on {
    RUN_HTTP, /* on the HTTP thread: only local reads, well under a millisecond */
    RUN_WORKER /* on a request worker while the connection is suspended: writes, disks, anything that may wait */
};

enum { PATH_ARGS_MAX = 3 };

struct request {
    struct arena *arena; /* dies with the request */
    struct db *db;       /* of the thread that runs the handler */
    void *room;          /* route_set.room */
    const struct route *route;
    enum http_method method;
    struct str path, query;              /* query: raw, without '?'; read it with request_query() */
    struct str path_args[PATH_ARGS_MAX]; /* what stood for {…} in the pattern, in order, percent-decoded */
    struct str body;                     /* whole, at most route->body_max_bytes; empty for uploads */
    struct upload *upload;               /* routes with .upload only */
    struct identity who;
    struct str
        remote_addr; /* of the client, from X-Forwarded-For only behind a loopback or Unix socket peer */
    struct str request_id;
    enum lang lang;
    int64_t now_us;
    void *server_private;
};

struct reply {
    int http;         /* 0: 200, or what the status says */
    const char *type; /* NULL: application/json */
    struct buf body;  /* empty with http 204 */
    bool no_store;    /* Cache-Control: no-store; set by default, a handler may clear it */
    /*
     * Of a route that creates: whose data the answer holds, or which of the clinic's advice, so that it is not kept longer than the
     * patient or the advice; 0: nobody's, none.
     */
    int64_t patient_id, advice_id;
    void *server_private;
};

typedef enum status handler_fn(struct request *, struct reply *, struct err *);

struct query_param {
    const char *name, *description; /* name NULL ends a list */
};

struct route_header {
    const char *name, *value; /* name NULL ends a list */
};

struct route {
    enum http_method method;
    const char *
        path; /* "/api/patients/{id}/": a {word} is one segment, or part of one ("/webhook/confirm-{token}") */
    enum permission permission;
    enum run_on run_on;
    size_t body_max_bytes; /* 0: no body is accepted */
    handler_fn *handler;
    const char *summary;             /* for the OpenAPI document */
    const char *request_schema;      /* name in the room's schema file; NULL: no body */
    const char *response_schema;     /* NULL: nothing, or not JSON */
    int success;                     /* the HTTP code when all goes well */
    const struct query_param *query; /* documented parameters; NULL: none */
    const struct upload_sink
        *upload; /* multipart/form-data is streamed here instead of into body; NULL: none */
    bool
        creates; /* honours Idempotency-Key: the handler runs inside one transaction with the record of its reply */
    bool form;                /* the body is application/x-www-form-urlencoded instead of JSON */
    bool json_too;            /* of a form: JSON passes too, unread; the handler looks at the Content-Type */
    bool before_own_password; /* answers also who must still choose a password of their own */
    bool page; /* a browser (Accept: text/html) is answered by the handler with a page, failures too */
    int success_known;               /* the code when what would be made is there already; 0: cannot happen */
    const struct query_param *takes; /* documented request headers; NULL: none */
    const struct route_header *headers; /* of each answer, refusals and OPTIONS included; NULL: none */
};

struct route_set {
    const struct route *routes; /* ends with path NULL */
    void *room;
};

/* A header of the request, or an empty str. */
struct str request_header(const struct request *, const char *name);

/* The raw value of one cookie, or an empty str. */
struct str request_cookie(const struct request *, const char *name);

/* The decoded value of a query parameter, or an empty str when it is absent. */
struct str request_query(const struct request *, const char *name);

/* The decoded value of a field of a form body (route.form), or an empty str; http/urlencoded.h reads all of them. */
struct str request_form(const struct request *, const char *name);

/* A path argument as an id: E_NOT_FOUND when it is not a positive whole number. */
enum status request_id_arg(const struct request *, int index, int64_t *id, struct err *) MUST_CHECK;

/*
 * For an answer that costs more to make than to name: the same `version` (at most 40 plain characters) is the same
 * answer. Sets ETag; true when the client has it already, and the reply is a 304 that needs no body.
 */
bool reply_is_known(const struct request *, struct reply *, struct str version);

/* Adds a response header; both are copied. */
enum status reply_header(struct reply *, const char *name, struct str value, struct err *) MUST_CHECK;

/* Answers from an open file instead of body; the reply takes the descriptor and closes it. */
enum status reply_file(struct reply *, int take_fd, uint64_t size_bytes, struct err *) MUST_CHECK;

/* Answers from a producer, for bytes that are made while they are sent (decrypted originals). `read` answers the number of bytes,
 * 0 at the end, -1 on failure; `done` is always called once. size -1: not known. */
enum status reply_stream(struct reply *, int64_t size_bytes, int64_t (*read)(void *, char *, size_t),
                         void (*done)(void *), void *ctx, struct err *) MUST_CHECK;

/*
 * For a producer that has nothing yet: `read` calls reply_sleep() and answers STREAM_SLEEPS; from then on any thread may call reply_wake()
 * once, and `read` is asked again. Both take reply.server_private. What keeps a wake from coming before the sleep is the producer's lock.
 */
enum { STREAM_SLEEPS = -2 };
void reply_sleep(void *server_private);
void reply_wake(void *server_private);

#endif
