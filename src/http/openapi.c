#include "http/openapi.h"

#include "http/docs_page.h"
#include "http/limits.h"
#include "http/openapi_operation.h"

static const char csp[] = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'";

/* Does `path` stand in an earlier row? Then its item is written already. */
static bool is_first_of_path(const struct route_set *sets, const struct route *route) {
    for (const struct route_set *set = sets; set->routes; set++) {
        for (const struct route *r = set->routes; r->path; r++) {
            if (r == route) return true;
            if (strcmp(r->path, route->path) == 0) return false;
        }
    }
    return true;
}

static enum status put_path(struct json_out *o, const struct route_set *sets, const char *path,
                            struct err *e) {
    enum status s = OK;
    json_put_key(o, path);
    json_put_object(o);
    for (const struct route_set *set = sets; set->routes && s == OK; set++) {
        for (const struct route *r = set->routes; r->path && s == OK; r++) {
            if (strcmp(r->path, path) == 0) s = openapi_put_operation(o, r, e);
        }
    }
    json_put_object_end(o);
    return s;
}

static void put_info(struct json_out *o, struct str public_url) {
    openapi_put(o, "openapi", "3.1.0");
    json_put_key(o, "info");
    json_put_object(o);
    openapi_put(o, "title", "MediRecord");
    openapi_put(o, "version", MEDIRECORD_VERSION);
    openapi_put(
        o, "description",
        "Documents in, sourced answers out. Lists answer count, next, previous and results; messages follow "
        "Accept-Language (fr, en); every answer has an X-Request-Id.");
    json_put_object_end(o);
    json_put_key(o, "servers");
    json_put_array(o);
    json_put_object(o);
    json_field_str(o, "url", public_url);
    json_put_object_end(o);
    json_put_array_end(o);
}

static void put_scheme(struct json_out *o, const char *name, const char *in, const char *key,
                       const char *words) {
    json_put_key(o, name);
    json_put_object(o);
    openapi_put(o, "type", "apiKey");
    openapi_put(o, "in", in);
    openapi_put(o, "name", key);
    openapi_put(o, "description", words);
    json_put_object_end(o);
}

static void put_components(struct json_out *o) {
    json_put_key(o, "components");
    json_put_object(o);
    json_put_key(o, "securitySchemes");
    json_put_object(o);
    put_scheme(o, "token", "header", "Authorization",
               "\"Token KEY\" or \"Bearer KEY\", from POST /api/auth/token/");
    put_scheme(
        o, "session", "cookie", "sessionid",
        "From POST /api/auth/login/. What changes something also needs the csrftoken cookie as X-CSRFToken");
    json_put_object_end(o);
    json_put_key(o, "schemas");
    json_put_object(o);
    for (const struct openapi_schema *s = openapi_schemas; s->name; s++) {
        json_field_raw(o, s->name, str_from_c(s->json));
    }
    json_put_object_end(o);
    json_put_object_end(o);
}

enum status openapi_init(struct openapi *api, const struct route_set *sets, struct str public_url,
                         struct err *e) {
    enum status s = OK;
    buf_init(&api->json, REPLY_MAX_BYTES);
    buf_init(&api->html, REPLY_MAX_BYTES);
    struct json_out o = json_out_to(&api->json);
    json_put_object(&o);
    put_info(&o, public_url);
    json_put_key(&o, "paths");
    json_put_object(&o);
    for (const struct route_set *set = sets; set->routes && s == OK; set++) {
        for (const struct route *r = set->routes; r->path && s == OK; r++) {
            if (is_first_of_path(sets, r)) s = put_path(&o, sets, r->path, e);
        }
    }
    json_put_object_end(&o);
    put_components(&o);
    json_put_object_end(&o);
    docs_page_write(sets, &api->html);
    if (s == OK && (!buf_ok(&api->json) || !buf_ok(&api->html)))
        s = fail(e, E_INTERNAL, NULL, "no memory for the API document");
    return s;
}

void openapi_done(struct openapi *api) {
    buf_done(&api->json);
    buf_done(&api->html);
}

/* ---- its routes ---- */

static enum status schema_get(struct request *rq, struct reply *re, struct err *e) {
    const struct openapi *api = rq->room;
    (void)e;
    re->no_store = false;
    buf_add(&re->body, buf_str(&api->json));
    return OK;
}

static enum status docs_get(struct request *rq, struct reply *re, struct err *e) {
    const struct openapi *api = rq->room;
    re->type = "text/html; charset=utf-8";
    re->no_store = false;
    buf_add(&re->body, buf_str(&api->html));
    return reply_header(re, "Content-Security-Policy", str_from_c(csp), e);
}

static enum status style_get(struct request *rq, struct reply *re, struct err *e) {
    (void)rq;
    (void)e;
    re->type = "text/css; charset=utf-8";
    re->no_store = false;
    buf_add(&re->body, str_from_c(docs_page_css));
    return OK;
}

const struct route openapi_routes[] = {
    { .method = HTTP_GET,
      .path = "/api/schema/",
      .permission = PERM_PUBLIC,
      .run_on = RUN_HTTP,
      .handler = schema_get,
      .summary = "This API as an OpenAPI 3.1 document",
      .success = 200 },
    { .method = HTTP_GET,
      .path = "/api/docs/",
      .permission = PERM_PUBLIC,
      .run_on = RUN_HTTP,
      .handler = docs_get,
      .summary = "This API for people",
      .success = 200 },
    { .method = HTTP_GET,
      .path = "/api/docs/style.css",
      .permission = PERM_PUBLIC,
      .run_on = RUN_HTTP,
      .handler = style_get,
      .summary = "How that page looks",
      .success = 200 },
    { 0 },
};
