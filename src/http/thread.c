#include "http/thread.h"

#include <fcntl.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/log.h"
#include "http/caller.h"
#include "http/dispatch.h"
#include "http/respond.h"

struct http_thread {
    struct http_thread_options options;
    struct MHD_Daemon *daemon;
    struct db *db;
    struct gzip *gzip;
    struct connection_list connections;
    atomic_int handed; /* sockets given to the daemon that are not in the list yet */
    struct exchange *spares;
    int spare_count;
    uint64_t id_seed, id_count;
    bool nul_hidden; /* this libmicrohttpd lets a NUL into the request line */
};

/* ---- memory of requests ---- */

static struct exchange *take_exchange(struct http_thread *t) {
    struct exchange *ex = t->spares;
    if (!ex) return exchange_new();
    t->spares = ex->next;
    t->spare_count--;
    ex->next = NULL;
    return ex;
}

static void give_back(struct http_thread *t, struct exchange *ex) {
    exchange_reset(ex);
    if (t->spare_count == SPARE_EXCHANGES || !exchange_is_spare(ex)) {
        exchange_free(ex);
        return;
    }
    ex->next = t->spares;
    t->spares = ex;
    t->spare_count++;
}

/* ---- who and which ---- */

static struct connection *connection_of(struct MHD_Connection *mhd) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

/* splitmix64: unique within the process and unrelated between processes; nothing secret hangs on it. */
static uint64_t next_id(struct http_thread *t) {
    uint64_t z = t->id_seed + ++t->id_count * UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

/* ---- one request ---- */

/* The request line is there. What this returns comes back to answer_access() and on_completed(). */
static void *on_request_line(void *cls, const char *target, struct MHD_Connection *mhd) {
    struct http_thread *t = cls;
    struct connection *c = connection_of(mhd);
    struct exchange *ex = c ? take_exchange(t) : NULL;
    if (!ex) return NULL;
    ex->mhd = mhd;
    ex->connection = c;
    ex->thread = t;
    ex->started_us = clock_monotonic_us();
    ex->target_at = target;
    c->heading = ex;
    atomic_store(&c->busy, true);
    if (!atomic_exchange(&c->fresh, false)) http_context_begin_request(t->options.ctx);
    /* The header deadline of a kept connection starts with its next request. */
    int64_t latest = ex->started_us + t->options.ctx->header_deadline_us;
    if (latest < c->deadline_us) c->deadline_us = latest;
    if (!arena_dup(ex->arena, str_from_c(target ? target : ""), &ex->head.target)) ex->head.too_many = true;
    return ex;
}

static enum MHD_Result take_header(void *cls, enum MHD_ValueKind kind, const char *key, size_t key_n,
                                   const char *value, size_t value_n) {
    struct exchange *ex = cls;
    (void)kind;
    head_add(&ex->head, (struct str) { key, key_n },
             (struct str) { value ? value : "", value ? value_n : 0 });
    return MHD_YES;
}

/* libmicrohttpd 0.9 ends target and version in place in one line, so the version stands right behind the target unless a NUL
 * in the target hid the rest of it. Later ones refuse a NUL themselves. */
static bool target_was_cut(const struct http_thread *t, const struct exchange *ex, const char *version) {
    return t->nul_hidden && ex->target_at && ex->target_at + ex->head.target.n + 1 != version;
}

static bool queue(struct http_thread *t, struct exchange *ex) {
    return respond_queue(t->options.ctx, ex);
}

static void check_head(struct http_thread *t, struct exchange *ex) {
    ex->checked = true;
    ex->connection->heading = NULL;
    MHD_get_connection_values_n(ex->mhd, MHD_HEADER_KIND, take_header, ex);
    caller_name_request(ex, next_id(t));
    caller_name_client(ex);
    dispatch_head(t->options.ctx, ex, t->db);
}

/* The headers are there. False: the connection must be closed. */
static bool on_headers(struct http_thread *t, struct exchange *ex, const char *method, const char *version) {
    const struct http_context *ctx = t->options.ctx;
    ex->head.method = str_from_c(method);
    ex->head.http_1_0 = strcmp(version, "HTTP/1.0") == 0;
    if (target_was_cut(t, ex, version)) ex->head.target = STR("\x7F"); /* head_check() refuses it */
    check_head(t, ex);
    if (!ex->head.has_body && !ex->unclear) {
        ex->connection->deadline_us = 0;
        return true;
    }
    ex->connection->deadline_us = clock_monotonic_us() + ctx->body_deadline_us;
    bool small = ex->head.body_bytes >= 0 && ex->head.body_bytes <= DRAIN_MAX_BYTES;
    bool chunked = ex->head.body_bytes < 0;
    if (!ex->refused || (!ex->unclear && !ex->head.expects_continue && (small || chunked))) return true;
    dispatch_run(ctx, ex, t->db, t->gzip);
    ex->connection->linger = true;
    return queue(t, ex);
}

/* A piece of the body is there. False: the answer went out already, the connection must be closed. */
static bool on_body(struct http_thread *t, struct exchange *ex, struct str bytes) {
    const struct http_context *ctx = t->options.ctx;
    dispatch_body(ex, bytes);
    ex->connection->deadline_us += (int64_t)bytes.n * (SECOND_US / TRANSFER_MIN_BYTES_PER_S);
    if (!ex->refused) return true;
    int64_t left = ex->head.body_bytes < 0 ? DRAIN_MAX_BYTES - ex->received_bytes + 1
                                           : ex->head.body_bytes - ex->received_bytes;
    bool worth_draining = ex->head.body_bytes < 0 ? left > 0 : left <= DRAIN_MAX_BYTES;
    if (worth_draining) return true;
    dispatch_run(ctx, ex, t->db, t->gzip);
    respond_early(ctx, ex);
    return false;
}

/* The whole request is there, or its handler is done. */
static bool on_request(struct http_thread *t, struct exchange *ex) {
    const struct http_context *ctx = t->options.ctx;
    if (ex->answered) return queue(t, ex);
    ex->connection->deadline_us = 0;
    dispatch_end(ex);
    if (ex->refused || ex->rq.route->run_on == RUN_HTTP) {
        dispatch_run(ctx, ex, t->db, t->gzip);
        return queue(t, ex);
    }
    if (!worker_pool_reserve(t->options.workers)) {
        dispatch_refuse(ex, fail(&ex->err, E_RETRY, NULL, "queue of the request workers is full"), 0);
        dispatch_run(ctx, ex, t->db, t->gzip);
        return queue(t, ex);
    }
    MHD_suspend_connection(ex->mhd);
    if (!worker_pool_push(t->options.workers, ex)) http_thread_work(ctx, ex, t->db, t->gzip, true);
    return true; /* ex is the worker's, or comes back with the connection */
}

void http_thread_work(const struct http_context *ctx, struct exchange *ex, struct db *db, struct gzip *gzip,
                      bool stopping) {
    struct MHD_Connection *mhd = ex->mhd;
    if (stopping) dispatch_refuse(ex, fail(&ex->err, E_RETRY, NULL, "server stops"), 0);
    dispatch_run(ctx, ex, db, gzip);
    MHD_resume_connection(mhd); /* from here on ex is the HTTP thread's */
}

static enum MHD_Result on_access(void *cls, struct MHD_Connection *mhd, const char *url, const char *method,
                                 const char *version, const char *data, size_t *data_n, void **con_cls) {
    struct http_thread *t = cls;
    struct exchange *ex = *con_cls;
    bool ok;
    (void)mhd;
    (void)url;
    if (!ex) return MHD_NO;
    if (!ex->checked) {
        ok = on_headers(t, ex, method, version);
    } else if (*data_n > 0) {
        struct str bytes = { data, *data_n };
        *data_n = 0;
        ok = on_body(t, ex, bytes);
    } else {
        ok = on_request(t, ex);
    }
    return ok ? MHD_YES : MHD_NO;
}

/* Has this request a Content-Length that is no number? */
static bool has_bad_length(const struct exchange *ex) {
    const char *text = MHD_lookup_connection_value(ex->mhd, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);
    int64_t n;
    struct str value = str_trim(str_from_c(text));
    return text && (value.n == 0 || value.p[0] < '0' || value.p[0] > '9' || !str_to_i64(value, &n));
}

/*
 * libmicrohttpd complains. About a Content-Length that is no number it answers itself, before we are asked, and version 0.9.75 does so
 * with a garbled page; so the refusal is written here, and its own no longer gets through.
 */
static void on_complaint(void *cls, const char *format, va_list args) {
    struct http_thread *t = cls;
    (void)args;
    if (!strstr(format, "Content-Length")) return;
    for (struct connection *c = t->connections.head; c; c = c->next) {
        struct exchange *ex = c->heading;
        if (!ex || !has_bad_length(ex)) continue;
        ex->head.method = STR("POST");
        check_head(t, ex);
        dispatch_run(t->options.ctx, ex, t->db, t->gzip);
        respond_early(t->options.ctx, ex);
        shutdown(c->fd, SHUT_WR);
        return;
    }
}

static void log_request(const struct exchange *ex, int64_t now_us) {
    static const char *const names[] = { [HTTP_GET] = "GET",
                                         [HTTP_POST] = "POST",
                                         [HTTP_PUT] = "PUT",
                                         [HTTP_PATCH] = "PATCH",
                                         [HTTP_DELETE] = "DELETE" };
    const char *method = ex->rq.method ? names[ex->rq.method] : "-";
    log_fields(LOG_INFO, "request", LOG_TEXT("method", ex->is_head ? "HEAD" : method),
               LOG_TEXT("route", ex->rq.route ? ex->rq.route->path : "-"),
               LOG_INT("status", ex->answered ? ex->re.http : 499), LOG_INT("us", now_us - ex->started_us),
               LOG_TEXT("request", ex->request_id[0] ? ex->request_id : "-"));
}

static void tell_watch(const struct http_thread *t, const struct exchange *ex, int64_t now_us) {
    const struct http_watch *watch = t->options.ctx->watch;
    bool endless = ex->source == BODY_STREAM && ex->stream.size_bytes < 0;
    if (!watch) return;
    watch->ended(watch->ctx, t->options.number, ex->rq.route, ex->answered ? ex->re.http : 499,
                 endless ? -1 : now_us - ex->started_us);
}

static void on_completed(void *cls, struct MHD_Connection *mhd, void **con_cls,
                         enum MHD_RequestTerminationCode why) {
    struct http_thread *t = cls;
    struct exchange *ex = *con_cls;
    (void)mhd;
    (void)why;
    *con_cls = NULL;
    if (!ex) return;
    int64_t now_us = clock_monotonic_us();
    log_request(ex, now_us);
    tell_watch(t, ex, now_us);
    ex->connection->deadline_us = now_us + KEEP_ALIVE_US;
    ex->connection->heading = NULL;
    atomic_store(&ex->connection->busy, false);
    /* Either this sees that the server stops, or the server sees that this connection is idle. */
    if (atomic_load(&t->options.ctx->draining)) shutdown(ex->connection->fd, SHUT_RD);
    give_back(t, ex);
    http_context_end_request(t->options.ctx);
}

/* ---- connections ---- */

static void begin_connection(struct http_thread *t, struct MHD_Connection *mhd, void **socket_context) {
    /* Later versions answer each question in the same place: the first answer is taken before the second is asked for. */
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
    int fd = info->connect_fd;
    info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    struct connection *c = connection_new(&t->connections, fd, info ? info->client_addr : NULL);
    bool draining = atomic_load(&t->options.ctx->draining);
    if (c) {
        atomic_store(&c->fresh, true);
        c->deadline_us =
            clock_monotonic_us() + (draining ? FRESH_GRACE_US : t->options.ctx->header_deadline_us);
    } else {
        http_context_end_request(t->options.ctx);
    }
    *socket_context = c;
    atomic_fetch_sub(&t->handed, 1);
}

/* The socket is still open here; what lingers needs a descriptor of its own. */
static void end_connection(struct http_thread *t, void **socket_context) {
    struct connection *c = *socket_context;
    if (!c) return;
    if (c->linger) {
        int fd = fcntl(c->fd, F_DUPFD_CLOEXEC, 0);
        if (fd >= 0) t->options.linger(t->options.linger_ctx, fd);
    }
    if (atomic_load(&c->fresh)) http_context_end_request(t->options.ctx);
    connection_free(&t->connections, c);
    *socket_context = NULL;
}

static void on_connection(void *cls, struct MHD_Connection *mhd, void **socket_context,
                          enum MHD_ConnectionNotificationCode what) {
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        begin_connection(cls, mhd, socket_context);
    } else {
        end_connection(cls, socket_context);
    }
}

bool http_thread_add(struct http_thread *t, int take_fd, const struct sockaddr *address, socklen_t n) {
    atomic_fetch_add(&t->handed, 1);
    http_context_begin_request(t->options.ctx);
    if (MHD_add_connection(t->daemon, take_fd, address, n) == MHD_YES) return true;
    atomic_fetch_sub(&t->handed, 1);
    http_context_end_request(t->options.ctx);
    return false;
}

int http_thread_load(const struct http_thread *t) {
    return atomic_load(&t->connections.count) + atomic_load(&t->handed);
}

struct connection_list *http_thread_connections(struct http_thread *t) {
    return &t->connections;
}

/* ---- life ---- */

/* Our own decoder reads the target; libmicrohttpd's would only change what we never look at. */
static size_t leave_escaped(void *cls, struct MHD_Connection *mhd, char *text) {
    (void)cls;
    (void)mhd;
    return strlen(text);
}

static struct MHD_Daemon *start_daemon(struct http_thread *t) {
    const unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ERROR_LOG | MHD_USE_NO_LISTEN_SOCKET |
                           MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO;
    return MHD_start_daemon(
        flags, 0, NULL, NULL, on_access, t, MHD_OPTION_EXTERNAL_LOGGER, on_complaint, t,
        MHD_OPTION_URI_LOG_CALLBACK, on_request_line, t, MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL,
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, t, MHD_OPTION_NOTIFY_CONNECTION, on_connection, t,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)CONNECTIONS_MAX + 1, MHD_OPTION_CONNECTION_TIMEOUT, 0U, MHD_OPTION_END);
}

enum status http_thread_start(const struct http_thread_options *options, struct http_thread **out,
                              struct err *e) {
    struct http_thread *t = calloc(1, sizeof *t);
    enum status s = OK;
    if (!t) return fail(e, E_INTERNAL, NULL, "no memory for an HTTP thread");
    t->options = *options;
    t->nul_hidden = str_starts(str_from_c(MHD_get_version()), STR("0."));
    crypto_random(&t->id_seed, sizeof t->id_seed);
    connection_list_init(&t->connections);
    if (options->db) s = db_open(options->db, &t->db, e);
    t->gzip = gzip_new();
    if (s == OK && t->gzip) t->daemon = start_daemon(t);
    if (s == OK && !t->daemon) s = fail_errno(e, E_INTERNAL, NULL, "cannot start an HTTP thread");
    if (s != OK) {
        http_thread_stop(t);
        return s;
    }
    *out = t;
    return OK;
}

void http_thread_stop(struct http_thread *t) {
    if (!t) return;
    if (t->daemon) MHD_stop_daemon(t->daemon);
    while (t->spares) {
        struct exchange *ex = t->spares;
        t->spares = ex->next;
        exchange_free(ex);
    }
    gzip_free(t->gzip);
    db_close(t->db);
    connection_list_done(&t->connections);
    free(t);
}
