#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H
/*
 * server -- listens, reads requests, finds the route, runs the handler where it may run, answers, and stops gracefully.
 *
 * Owns the HTTP threads and the request workers. Everything about libmicrohttpd stays behind this header.
 */
#include "db/db.h"
#include "http/route.h"

struct static_site; /* http/static_site.h */

/* Who is calling? Filled by accounts/. Runs on the HTTP thread: local database only. */
struct http_authenticator {
    void *ctx;
    /* OK with user_id 0 when no credentials were sent; E_DENIED (answered as 401) when they are wrong or expired. */
    enum status (*authenticate)(void *ctx, struct request *, struct identity *, struct err *);
    /* Is X-CSRFToken the one of the session? Asked for callers by cookie when they change something; NULL: never. */
    bool (*csrf_ok)(void *ctx, const struct request *);
};

/* Told of each request that ended, on the HTTP thread that had it: cheap, never waiting. */
struct http_watch {
    void *ctx;
    /* thread: which of the HTTP threads, from 0. route: NULL when there was none. http: the code; 499 when the client left before.
     * us: to the last byte; -1 for an answer without an end of its own (events). */
    void (*ended)(void *ctx, int thread, const struct route *route, int http, int64_t us);
};

struct http_options {
    struct str listen; /* as MEDIRECORD_LISTEN; ignored when systemd passed a socket */
    struct str public_url;
    int http_threads, request_workers;
    int64_t header_deadline_us,
        body_deadline_us;         /* absolute, from the first byte and from the end of the headers; the second
                                                     grows with what has arrived: see limits.h */
    const struct route_set *sets; /* ends with routes NULL */
    const struct static_site *site; /* what browsers get where no route answers; NULL: nothing */
    const struct http_authenticator *auth;
    const struct http_watch *watch; /* NULL: nobody counts */
    const struct clock *clock;
    struct db_pool *db;
};

struct http_server;

enum status http_server_start(const struct http_options *, struct http_server **, struct err *) MUST_CHECK;

/* Where it listens, for people and tests: "http://127.0.0.1:8000" (port 0 asks the system for one). */
struct str http_server_address(const struct http_server *);

/*
 * For a server that starts again. http_listen_try(): could one listen there once the server has left `current`, where it listens? (Not to be
 * asked of that very address.)
 * http_server_keep_sockets(): duplicates of its listening sockets, which the caller closes; before http_server_stop(), which then leaves who
 * waits to connect to whom they are handed. Their name in LISTEN_FDNAMES is HTTP_SOCKETS_NAME, unless they are systemd's.
 */
enum { HTTP_SOCKETS_MAX = 8 };
#define HTTP_SOCKETS_NAME "medirecord-handed-on"
bool http_sockets_are_passed(void); /* by systemd: the setting of the address does not count */
enum status http_listen_try(struct str listen, struct str current, struct err *) MUST_CHECK;
enum status http_server_keep_sockets(struct http_server *, int fds[HTTP_SOCKETS_MAX], int *count,
                                     struct err *) MUST_CHECK;

/* Refuses new requests, finishes those under way (at most grace_us), frees. NULL is fine. */
void http_server_stop(struct http_server *, int64_t grace_us);

#endif
