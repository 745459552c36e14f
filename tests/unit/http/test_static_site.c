/* The dashboard in memory: which path is which file, and what is no site. */
#include "http/static_site.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "os/file.h"

static char dir[64];
static struct static_site *site;

static const char manifest[] =
    "{\"files\":["
    "{\"path\":\"/index.html\",\"type\":\"text/html\",\"etag\":\"1\"},"
    "{\"path\":\"/_next/static/a.js\",\"type\":\"text/javascript\",\"etag\":\"2\",\"immutable\":true,\"compressed\":true},"
    "{\"path\":\"/dashboard/index.html\",\"type\":\"text/html\",\"etag\":\"3\",\"policy\":\"default-src 'none'\"},"
    "{\"path\":\"/dashboard/patients/index.html\",\"type\":\"text/html\",\"etag\":\"4\"},"
    "{\"path\":\"/dashboard/patients/new/index.html\",\"type\":\"text/html\",\"etag\":\"5\"},"
    "{\"path\":\"/dashboard/patients/_/index.html\",\"type\":\"text/html\",\"etag\":\"6\"},"
    "{\"path\":\"/dashboard/patients/_/index.txt\",\"type\":\"text/plain\",\"etag\":\"7\"},"
    "{\"path\":\"/dashboard/patients/_/papers/_/index.html\",\"type\":\"text/html\",\"etag\":\"8\"},"
    "{\"path\":\"/404.html\",\"type\":\"text/html\",\"etag\":\"9\"}],"
    "\"any\":[\"/dashboard/patients/_/\",\"/dashboard/patients/_/papers/_/\"]}";

static void put(const char *name, const char *text) {
    char path[256];
    struct err e = { 0 };
    snprintf(path, sizeof path, "%s%s", dir, name);
    for (char *slash = strchr(path + strlen(dir) + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        mkdir(path, 0700);
        *slash = '/';
    }
    assert_int_equal(file_write(path, str_from_c(text), 0600, &e), OK);
}

static int start(void **state) {
    (void)state;
    struct err e = { 0 };
    snprintf(dir, sizeof dir, "/tmp/medirecord-site-XXXXXX");
    if (!mkdtemp(dir)) return -1;
    put("/manifest.json", manifest);
    put("/index.html", "root");
    put("/_next/static/a.js", "script");
    put("/_next/static/a.js.br", "br");
    put("/_next/static/a.js.gz", "gz");
    put("/dashboard/index.html", "today");
    put("/dashboard/patients/index.html", "list");
    put("/dashboard/patients/new/index.html", "new");
    put("/dashboard/patients/_/index.html", "one");
    put("/dashboard/patients/_/index.txt", "one, as data");
    put("/dashboard/patients/_/papers/_/index.html", "paper");
    put("/404.html", "lost");
    return static_site_open(str_from_c(dir), &site, &e) == OK ? 0 : -1;
}

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *at) {
    (void)st, (void)type, (void)at;
    return remove(path);
}

static int stop(void **state) {
    (void)state;
    static_site_free(site);
    return nftw(dir, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

/* What is given out for a path; NULL: nothing. */
static const char *found(const char *path, enum static_found *how) {
    const struct static_file *file = NULL;
    *how = static_site_find(site, str_from_c(path), &file);
    return *how == STATIC_FILE ? file->plain.p : NULL;
}

static void pages_and_files_are_found(void **state) {
    (void)state;
    static const struct {
        const char *path, *text;
    } rows[] = {
        { "/", "root" },
        { "/_next/static/a.js", "script" },
        { "/dashboard/", "today" },
        { "/dashboard/index.html", "today" },
        { "/dashboard/patients/", "list" },
        { "/dashboard/patients/new/", "new" },
        { "/dashboard/patients/12/", "one" },
        { "/dashboard/patients/12/index.txt", "one, as data" },
        { "/dashboard/patients/\xc3\xa9t\xc3\xa9/", "one" },
        { "/dashboard/patients/12/papers/7/", "paper" },
        { "/dashboard/patients/new/papers/7/", "paper" },
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        enum static_found how;
        const char *text = found(rows[i].path, &how);
        assert_non_null(text);
        assert_string_equal(text, rows[i].text);
    }
}

static void nothing_else_is(void **state) {
    (void)state;
    static const char *const paths[] = {
        "",
        "x",
        "//",
        "/nothing",
        "/nothing/",
        "/manifest.json",
        "/_next/static/a.js.br",
        "/_next/static/",
        "/../../../etc/passwd",
        "/dashboard/../index.html",
        "/dashboard/./",
        "/dashboard//",
        "/dashboard/patients//",
        "/dashboard/patients/12/secret.txt",
        "/dashboard/patients/12/../index.txt",
        "/dashboard/patients/12/papers/",
        "/dashboard/patients/12/papers/7/8/",
        "/dashboard/patients/12/papers//",
    };
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        enum static_found how;
        assert_null(found(paths[i], &how));
        assert_int_equal(how, STATIC_NONE);
    }
}

static void a_missing_slash_is_told(void **state) {
    (void)state;
    enum static_found how;
    assert_null(found("/dashboard", &how));
    assert_int_equal(how, STATIC_SLASH_MISSING);
    assert_null(found("/dashboard/patients/12", &how));
    assert_int_equal(how, STATIC_SLASH_MISSING);
}

/* Whatever arrives, the answer is one of the files. */
static void any_path_is_a_file_or_none(void **state) {
    (void)state;
    static const char letters[] = "/._-ab%\\";
    unsigned seed = 1;
    char path[700];
    for (int round = 0; round < 20000; round++) {
        size_t n = (size_t)(round % 690);
        memcpy(path, "/dashboard/patients/", 20);
        for (size_t i = 20; i < n; i++) {
            seed = seed * 1103515245u + 12345u;
            path[i] = letters[seed >> 16 & 7];
        }
        const struct static_file *file = NULL;
        enum static_found how = static_site_find(site, (struct str) { path, n < 20 ? 20 : n }, &file);
        if (how == STATIC_FILE) assert_true(file->plain.n > 0);
    }
}

static void the_forms_of_a_file_are_kept(void **state) {
    (void)state;
    const struct static_file *file = NULL;
    assert_int_equal(static_site_find(site, STR("/_next/static/a.js"), &file), STATIC_FILE);
    assert_true(file->immutable);
    assert_string_equal(file->br.p, "br");
    assert_string_equal(file->gz.p, "gz");
    assert_int_equal(static_site_find(site, STR("/dashboard/"), &file), STATIC_FILE);
    assert_false(file->immutable);
    assert_int_equal(file->br.n, 0);
    assert_string_equal(file->policy.p, "default-src 'none'");
    assert_string_equal(static_site_missing(site)->plain.p, "lost");
}

static void the_api_keeps_its_paths(void **state) {
    (void)state;
    const struct str browser = STR("text/html,*/*"), program = STR("*/*");
    assert_true(static_site_serves(site, STR("/"), program));
    assert_true(static_site_serves(site, STR("/dashboard/"), program));
    assert_true(static_site_serves(site, STR("/dashboard"), program));
    assert_true(static_site_serves(site, STR("/astray"), browser));
    assert_false(static_site_serves(site, STR("/astray"), program));
    assert_false(static_site_serves(site, STR("/api/nothing/"), browser));
    assert_false(static_site_serves(site, STR("/webhook/nothing"), browser));
    assert_false(static_site_serves(site, STR("/metrics"), browser));
}

/* A site of that manifest cannot be opened. */
static void assert_refused(const char *text, enum status expected) {
    struct static_site *other = NULL;
    struct err e = { 0 };
    if (text) put("/bad/manifest.json", text);
    char path[128];
    snprintf(path, sizeof path, "%s/%s", dir, text ? "bad" : "nowhere");
    assert_int_equal(static_site_open(str_from_c(path), &other, &e), expected);
    assert_null(other);
}

static void a_broken_site_is_refused(void **state) {
    (void)state;
    put("/bad/a.html", "a");
    assert_refused(NULL, E_NOT_FOUND);
    assert_refused("", E_INVALID);
    assert_refused("[]", E_INVALID);
    assert_refused("{\"files\":[]}", E_INVALID);
    assert_refused("{\"files\":[{\"path\":\"/missing.html\",\"type\":\"text/html\",\"etag\":\"1\"}]}",
                   E_INVALID);
    assert_refused("{\"files\":[{\"path\":\"/../a.html\",\"type\":\"text/html\",\"etag\":\"1\"}]}",
                   E_INVALID);
    assert_refused("{\"files\":[{\"path\":\"a.html\",\"type\":\"text/html\",\"etag\":\"1\"}]}", E_INVALID);
    assert_refused("{\"files\":[{\"path\":\"/a.html\",\"type\":\"text/html\"}]}", E_INVALID);
    assert_refused("{\"files\":[{\"path\":\"/a.html\",\"type\":\"text/html\\r\\nX: y\",\"etag\":\"1\"}]}",
                   E_INVALID);
    assert_refused(
        "{\"files\":[{\"path\":\"/a.html\",\"type\":\"text/html\",\"etag\":\"1\",\"compressed\":true}]}",
        E_INVALID);
    assert_refused(
        "{\"files\":[{\"path\":\"/a.html\",\"type\":\"text/html\",\"etag\":\"1\"}],\"any\":[\"x\"]}",
        E_INVALID);
    assert_refused("{\"files\":[{\"path\":\"/a.html\",\"type\":\"text/html\",\"etag\":\"1\"}],\"any\":[7]}",
                   E_INVALID);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_and_files_are_found),    cmocka_unit_test(nothing_else_is),
        cmocka_unit_test(a_missing_slash_is_told),      cmocka_unit_test(any_path_is_a_file_or_none),
        cmocka_unit_test(the_forms_of_a_file_are_kept), cmocka_unit_test(the_api_keeps_its_paths),
        cmocka_unit_test(a_broken_site_is_refused),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
