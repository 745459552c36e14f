#include "http/static_site.h"

#include <jansson.h>
#include <stdlib.h>

#include "os/file.h"

enum {
    MANIFEST_MAX_BYTES = 4 * 1024 * 1024,
    FILE_MAX_BYTES = 8 * 1024 * 1024,
    FILES_MAX = 20000,
    PATH_MAX_BYTES = 512,
    SEGMENTS_MAX = 10,
    POLICY_MAX_BYTES = 4096
};

/* All of it together: a dashboard of 10 MB leaves room for its three forms. */
#define SITE_MAX_BYTES (128 * 1024 * 1024)

struct static_site {
    struct arena *arena;
    struct static_file *files; /* by path */
    size_t count;
    struct str *any; /* folders that answer every id: "/dashboard/patients/_/" */
    size_t any_count;
};

static const struct message broken = {
    "dashboard_broken",
    "Le tableau de bord construit est incomplet ({}). Reconstruisez-le : make install-frontend.",
    "The built dashboard is incomplete ({}). Build it again: make install-frontend.",
};

static enum status is_broken(struct err *e, struct str what) {
    enum status s = fail(e, E_INVALID, &broken, "the manifest of the dashboard and its files differ");
    err_arg(e, what);
    return s;
}

/* ---- reading ---- */

static struct str text_of(const json_t *object, const char *key) {
    const json_t *value = json_object_get(object, key);
    return json_is_string(value) ? (struct str) { json_string_value(value), json_string_length(value) }
                                 : STR("");
}

/* What becomes a header must be one. */
static bool is_header_text(struct str s, size_t max) {
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < 0x20 || s.p[i] > 0x7E) return false;
    return s.n <= max;
}

static bool is_path(struct str s) {
    if (s.n == 0 || s.n > PATH_MAX_BYTES || s.p[0] != '/') return false;
    return is_header_text(s, PATH_MAX_BYTES) && str_find(s, STR("/../")) == s.n &&
           str_find(s, STR("//")) == s.n;
}

static enum status read_form(struct static_site *site, struct str dir, struct str path, const char *suffix,
                             struct str *out, struct err *e) {
    struct str name;
    struct err why = { 0 };

    if (!arena_printf(site->arena, &name, "%.*s%.*s%s", STR_ARG(dir), STR_ARG(path), suffix))
        return fail(e, E_LIMIT, NULL, "the path of the dashboard is too long");
    return file_read(site->arena, name.p, FILE_MAX_BYTES, out, &why) == OK ? OK : is_broken(e, path);
}

static enum status read_file(struct static_site *site, struct str dir, const json_t *row,
                             struct static_file *f, struct err *e) {
    struct str path = text_of(row, "path"), type = text_of(row, "type"), kept;
    struct str etag = text_of(row, "etag"), policy = text_of(row, "policy");
    bool compressed = json_is_true(json_object_get(row, "compressed"));
    enum status s;

    *f = (struct static_file) { 0 };
    if (!is_path(path) || type.n == 0 || etag.n == 0 || !is_header_text(type, 100) ||
        !is_header_text(etag, 40) || !is_header_text(policy, POLICY_MAX_BYTES))
        return is_broken(e, STR("manifest.json"));
    f->immutable = json_is_true(json_object_get(row, "immutable"));
    if (!arena_dup(site->arena, path, &f->path) || !arena_dup(site->arena, type, &kept) ||
        !arena_dup(site->arena, etag, &f->etag) || !arena_dup(site->arena, policy, &f->policy))
        return fail(e, E_LIMIT, NULL, "no memory for the dashboard");
    f->type = kept.p;
    if ((s = read_form(site, dir, f->path, "", &f->plain, e)) != OK) return s;
    if (compressed && (s = read_form(site, dir, f->path, ".br", &f->br, e)) != OK) return s;
    return compressed ? read_form(site, dir, f->path, ".gz", &f->gz, e) : OK;
}

static int by_path(const void *va, const void *vb) {
    const struct str a = ((const struct static_file *)va)->path, b = ((const struct static_file *)vb)->path;
    int order = memcmp(a.p, b.p, a.n < b.n ? a.n : b.n);
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

static enum status read_files(struct static_site *site, struct str dir, const json_t *rows, struct err *e) {
    size_t n = json_array_size(rows);
    enum status s = OK;

    if (n == 0 || n > FILES_MAX) return is_broken(e, STR("manifest.json"));
    if (!(site->files = arena_array(site->arena, n, sizeof site->files[0])))
        return fail(e, E_LIMIT, NULL, "no memory for the dashboard");
    for (; site->count < n && s == OK; site->count++)
        s = read_file(site, dir, json_array_get(rows, site->count), &site->files[site->count], e);
    if (s == OK) qsort(site->files, n, sizeof site->files[0], by_path);
    return s;
}

static enum status read_any(struct static_site *site, const json_t *rows, struct err *e) {
    size_t n = json_array_size(rows);

    if (n == 0) return OK;
    if (n > FILES_MAX || !(site->any = arena_array(site->arena, n, sizeof site->any[0])))
        return fail(e, E_LIMIT, NULL, "no memory for the dashboard");
    for (; site->any_count < n; site->any_count++) {
        const json_t *row = json_array_get(rows, site->any_count);
        struct str dir = { json_string_value(row), json_string_length(row) };
        if (!json_is_string(row) || !is_path(dir) || !str_ends(dir, STR("/")))
            return is_broken(e, STR("manifest.json"));
        if (!arena_dup(site->arena, dir, &site->any[site->any_count]))
            return fail(e, E_LIMIT, NULL, "no memory for the dashboard");
    }
    return OK;
}

static enum status read_site(struct static_site *site, struct str dir, struct err *e) {
    struct str path, text;
    enum status s;

    if (!arena_printf(site->arena, &path, "%.*s/manifest.json", STR_ARG(dir)))
        return fail(e, E_LIMIT, NULL, "the path of the dashboard is too long");
    if ((s = file_read(site->arena, path.p, MANIFEST_MAX_BYTES, &text, e)) != OK) return s;
    json_t *manifest = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, NULL);
    s = read_files(site, dir, json_object_get(manifest, "files"), e);
    if (s == OK) s = read_any(site, json_object_get(manifest, "any"), e);
    json_decref(manifest);
    return s;
}

enum status static_site_open(struct str dir, struct static_site **out, struct err *e) {
    struct arena *arena = arena_new(SITE_MAX_BYTES);
    struct static_site *site = arena ? arena_array(arena, 1, sizeof *site) : NULL;
    if (!site) {
        arena_free(arena);
        return fail(e, E_LIMIT, NULL, "no memory for the dashboard");
    }
    *site = (struct static_site) { .arena = arena };
    enum status s = read_site(site, dir, e);
    if (s != OK) {
        static_site_free(site);
        return s;
    }
    *out = site;
    return OK;
}

void static_site_free(struct static_site *site) {
    if (site) arena_free(site->arena);
}

/* ---- finding ---- */

static const struct static_file *file_of(const struct static_site *site, struct str path) {
    const struct static_file wanted = { .path = path };
    return site->count ? bsearch(&wanted, site->files, site->count, sizeof wanted, by_path) : NULL;
}

/* "/dashboard/patients/12/x" becomes "/dashboard/patients/_/x" for the folder "/dashboard/patients/_/". Empty: it is not below it. */
static struct str with_any_id(struct str dir, struct str path, char out[PATH_MAX_BYTES]) {
    struct str rest = path;
    size_t n = 0;
    while (dir.n > 0) {
        size_t segment = str_find_char(dir, '/'), given = str_find_char(rest, '/');
        struct str word = str_sub(dir, 0, segment), part = str_sub(rest, 0, given);
        bool any = str_eq(word, STR("_"));
        if (given == rest.n || (any ? part.n == 0 : !str_eq(word, part))) return STR("");
        if (n + word.n + 1 > PATH_MAX_BYTES) return STR("");
        memcpy(out + n, word.p, word.n);
        n += word.n;
        out[n++] = '/';
        dir = str_sub(dir, segment + 1, dir.n);
        rest = str_sub(rest, given + 1, rest.n);
    }
    if (str_find_char(rest, '/') < rest.n || n + rest.n > PATH_MAX_BYTES) return STR("");
    memcpy(out + n, rest.p, rest.n);
    return (struct str) { out, n + rest.n };
}

static const struct static_file *file_for_any(const struct static_site *site, struct str path) {
    char name[PATH_MAX_BYTES];
    for (size_t i = 0; i < site->any_count; i++) {
        struct str other = with_any_id(site->any[i], path, name);
        const struct static_file *f = other.n ? file_of(site, other) : NULL;
        if (f) return f;
    }
    return NULL;
}

static const struct static_file *page_of(const struct static_site *site, struct str path) {
    char name[PATH_MAX_BYTES];
    const struct str index = STR("index.html");
    if (path.n + index.n > sizeof name) return NULL;
    memcpy(name, path.p, path.n);
    memcpy(name + path.n, index.p, index.n);
    struct str whole = { name, path.n + index.n };
    const struct static_file *f = file_of(site, whole);
    return f ? f : file_for_any(site, whole);
}

enum static_found static_site_find(const struct static_site *site, struct str path,
                                   const struct static_file **file) {
    char name[PATH_MAX_BYTES];
    if (path.n == 0 || path.n >= sizeof name || path.p[0] != '/') return STATIC_NONE;
    if (str_ends(path, STR("/"))) {
        *file = page_of(site, path);
        return *file ? STATIC_FILE : STATIC_NONE;
    }
    *file = file_of(site, path);
    if (!*file) *file = file_for_any(site, path);
    if (*file) return STATIC_FILE;
    memcpy(name, path.p, path.n);
    name[path.n] = '/';
    return page_of(site, (struct str) { name, path.n + 1 }) ? STATIC_SLASH_MISSING : STATIC_NONE;
}

const struct static_file *static_site_missing(const struct static_site *site) {
    return file_of(site, STR("/404.html"));
}
