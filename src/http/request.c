/* What handlers may ask a request and a reply for; the declarations are in http/route.h. */
#include <stdio.h>
#include <unistd.h>

#include "http/exchange.h"
#include "http/urlencoded.h"

static const struct message reply_headers_full = { "reply_headers", "Erreur interne.", "Internal error." };

struct str request_header(const struct request *rq, const char *name) {
    const struct exchange *ex = rq->server_private;
    return ex ? head_get(&ex->head, str_from_c(name)) : STR("");
}

struct str request_cookie(const struct request *rq, const char *name) {
    const struct exchange *ex = rq->server_private;
    return ex ? head_cookie(&ex->head, str_from_c(name)) : STR("");
}

struct str request_query(const struct request *rq, const char *name) {
    struct str value = STR("");
    return urlencoded_get(rq->arena, rq->query, str_from_c(name), &value) ? value : STR("");
}

struct str request_form(const struct request *rq, const char *name) {
    struct str value = STR("");
    return urlencoded_get(rq->arena, rq->body, str_from_c(name), &value) ? value : STR("");
}

enum status request_id_arg(const struct request *rq, int index, int64_t *id, struct err *e) {
    struct str text = index >= 0 && index < PATH_ARGS_MAX ? rq->path_args[index] : STR("");
    int64_t n;
    if (text.n == 0 || text.p[0] < '1' || text.p[0] > '9' || !str_to_i64(text, &n))
        return fail(e, E_NOT_FOUND, NULL, "path argument %d is not an id", index);
    *id = n;
    return OK;
}

/* A header value of ours must not break out of its line. */
static bool is_one_line(struct str s) {
    for (size_t i = 0; i < s.n; i++) {
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7F) return false;
    }
    return true;
}

enum status reply_header(struct reply *re, const char *name, struct str value, struct err *e) {
    struct exchange *ex = re->server_private;
    if (!ex) return OK;
    if (ex->header_count == REPLY_HEADERS_MAX)
        return fail(e, E_INTERNAL, &reply_headers_full, "more than %d reply headers", REPLY_HEADERS_MAX);
    if (!is_one_line(value))
        return fail(e, E_INTERNAL, NULL, "reply header with a control character: %s", name);
    struct reply_header *h = &ex->headers[ex->header_count];
    h->name = arena_cstr(ex->arena, str_from_c(name));
    h->value = arena_cstr(ex->arena, value);
    if (!h->name || !h->value) return fail(e, E_LIMIT, NULL, "no room for a reply header");
    ex->header_count++;
    return OK;
}

enum status reply_file(struct reply *re, int take_fd, uint64_t size_bytes, struct err *e) {
    struct exchange *ex = re->server_private;
    if (!ex || ex->source != BODY_BUF) {
        close(take_fd);
        return fail(e, E_INTERNAL, NULL, "a reply has one body");
    }
    ex->source = BODY_FILE;
    ex->fd = take_fd;
    ex->fd_bytes = size_bytes;
    return OK;
}

enum status reply_stream(struct reply *re, int64_t size_bytes, int64_t (*read)(void *, char *, size_t),
                         void (*done)(void *), void *ctx, struct err *e) {
    struct exchange *ex = re->server_private;
    if (!ex || ex->source != BODY_BUF) {
        if (done) done(ctx);
        return fail(e, E_INTERNAL, NULL, "a reply has one body");
    }
    ex->source = BODY_STREAM;
    ex->stream = (struct reply_stream) { size_bytes, read, done, ctx };
    return OK;
}
