/*
 * static_serve -- the dashboard over HTTP: compressed beforehand, what never changes kept for a year, every page under its own policy.
 */
#include <stdio.h>

#include "http/negotiate.h"
#include "http/static_site.h"
#include "http/urlencoded.h"

enum { FOREVER_S = 31536000 };

/* What the API and its neighbours answer themselves, also when there is nothing. */
static bool is_program_path(struct str path) {
    static const struct str roots[] = { { "/api/", 5 }, { "/webhook/", 9 }, { "/fhir/", 6 } };
    for (size_t i = 0; i < COUNT_OF(roots); i++)
        if (str_starts(path, roots[i])) return true;
    return str_eq(path, STR("/metrics"));
}

bool static_site_serves(const struct static_site *site, struct str path, struct str accept) {
    const struct static_file *file;
    if (is_program_path(path)) return false;
    if (str_eq(path, STR("/"))) return true;
    /* A browser that went astray gets a page, a program the error of the API. */
    return static_site_find(site, path, &file) != STATIC_NONE ||
           (str_find(accept, STR("text/html")) < accept.n && static_site_missing(site));
}

static enum status redirect(struct reply *re, int http, struct str to, struct err *e) {
    re->http = http;
    re->type = "text/plain; charset=utf-8";
    return reply_header(re, "Location", to, e);
}

/* "/dashboard" to "/dashboard/", with what stood behind the question mark. */
static enum status add_slash(struct request *rq, struct reply *re, struct err *e) {
    struct str to;
    if (!arena_printf(rq->arena, &to, "%.*s/%s%.*s", STR_ARG(rq->path), rq->query.n ? "?" : "",
                      STR_ARG(rq->query)))
        return fail(e, E_LIMIT, NULL, "no room for an address");
    return redirect(re, 308, to, e);
}

/* The smallest form that the client takes. */
static enum status put_bytes(const struct request *rq, struct reply *re, const struct static_file *f,
                             struct err *e) {
    struct str accepts = request_header(rq, "accept-encoding");
    if (f->br.n && negotiate_coding(accepts, STR("br"))) {
        buf_add(&re->body, f->br);
        return reply_header(re, "Content-Encoding", STR("br"), e);
    }
    if (f->gz.n && negotiate_gzip(accepts)) {
        buf_add(&re->body, f->gz);
        return reply_header(re, "Content-Encoding", STR("gzip"), e);
    }
    buf_add(&re->body, f->plain);
    return OK;
}

static enum status put_headers(struct reply *re, const struct static_file *f, struct err *e) {
    char kept[64];
    enum status s;
    snprintf(kept, sizeof kept, "public, max-age=%d, immutable", FOREVER_S);
    s = reply_header(re, "Cache-Control", f->immutable ? str_from_c(kept) : STR("no-cache"), e);
    if (s == OK) s = reply_header(re, "Vary", STR("Accept-Encoding"), e);
    if (s == OK && f->policy.n) s = reply_header(re, "Content-Security-Policy", f->policy, e);
    return s;
}

static enum status answer(struct request *rq, struct reply *re, const struct static_file *f, struct err *e) {
    enum status s = put_headers(re, f, e);
    re->type = f->type;
    if (s != OK || reply_is_known(rq, re, f->etag)) return s;
    return put_bytes(rq, re, f, e);
}

static enum status static_get(struct request *rq, struct reply *re, struct err *e) {
    const struct static_site *site = rq->room;
    const struct static_file *file = NULL;
    struct str path;

    if (str_eq(rq->path, STR("/")))
        return redirect(re, 302, rq->who.user_id ? STR("/dashboard/") : STR("/login/"), e);
    if (!urlencoded_decode(rq->arena, rq->path, false, &path))
        return fail(e, E_LIMIT, NULL, "no memory for a path");
    switch (static_site_find(site, path, &file)) {
    case STATIC_FILE: return answer(rq, re, file, e);
    case STATIC_SLASH_MISSING: return add_slash(rq, re, e);
    case STATIC_NONE: break;
    }
    if (!(file = static_site_missing(site))) return fail(e, E_NOT_FOUND, NULL, "no such page");
    enum status s = put_headers(re, file, e);
    re->http = 404;
    re->type = file->type;
    return s == OK ? put_bytes(rq, re, file, e) : s;
}

static const struct route_header page_headers[] = {
    { "Permissions-Policy",
      "accelerometer=(), camera=(self), display-capture=(), fullscreen=(self), geolocation=(), gyroscope=(), magnetometer=(), "
      "microphone=(), payment=(), usb=(), browsing-topics=()" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
    { 0 },
};

const struct route static_route = { .method = HTTP_GET,
                                    .path = "/",
                                    .permission = PERM_PUBLIC,
                                    .run_on = RUN_HTTP,
                                    .handler = static_get,
                                    .summary = "The dashboard",
                                    .headers = page_headers };
