#include "http/answer.h"

#include <stdio.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/log.h"
#include "http/negotiate.h"
#include "http/reply.h"

static bool is_compressible(const char *type) {
    struct str t = str_from_c(type);
    return str_starts(t, STR("application/json")) || str_starts(t, STR("text/")) ||
           str_starts(t, STR("image/svg+xml")) || str_starts(t, STR("application/fhir+json"));
}

static const char *type_of(const struct exchange *ex) {
    return ex->re.type ? ex->re.type : "application/json";
}

/* What went wrong on our side is logged once, here. */
static void log_outcome(struct exchange *ex, enum status s) {
    if (s != E_INTERNAL && s != E_RETRY && s != E_UNCERTAIN) return;
    const struct log_field fields[] = {
        LOG_TEXT("request", ex->request_id),
        LOG_TEXT("route", ex->rq.route ? ex->rq.route->path : "-"),
    };
    log_failure(s == E_RETRY ? LOG_WARN : LOG_ERROR, "request_failed", s, &ex->err, fields, COUNT_OF(fields));
}

static void write_failure(struct exchange *ex, enum status s) {
    bool known = ex->rq.who.user_id != 0;
    if (ex->fd >= 0) close(ex->fd);
    if (ex->stream.done) ex->stream.done(ex->stream.ctx);
    ex->fd = -1;
    ex->stream = (struct reply_stream) { 0 };
    ex->source = BODY_BUF;
    buf_clear(&ex->re.body);
    ex->re.type = NULL;
    ex->re.no_store = true;
    ex->etag[0] = 0;
    if (!ex->re.http) ex->re.http = reply_http_of(s, &ex->err, known);
    if (s == E_RETRY && !ex->err.retry_after_s) ex->err.retry_after_s = 2;
    reply_write_error(&ex->re.body, s, &ex->err, known, ex->rq.lang);
}

bool reply_is_known(const struct request *rq, struct reply *re, struct str version) {
    struct exchange *ex = re->server_private;

    snprintf(ex->etag, sizeof ex->etag, "W/\"%.*s\"", STR_ARG(version));
    re->no_store = false;
    if (!negotiate_etag_matches(request_header(rq, "if-none-match"), str_from_c(ex->etag))) return false;
    re->http = 304;
    return true;
}

static void make_etag(struct exchange *ex) {
    negotiate_etag_of(buf_str(&ex->re.body), ex->etag);
    if (negotiate_etag_matches(head_get(&ex->head, STR("if-none-match")), str_from_c(ex->etag))) {
        ex->re.http = 304;
        buf_clear(&ex->re.body);
    }
}

static bool has_header(const struct exchange *ex, const char *name) {
    for (size_t i = 0; i < ex->header_count; i++) {
        if (str_eq_nocase(str_from_c(ex->headers[i].name), str_from_c(name))) return true;
    }
    return false;
}

void answer_finish(const struct http_context *ctx, struct exchange *ex, enum status s, struct gzip *gzip) {
    (void)ctx;
    if (s == OK && ex->source == BODY_BUF && !buf_ok(&ex->re.body))
        s = fail(&ex->err, E_INTERNAL, NULL, "answer larger than %d bytes", REPLY_MAX_BYTES);
    log_outcome(ex, s);
    if (s != OK) {
        write_failure(ex, s);
    } else if (!ex->re.http) {
        ex->re.http = ex->rq.route && ex->rq.route->success ? ex->rq.route->success : 200;
    }
    if (!ex->etag[0] && ex->source == BODY_BUF && ex->rq.method == HTTP_GET && ex->re.http == 200)
        make_etag(ex);
    if (ex->source == BODY_BUF && ex->re.body.n >= GZIP_MIN_BYTES && gzip && is_compressible(type_of(ex)) &&
        !has_header(ex, "Content-Encoding") && negotiate_gzip(head_get(&ex->head, STR("accept-encoding"))))
        gzip_write(gzip, buf_str(&ex->re.body), &ex->gzip);
    ex->answered = true;
}

struct str answer_body(const struct exchange *ex) {
    return buf_str(ex->gzip.n ? &ex->gzip : &ex->re.body);
}

struct header_list {
    struct reply_header *items;
    size_t count;
};

static void add(struct header_list *list, const char *name, const char *value) {
    if (list->count < ANSWER_HEADERS_MAX) list->items[list->count++] = (struct reply_header) { name, value };
}

/* What protects the one who reads the answer. A page that needs more than nothing says so itself. */
static void add_protection(const struct http_context *ctx, const struct exchange *ex,
                           struct header_list *list) {
    add(list, "X-Content-Type-Options", "nosniff");
    add(list, "X-Frame-Options", "DENY");
    add(list, "Referrer-Policy", "no-referrer");
    if (!has_header(ex, "Content-Security-Policy"))
        add(list, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    if (ctx->https) add(list, "Strict-Transport-Security", "max-age=31536000");
}

/* Seconds as text, without an allocation: the values that we use. */
static const char *retry_after(int seconds) {
    static const struct {
        int up_to;
        const char *text;
    } steps[] = { { 1, "1" },     { 2, "2" },     { 5, "5" },     { 10, "10" },
                  { 20, "20" },   { 30, "30" },   { 60, "60" },   { 120, "120" },
                  { 300, "300" }, { 600, "600" }, { 900, "900" }, { 1800, "1800" } };
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        if (seconds <= steps[i].up_to) return steps[i].text;
    }
    return "3600";
}

size_t answer_headers(const struct http_context *ctx, const struct exchange *ex,
                      struct reply_header out[ANSWER_HEADERS_MAX]) {
    struct header_list list = { out, 0 };
    bool empty = ex->re.http == 204 || ex->re.http == 304;

    for (size_t i = 0; i < ex->header_count; i++) add(&list, ex->headers[i].name, ex->headers[i].value);
    for (const struct route_header *h = ex->route_headers; h && h->name; h++) add(&list, h->name, h->value);
    if (!empty) add(&list, "Content-Type", type_of(ex));
    if (ex->gzip.n) add(&list, "Content-Encoding", "gzip");
    if (ex->etag[0]) add(&list, "ETag", ex->etag);
    if (!has_header(ex, "Cache-Control"))
        add(&list, "Cache-Control", ex->re.no_store ? "no-store" : "private, no-cache");
    if (!has_header(ex, "Vary"))
        add(&list, "Vary", "Accept-Encoding, Accept-Language, Authorization, Cookie");
    if (ex->err.retry_after_s > 0 && ex->re.http >= 400)
        add(&list, "Retry-After", retry_after(ex->err.retry_after_s));
    if (ex->re.http == 401) add(&list, "WWW-Authenticate", "Token");
    if (ex->replayed) add(&list, "Idempotency-Replayed", "true");
    add(&list, "X-Request-Id", ex->request_id);
    add_protection(ctx, ex, &list);
    return list.count;
}

void answer_write(const struct http_context *ctx, const struct exchange *ex, struct buf *out) {
    struct reply_header headers[ANSWER_HEADERS_MAX];
    size_t count = answer_headers(ctx, ex, headers);
    struct str body = answer_body(ex);

    buf_addf(out, "HTTP/1.1 %d Refused\r\nConnection: close\r\nContent-Length: %zu\r\n", ex->re.http, body.n);
    for (size_t i = 0; i < count; i++) buf_addf(out, "%s: %s\r\n", headers[i].name, headers[i].value);
    buf_add(out, STR("\r\n"));
    buf_add(out, body);
}
