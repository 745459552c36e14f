#include "http/server.h"

#include <jansson.h>
#include <stdlib.h>

#include "http/acceptor.h"
#include "http/openapi.h"

enum { THREADS_MAX = 64, SETS_MAX = 32 };

struct http_server {
    struct http_context ctx;
    struct http_authenticator auth;
    struct clock clock;
    struct arena *arena;                 /* strings of the options */
    struct openapi openapi;              /* the document, and how the server serves it */
    struct route_set sets[SETS_MAX + 2]; /* those of the options, and the document's own */
    struct listeners listeners;
    struct worker_pool *workers;
    struct acceptor *acceptor;
    struct http_thread *threads[THREADS_MAX];
    int thread_count;
};

/* The number of threads that will run, and never none. */
static int bounded(int n) {
    if (n < 1) return 1;
    return n > THREADS_MAX ? THREADS_MAX : n;
}

static enum status add_routes(struct http_server *server, const struct route_set *sets, struct err *e) {
    size_t n = 0;
    for (; sets[n].routes; n++) {
        if (n == SETS_MAX) return fail(e, E_INTERNAL, NULL, "more than %d rooms with routes", SETS_MAX);
        server->sets[n] = sets[n];
    }
    server->sets[n] = (struct route_set) { openapi_routes, &server->openapi };
    enum status s = openapi_init(&server->openapi, server->sets, server->ctx.public_url, e);
    return s == OK ? router_new(server->sets, &server->ctx.router, e) : s;
}

static enum status fill_context(struct http_server *server, const struct http_options *o, struct err *e) {
    struct http_context *ctx = &server->ctx;
    server->clock = *o->clock;
    ctx->clock = &server->clock;
    ctx->site = o->site;
    ctx->watch = o->watch;
    if (o->auth) {
        server->auth = *o->auth;
        ctx->auth = &server->auth;
    }
    ctx->header_deadline_us = o->header_deadline_us;
    ctx->body_deadline_us = o->body_deadline_us;
    ctx->https = str_starts(o->public_url, STR("https://"));
    if (!arena_dup(server->arena, o->public_url, &ctx->public_url))
        return fail(e, E_INTERNAL, NULL, "no memory for the server");
    return add_routes(server, o->sets, e);
}

static enum status start_threads(struct http_server *server, const struct http_options *o, struct err *e) {
    struct http_thread_options options = { .ctx = &server->ctx,
                                           .workers = server->workers,
                                           .db = o->db,
                                           .linger = acceptor_linger,
                                           .linger_ctx = server->acceptor };
    enum status s = OK;
    for (int i = 0; i < bounded(o->http_threads) && s == OK; i++) {
        options.number = i;
        s = http_thread_start(&options, &server->threads[i], e);
        if (s == OK) server->thread_count++;
    }
    return s;
}

enum status http_server_start(const struct http_options *o, struct http_server **out, struct err *e) {
    struct http_server *server = calloc(1, sizeof *server);
    enum status s = OK;
    if (!server) return fail(e, E_INTERNAL, NULL, "no memory for the server");
    http_context_init(&server->ctx);
    json_object_seed(0);
    server->arena = arena_new(64 * 1024);
    server->acceptor = acceptor_new();
    if (!server->arena || !server->acceptor) s = fail_errno(e, E_INTERNAL, NULL, "no memory for the server");
    if (s == OK) s = fill_context(server, o, e);
    if (s == OK) s = listen_open(o->listen, &server->listeners, e);
    if (s == OK)
        s = worker_pool_start(&server->ctx, o->db, bounded(o->request_workers), http_thread_work,
                              &server->workers, e);
    if (s == OK) s = start_threads(server, o, e);
    if (s == OK)
        s = acceptor_start(server->acceptor, &server->listeners, server->threads, server->thread_count, e);
    if (s != OK) {
        http_server_stop(server, 0);
        return s;
    }
    *out = server;
    return OK;
}

struct str http_server_address(const struct http_server *server) {
    return str_from_c(server->listeners.address);
}

enum status http_server_keep_sockets(struct http_server *server, int fds[HTTP_SOCKETS_MAX], int *count,
                                     struct err *e) {
    enum status s = listen_keep(&server->listeners, fds, e);
    if (s == OK) *count = server->listeners.count;
    return s;
}

void http_server_stop(struct http_server *server, int64_t grace_us) {
    if (!server) return;
    atomic_store(&server->ctx.draining, true);
    if (server->acceptor) acceptor_close_door(server->acceptor);
    for (int i = 0; i < server->thread_count; i++)
        connection_list_end_idle(http_thread_connections(server->threads[i]),
                                 clock_monotonic_us() + FRESH_GRACE_US);
    http_context_wait_idle(&server->ctx, grace_us);
    worker_pool_stop(server->workers);
    http_context_wait_idle(&server->ctx, grace_us > 0 ? SECOND_US : 0); /* the last answers leave */
    acceptor_stop(server->acceptor);
    for (int i = 0; i < server->thread_count; i++) http_thread_stop(server->threads[i]);
    worker_pool_free(server->workers);
    listen_close(&server->listeners);
    acceptor_free(server->acceptor);
    router_free(server->ctx.router);
    openapi_done(&server->openapi);
    http_context_done(&server->ctx);
    arena_free(server->arena);
    free(server);
}
