#include "http/router.h"

#include <stdlib.h>

enum { SEGMENTS_MAX = 8, METHODS = 5 };

/* One segment of a pattern: a word, or an argument with what stands before and behind it. */
struct segment {
    struct str before, behind;
    bool is_arg;
};

struct node {
    const char *pattern;
    struct segment segments[SEGMENTS_MAX];
    size_t count;
    const struct route *routes[METHODS];
    void *rooms[METHODS];
    unsigned methods;
};

struct router {
    size_t node_count;
    size_t first[SEGMENTS_MAX + 2]; /* nodes of n segments stand in first[n] .. first[n + 1] */
    struct node nodes[];
};

static int method_index(enum http_method m) {
    switch (m) {
    case HTTP_GET: return 0;
    case HTTP_POST: return 1;
    case HTTP_PUT: return 2;
    case HTTP_PATCH: return 3;
    case HTTP_DELETE: return 4;
    }
    return -1;
}

/* Cuts "/a/b/" into "a", "b" and "". 0: no path, or too many segments. */
static size_t split(struct str path, struct str out[SEGMENTS_MAX]) {
    size_t count = 0;
    if (path.n == 0 || path.p[0] != '/') return 0;
    for (size_t at = 1; at <= path.n;) {
        if (count == SEGMENTS_MAX) return 0;
        struct str rest = str_sub(path, at, path.n);
        size_t n = str_find_char(rest, '/');
        out[count++] = str_sub(rest, 0, n);
        at += n + 1;
    }
    return count;
}

static bool parse_segment(struct str text, struct segment *out) {
    size_t open = str_find_char(text, '{'), close = str_find_char(text, '}');
    if (open == text.n) {
        *out = (struct segment) { .before = text };
        return close == text.n;
    }
    if (close == text.n || close < open + 2) return false;
    *out = (struct segment) { str_sub(text, 0, open), str_sub(text, close + 1, text.n), true };
    return str_find_char(out->behind, '{') == out->behind.n;
}

static bool parse_pattern(const char *pattern, struct node *n) {
    struct str texts[SEGMENTS_MAX];
    size_t args = 0;
    n->pattern = pattern;
    n->count = split(str_from_c(pattern), texts);
    for (size_t i = 0; i < n->count; i++) {
        if (!parse_segment(texts[i], &n->segments[i])) return false;
        args += n->segments[i].is_arg;
    }
    return n->count > 0 && args <= PATH_ARGS_MAX;
}

/* By number of segments; then words before words with an argument before whole arguments, from the left. */
static int compare(const void *va, const void *vb) {
    const struct node *a = va, *b = vb;
    if (a->count != b->count) return a->count < b->count ? -1 : 1;
    for (size_t i = 0; i < a->count; i++) {
        const struct segment *x = &a->segments[i], *y = &b->segments[i];
        size_t xn = x->is_arg ? x->before.n + x->behind.n : SIZE_MAX;
        size_t yn = y->is_arg ? y->before.n + y->behind.n : SIZE_MAX;
        if (xn != yn) return xn > yn ? -1 : 1;
    }
    return strcmp(a->pattern, b->pattern);
}

static struct node *node_of(struct router *r, const char *pattern) {
    for (size_t i = 0; i < r->node_count; i++) {
        if (strcmp(r->nodes[i].pattern, pattern) == 0) return &r->nodes[i];
    }
    return NULL;
}

static enum status add_route(struct router *r, const struct route *route, void *room, struct err *e) {
    int m = method_index(route->method);
    struct node *n = node_of(r, route->path);
    if (!n) {
        n = &r->nodes[r->node_count];
        *n = (struct node) { 0 };
        if (!parse_pattern(route->path, n))
            return fail(e, E_INTERNAL, NULL, "route pattern cannot be read: %s", route->path);
        r->node_count++;
    }
    if (m < 0 || n->routes[m]) return fail(e, E_INTERNAL, NULL, "route given twice: %s", route->path);
    n->routes[m] = route;
    n->rooms[m] = room;
    n->methods |= route->method;
    return OK;
}

static void index_by_count(struct router *r) {
    qsort(r->nodes, r->node_count, sizeof r->nodes[0], compare);
    size_t at = 0;
    for (size_t count = 0; count < COUNT_OF(r->first); count++) {
        while (at < r->node_count && r->nodes[at].count < count) at++;
        r->first[count] = at;
    }
}

enum status router_new(const struct route_set *sets, struct router **out, struct err *e) {
    size_t count = 0;
    for (const struct route_set *set = sets; set->routes; set++) {
        for (const struct route *route = set->routes; route->path; route++) count++;
    }
    struct router *r = calloc(1, sizeof *r + count * sizeof r->nodes[0]);
    if (!r) return fail(e, E_INTERNAL, NULL, "no memory for the routes");
    enum status s = OK;
    for (const struct route_set *set = sets; set->routes && s == OK; set++) {
        for (const struct route *route = set->routes; route->path && s == OK; route++)
            s = add_route(r, route, set->room, e);
    }
    if (s != OK) {
        router_free(r);
        return s;
    }
    index_by_count(r);
    *out = r;
    return OK;
}

void router_free(struct router *r) {
    free(r);
}

static bool segment_matches(const struct segment *s, struct str text, struct str *arg) {
    if (!s->is_arg) return str_eq(s->before, text);
    size_t fixed = s->before.n + s->behind.n;
    if (text.n <= fixed || !str_starts(text, s->before) || !str_ends(text, s->behind)) return false;
    *arg = str_sub(text, s->before.n, text.n - fixed);
    return true;
}

static bool node_matches(const struct node *n, const struct str *texts, struct str args[PATH_ARGS_MAX]) {
    size_t arg = 0;
    for (size_t i = 0; i < n->count; i++) {
        struct str value;
        if (!segment_matches(&n->segments[i], texts[i], &value)) return false;
        if (n->segments[i].is_arg) args[arg++] = value;
    }
    while (arg < PATH_ARGS_MAX) args[arg++] = STR("");
    return true;
}

static const struct node *find_node(const struct router *r, const struct str *texts, size_t count,
                                    struct str args[PATH_ARGS_MAX]) {
    if (count == 0) return NULL;
    for (size_t i = r->first[count]; i < r->first[count + 1]; i++) {
        if (node_matches(&r->nodes[i], texts, args)) return &r->nodes[i];
    }
    return NULL;
}

enum route_found router_find(const struct router *r, enum http_method method, struct str path,
                             struct route_match *out) {
    struct str texts[SEGMENTS_MAX + 1] = { 0 };
    size_t count = split(path, texts);
    const struct node *n = find_node(r, texts, count, out->args);
    if (!n) {
        if (count == 0 || count == SEGMENTS_MAX || texts[count - 1].n == 0) return ROUTE_NONE;
        texts[count] = STR("");
        n = find_node(r, texts, count + 1, out->args);
        if (n) out->methods = n->methods;
        return n ? ROUTE_SLASH_MISSING : ROUTE_NONE;
    }
    int m = method_index(method);
    out->methods = n->methods;
    if (m < 0 || !n->routes[m]) {
        for (size_t i = 0; i < COUNT_OF(n->routes); i++)
            if (n->routes[i]) out->route = n->routes[i];
        return ROUTE_OTHER_METHOD;
    }
    out->route = n->routes[m];
    out->room = n->rooms[m];
    return ROUTE_FOUND;
}
