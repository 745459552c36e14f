#include "http/dispatch.h"

#include <stdio.h>

#include "base/crypto.h"
#include "http/idempotency.h"
#include "http/negotiate.h"
#include "http/static_site.h"
#include "http/upload_run.h"
#include "http/urlencoded.h"

static const struct message method_not_allowed = { "method_not_allowed",
                                                   "Cette méthode n’est pas permise à cette adresse.",
                                                   "This method is not allowed at this address." };
static const struct message slash_missing = { "slash_missing",
                                              "Adresse introuvable : il manque la barre oblique finale.",
                                              "Not found: the address lacks its trailing slash." };
static const struct message csrf_failed = { "csrf_failed",
                                            "Le jeton CSRF est absent ou faux : rechargez la page.",
                                            "The CSRF token is missing or wrong: reload the page." };
static const struct message body_too_large = { "body_too_large", "Le corps de la requête est trop grand.",
                                               "The body of the request is too large." };
static const struct message body_unwanted = { "body_unexpected", "Cette adresse n’attend pas de corps.",
                                              "This address takes no body." };
static const struct message body_bad_form = { "form_invalid",
                                              "Le formulaire n’est pas valide ou n’est pas en UTF-8.",
                                              "The form is not valid, or not UTF-8." };
static const struct message unsupported_type = { "unsupported_media_type",
                                                 "Type de contenu non pris en charge. Attendu : {}.",
                                                 "Unsupported content type. Expected: {}." };
static const struct message unsupported_coding = { "unsupported_content_encoding",
                                                   "Un corps compressé n’est pas accepté.",
                                                   "A compressed body is not accepted." };

void dispatch_refuse(struct exchange *ex, enum status s, int http) {
    if (ex->refused) return;
    ex->refused = true;
    ex->status = s;
    ex->re.http = http;
}

static void add_header(struct exchange *ex, const char *name, const char *value) {
    if (reply_header(&ex->re, name, str_from_c(value), &ex->err) != OK) dispatch_refuse(ex, E_INTERNAL, 500);
}

/* ---- what is asked ---- */

static enum http_method method_of(struct str name, bool *is_head, bool *is_options) {
    static const struct {
        struct str name;
        enum http_method method;
    } methods[] = {
        { { "GET", 3 }, HTTP_GET },     { { "POST", 4 }, HTTP_POST },     { { "PUT", 3 }, HTTP_PUT },
        { { "PATCH", 5 }, HTTP_PATCH }, { { "DELETE", 6 }, HTTP_DELETE }, { { "HEAD", 4 }, HTTP_GET },
    };
    *is_head = str_eq(name, STR("HEAD"));
    *is_options = str_eq(name, STR("OPTIONS"));
    for (size_t i = 0; i < COUNT_OF(methods); i++) {
        if (str_eq(methods[i].name, name)) return methods[i].method;
    }
    return 0;
}

static void allow(struct exchange *ex, unsigned methods) {
    char text[64];
    snprintf(text, sizeof text, "%s%s%s%s%sOPTIONS", methods & HTTP_GET ? "GET, HEAD, " : "",
             methods & HTTP_POST ? "POST, " : "", methods & HTTP_PUT ? "PUT, " : "",
             methods & HTTP_PATCH ? "PATCH, " : "", methods & HTTP_DELETE ? "DELETE, " : "");
    add_header(ex, "Allow", text);
}

static bool decode_args(struct exchange *ex, const struct route_match *match) {
    for (size_t i = 0; i < PATH_ARGS_MAX; i++) {
        if (!urlencoded_decode(ex->arena, match->args[i], false, &ex->rq.path_args[i])) return false;
    }
    return true;
}

/* Where no route answers, the dashboard may. */
static bool find_page(const struct http_context *ctx, struct exchange *ex) {
    struct str path;
    if (!ctx->site || ex->rq.method != HTTP_GET || !urlencoded_decode(ex->arena, ex->head.path, false, &path))
        return false;
    if (!static_site_serves(ctx->site, path, head_get(&ex->head, STR("accept")))) return false;
    union {
        const struct static_site *in;
        void *out;
    } site = { ctx->site }; /* constant: its handler only reads it */
    ex->rq.route = &static_route;
    ex->rq.room = site.out;
    ex->route_headers = static_route.headers;
    return true;
}

static void find_route(const struct http_context *ctx, struct exchange *ex) {
    bool is_options;
    enum http_method method = method_of(ex->head.method, &ex->is_head, &is_options);
    struct route_match match = { 0 };
    enum route_found found = router_find(ctx->router, method, ex->head.path, &match);

    ex->rq.method = method;
    ex->rq.path = ex->head.path;
    ex->rq.query = ex->head.query;
    if (match.route) ex->route_headers = match.route->headers;
    if (is_options && (found == ROUTE_OTHER_METHOD || str_eq(ex->head.path, STR("*")))) {
        allow(ex, match.methods);
        dispatch_refuse(ex, OK, 204);
    } else if (found == ROUTE_FOUND) {
        ex->rq.route = match.route;
        ex->rq.room = match.room;
        if (!decode_args(ex, &match)) dispatch_refuse(ex, E_LIMIT, 0);
    } else if (found == ROUTE_OTHER_METHOD) {
        allow(ex, match.methods);
        dispatch_refuse(ex, fail(&ex->err, E_INVALID, &method_not_allowed, "method not allowed"), 405);
    } else if (find_page(ctx, ex)) {
        return;
    } else if (found == ROUTE_SLASH_MISSING) {
        dispatch_refuse(ex, fail(&ex->err, E_NOT_FOUND, &slash_missing, "slash missing"), 404);
    } else {
        dispatch_refuse(ex, fail(&ex->err, E_NOT_FOUND, NULL, "no such path"), 404);
    }
}

/* ---- who asks ---- */

static bool changes_something(enum http_method m) {
    return m != HTTP_GET;
}

static bool csrf_ok(const struct http_context *ctx, const struct request *rq) {
    return ctx->auth && ctx->auth->csrf_ok && ctx->auth->csrf_ok(ctx->auth->ctx, rq);
}

static void check_caller(const struct http_context *ctx, struct exchange *ex) {
    struct request *rq = &ex->rq;
    bool open = rq->route->permission == PERM_PUBLIC;
    if (ctx->auth) {
        struct err why = { 0 };
        enum status s = ctx->auth->authenticate(ctx->auth->ctx, rq, &rq->who, &why);
        if (s != OK) rq->who = (struct identity) { 0 };
        if (s != OK && !(open && s == E_DENIED)) {
            ex->err = why;
            dispatch_refuse(ex, s, s == E_DENIED ? 401 : 0);
            return;
        }
    }
    if (rq->who.by_cookie && changes_something(rq->method) && !csrf_ok(ctx, rq)) {
        if (!open) {
            dispatch_refuse(ex, fail(&ex->err, E_DENIED, &csrf_failed, "CSRF token missing or wrong"), 403);
            return;
        }
        rq->who =
            (struct identity) { 0 }; /* a public page serves whoever comes, but not in somebody's name */
    }
    if (!role_may(rq->who.role, rq->route->permission)) {
        dispatch_refuse(ex, fail(&ex->err, E_DENIED, NULL, "role may not"), 0);
    } else if (rq->who.must_change_password && !rq->route->before_own_password) {
        if (!open)
            dispatch_refuse(ex, fail(&ex->err, E_DENIED, &identity_password_given, "password was given"),
                            403);
        rq->who = (struct identity) { 0 };
    }
}

/* ---- what comes with it ---- */

static const char *wanted_type(const struct route *route) {
    if (route->upload) return upload_media_type(route->upload);
    return route->form ? "application/x-www-form-urlencoded" : "application/json";
}

/* Of a route that takes a form, or JSON as well: the handler looks at it. */
static bool is_json(const struct exchange *ex) {
    return ex->rq.route->json_too &&
           media_type_is(head_get(&ex->head, STR("content-type")), STR("application/json"));
}

/* Takes the content type and the declared length; opens the upload. */
static void check_body(struct exchange *ex) {
    const struct route *route = ex->rq.route;
    bool takes_body = route->body_max_bytes > 0 || route->upload;
    size_t limit = takes_body ? route->body_max_bytes : EMPTY_BODY_MAX_BYTES;
    struct str type = head_get(&ex->head, STR("content-type"));
    struct str coding = str_trim(head_get(&ex->head, STR("content-encoding")));

    ex->body_limit = limit > 0 ? (int64_t)limit : INT64_MAX;
    ex->body.max = route->upload ? 0 : limit;
    if (ex->head.body_bytes > ex->body_limit) {
        const struct message *m = takes_body ? &body_too_large : &body_unwanted;
        dispatch_refuse(ex, fail(&ex->err, E_LIMIT, m, "declared body too large"), 413);
        return;
    }
    if (!takes_body || (!ex->head.has_body && !route->upload)) return;
    if (coding.n > 0 && !str_eq_nocase(coding, STR("identity"))) {
        dispatch_refuse(ex, fail(&ex->err, E_INVALID, &unsupported_coding, "content encoding"), 415);
        return;
    }
    if (!media_type_is(type, str_from_c(wanted_type(route))) && !is_json(ex)) {
        dispatch_refuse(ex, fail(&ex->err, E_INVALID, &unsupported_type, "content type"), 415);
        err_arg(&ex->err, str_from_c(wanted_type(route)));
        return;
    }
    if (!route->upload) return;
    enum status s = upload_run_open(&ex->rq, route->upload, type, &ex->upload_run, &ex->err);
    if (s != OK) {
        dispatch_refuse(ex, s, 0);
        return;
    }
    ex->upload.state = upload_run_state(ex->upload_run);
    ex->rq.upload = &ex->upload;
}

void dispatch_head(const struct http_context *ctx, struct exchange *ex, struct db *db) {
    struct request *rq = &ex->rq;
    int http = 0;

    ex->public_url = ctx->public_url;
    ex->re.server_private = ex;
    ex->re.no_store = true;
    rq->server_private = ex;
    rq->arena = ex->arena;
    rq->db = db;
    rq->now_us = clock_now_us(ctx->clock);
    rq->request_id = str_from_c(ex->request_id);
    rq->remote_addr = str_from_c(ex->remote_addr);
    rq->lang = negotiate_lang(head_get(&ex->head, STR("accept-language")));

    enum status s = head_check(&ex->head, &http, &ex->err);
    if (s != OK) {
        ex->unclear = true;
        dispatch_refuse(ex, s, http);
        return;
    }
    find_route(ctx, ex);
    if (!ex->refused) check_caller(ctx, ex);
    if (!ex->refused) check_body(ex);
}

void dispatch_body(struct exchange *ex, struct str bytes) {
    enum status s = OK;
    ex->received_bytes += (int64_t)bytes.n;
    if (ex->refused) return;
    if (ex->received_bytes > ex->body_limit) {
        s = fail(&ex->err, E_LIMIT, &body_too_large, "body too large");
    } else if (ex->upload_run) {
        s = upload_run_feed(ex->upload_run, bytes, &ex->err);
    } else {
        buf_add(&ex->body, bytes);
        if (!buf_ok(&ex->body)) s = fail(&ex->err, E_RETRY, NULL, "no memory for a body");
    }
    if (s != OK) dispatch_refuse(ex, s, 0);
}

void dispatch_end(struct exchange *ex) {
    const struct route *route = ex->rq.route;
    enum status s = OK;
    if (ex->refused) return;
    ex->rq.body = buf_str(&ex->body);
    if (ex->upload_run) {
        s = upload_run_finish(ex->upload_run, &ex->err);
    } else if (route->body_max_bytes == 0) {
        struct str text = str_trim(ex->rq.body);
        if (text.n > 0 && !str_eq(text, STR("{}")))
            s = fail(&ex->err, E_INVALID, &body_unwanted, "body unwanted");
        ex->rq.body = STR("");
    } else if (route->form && !is_json(ex) && !urlencoded_is_valid(ex->rq.body, true)) {
        s = fail(&ex->err, E_INVALID, &body_bad_form, "form is not valid");
    }
    if (s != OK) dispatch_refuse(ex, s, 0);
}

/* A handler that forgot its transaction must not leave it to the next one. */
static enum status close_transaction(struct exchange *ex, enum status s) {
    struct db *db = ex->rq.db;
    if (!db || !db_in_transaction(db)) return s;
    struct err later = { 0 };
    enum status undone = fail(&later, E_INTERNAL, NULL, "handler left a transaction open");
    undone = db_finish(db, undone, &later);
    if (s == OK) {
        ex->err = later;
        s = undone;
    }
    return s;
}

void dispatch_run(const struct http_context *ctx, struct exchange *ex, struct db *db, struct gzip *gzip) {
    enum status s = ex->status;
    if (!ex->refused) {
        ex->rq.db = db;
        s = idempotency_wanted(ex) ? idempotency_run(ex) : ex->rq.route->handler(&ex->rq, &ex->re, &ex->err);
        s = close_transaction(ex, s);
        if (s != OK) ex->header_count = 0;
    }
    answer_finish(ctx, ex, s, gzip);
}
