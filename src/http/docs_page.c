#include "http/docs_page.h"

#include "base/html.h"
#include "http/openapi.h"

const char docs_page_css[] =
    ":root{color-scheme:light dark}"
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "h1{font-size:1.6rem}h2{font-size:1.2rem;margin:2rem 0 .5rem;border-bottom:1px solid}"
    "table{border-collapse:collapse;width:100%}td{padding:.35rem .75rem .35rem 0;vertical-align:top}"
    "td:first-child{width:4.5rem;font-weight:600}code{font-size:.9em;overflow-wrap:anywhere}"
    "small{display:block;opacity:.75}";

static void add_note(struct buf *out, const char *label, const char *text) {
    buf_addf(out, "<small>%s", label);
    html_add_text(out, str_from_c(text));
    buf_add(out, STR("</small>"));
}

static void add_route(struct buf *out, const struct route *r) {
    buf_addf(out, "<tr><td>%s</td><td><code>", openapi_method(r->method));
    html_add_text(out, str_from_c(r->path));
    buf_add(out, STR("</code></td><td>"));
    html_add_text(out, str_from_c(r->summary));
    for (const struct query_param *p = r->query; p && p->name; p++) {
        buf_add(out, STR("<small><code>?"));
        html_add_text(out, str_from_c(p->name));
        buf_add(out, STR("=</code> "));
        html_add_text(out, str_from_c(p->description));
        buf_add(out, STR("</small>"));
    }
    if (r->request_schema) add_note(out, "Body: ", r->request_schema);
    if (r->response_schema) add_note(out, "Answer: ", r->response_schema);
    add_note(out, "Permission: ", permission_name(r->permission));
    buf_add(out, STR("</td></tr>\n"));
}

/* Was a route of this group before (set, route)? */
static bool is_first_of_group(const struct route_set *sets, const struct route *route) {
    struct str group = openapi_group(route->path);
    for (const struct route_set *set = sets; set->routes; set++) {
        for (const struct route *r = set->routes; r->path; r++) {
            if (r == route) return true;
            if (str_eq(openapi_group(r->path), group)) return false;
        }
    }
    return true;
}

static void add_group(const struct route_set *sets, struct str group, struct buf *out) {
    buf_addf(out, "<h2>%.*s</h2>\n<table>\n", STR_ARG(group));
    for (const struct route_set *set = sets; set->routes; set++) {
        for (const struct route *r = set->routes; r->path; r++) {
            if (str_eq(openapi_group(r->path), group)) add_route(out, r);
        }
    }
    buf_add(out, STR("</table>\n"));
}

void docs_page_write(const struct route_set *sets, struct buf *out) {
    buf_add(
        out,
        STR("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
            "<title>MediRecord API</title>\n<link rel=\"stylesheet\" href=\"/api/docs/style.css\">\n</head>\n"
            "<body>\n<h1>MediRecord API</h1>\n<p>The same as an OpenAPI 3.1 document: "
            "<a href=\"/api/schema/\">/api/schema/</a>. Sign in with <code>Authorization: Token KEY</code>; "
            "a key comes from <code>POST /api/auth/token/</code>.</p>\n"));
    for (const struct route_set *set = sets; set->routes; set++) {
        for (const struct route *r = set->routes; r->path; r++) {
            if (is_first_of_group(sets, r)) add_group(sets, openapi_group(r->path), out);
        }
    }
    buf_add(out, STR("</body>\n</html>\n"));
}
