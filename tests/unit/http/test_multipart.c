#include "http/multipart.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <sodium.h>
#include <cmocka.h>

#include "base/buf.h"

#undef fail

/* Writes what it is told as text: "name|filename|data;" */
struct script {
    struct buf text;
    bool in_part;
};

static enum status on_begin(void *ctx, const struct part *part, struct err *e) {
    struct script *s = ctx;
    (void)e;
    assert_false(s->in_part);
    s->in_part = true;
    buf_addf(&s->text, "%.*s|%.*s|", STR_ARG(part->name), STR_ARG(part->filename));
    if (part->has_filename) buf_add(&s->text, STR("F|"));
    return OK;
}

static enum status on_data(void *ctx, struct str bytes, struct err *e) {
    struct script *s = ctx;
    (void)e;
    assert_true(s->in_part && bytes.n > 0);
    buf_add(&s->text, bytes);
    return OK;
}

static enum status on_end(void *ctx, struct err *e) {
    struct script *s = ctx;
    (void)e;
    assert_true(s->in_part);
    s->in_part = false;
    buf_add_char(&s->text, ';');
    return OK;
}

/* Feeds the body in pieces of that size. */
static enum status read_in_pieces(struct str boundary, struct str body, size_t piece, struct script *s) {
    struct multipart *m = malloc(sizeof *m);
    const struct multipart_events events = { s, on_begin, on_data, on_end };
    struct err e = { 0 };
    enum status status = OK;
    buf_init(&s->text, 1024 * 1024);
    s->in_part = false;
    assert_true(multipart_init(m, boundary, &events));
    for (size_t at = 0; at < body.n && status == OK; at += piece)
        status = multipart_feed(m, str_sub(body, at, piece), &e);
    if (status == OK) status = multipart_finish(m, &e);
    if (status != OK) assert_non_null(e.message);
    free(m);
    return status;
}

/* However it is cut, the outcome is the same. */
static void assert_reads(struct str body, const char *wanted) {
    for (size_t piece = 1; piece <= body.n + 1; piece++) {
        struct script s;
        enum status status = read_in_pieces(STR("b"), body, piece, &s);
        if (wanted) {
            assert_int_equal(status, OK);
            assert_int_equal(s.text.n, strlen(wanted));
            assert_memory_equal(s.text.p, wanted, s.text.n);
        } else {
            assert_int_equal(status, E_INVALID);
        }
        buf_done(&s.text);
    }
}

static void reads_fields_and_files(void **state) {
    (void)state;
    assert_reads(
        STR("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n"
            "--b\r\ncontent-type: text/plain\r\ncontent-disposition:form-data;name=f; filename=\"x.txt\"\r\n\r\n"
            "two\r\nlines\r\n--b--\r\nepilogue"),
        "a||1;f|x.txt|F|two\r\nlines;");
    assert_reads(STR("\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n--b--"), "a||;");
    assert_reads(STR("--b--"), "");
}

static void data_that_looks_like_a_boundary_is_data(void **state) {
    (void)state;
    assert_reads(STR("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"
                     "\r\r\n\r\n-\r\n--\r\n--x\r\n--b-x\r\n--bx\r\n--b\rx--b--\r\n--b--"),
                 "a||\r\r\n\r\n-\r\n--\r\n--x\r\n--b-x\r\n--bx\r\n--b\rx--b--;");
}

static void names_may_be_quoted_escaped_or_extended(void **state) {
    (void)state;
#define PART(disposition) "--b\r\nContent-Disposition: " disposition "\r\n\r\nx\r\n--b--"
    assert_reads(STR(PART("form-data; name=\"f\"; filename=\"a \\\"b\\\" \\\\ c:\\d; e.pdf\"")),
                 "f|a \"b\" \\ c:\\d; e.pdf|F|x;");
    assert_reads(STR(PART("form-data; name=\"f\"; filename=\"\"")), "f||F|x;");
    assert_reads(STR(PART("form-data; name=\"f\"; filename*=UTF-8''ordonn%C3%A9e.pdf")),
                 "f|ordonnée.pdf|F|x;");
    assert_reads(STR(PART("form-data; filename=\"a\"; filename*=utf-8'fr'b; name=\"f\"")), "f|b|F|x;");
    assert_reads(STR(PART("form-data; name=\"f\"; filename=\"ordonn\xC3\xA9"
                          "e.pdf\";")),
                 "f|ordonnée.pdf|F|x;");
}

static void malformed_forms_are_refused(void **state) {
    (void)state;
    static const char *const bad[] = {
        "",
        "--b",
        "--b\r\n",
        "--c--",
        "preamble\r\n--b--",
        "\n--b--",
        "--b-x",
        "--bx\r\n",
        "--b\nContent-Disposition: form-data; name=\"a\"\n\nx\n--b--",
        "--b\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--",
        PART("form-data"),
        PART("form-data; name=\"\""),
        PART("form-data; name"),
        PART("form-data; name=\"a"),
        PART("form-data; name=\"a\"x"),
        PART("form-data; name=\"a\"; name=\"b\""),
        PART("form-data; name=\"a\"; filename=\"x\"; filename=\"y\""),
        PART("form-data; name=\"a\"; filename*=latin1''x"),
        PART("form-data; name=\"a\"; filename*=UTF-8''%zz"),
        PART("form-data; name=\"\xFF\""),
        PART("form-data; name=\"a\"; filename=\"\x01\""),
        PART("attachment; name=\"a\""),
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data;\r\n name=\"a\"\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition : form-data; name=\"a\"\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64\r\n\r\nx\r\n--b--",
        "--b\r\nno colon\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--b",
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--b-",
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) assert_reads(str_from_c(bad[i]), NULL);
}

static void heads_of_parts_stop_at_their_limit(void **state) {
    (void)state;
    static char body[2 * PART_HEAD_MAX_BYTES];
    for (int extra = 0; extra <= 1; extra++) {
        static const char disposition[] = "Content-Disposition: form-data; name=\"a\"\r\n";
        size_t filler = PART_HEAD_MAX_BYTES - (sizeof disposition - 1) - 3 - 2 - 2 + (size_t)extra;
        size_t n = (size_t)snprintf(body, sizeof body, "--b\r\n%sX: ", disposition);
        memset(body + n, 'y', filler);
        n += filler;
        n += (size_t)snprintf(body + n, sizeof body - n, "\r\n\r\nx\r\n--b--");
        struct script s;
        enum status status = read_in_pieces(STR("b"), (struct str) { body, n }, 1000, &s);
        assert_int_equal(status, extra ? E_INVALID : OK);
        buf_done(&s.text);
    }
}

static void boundaries_are_checked(void **state) {
    (void)state;
    struct multipart *m = malloc(sizeof *m);
    const struct multipart_events events = { 0 };
    char longest[BOUNDARY_MAX + 2];
    memset(longest, 'x', sizeof longest);
    assert_true(multipart_init(m, (struct str) { longest, BOUNDARY_MAX }, &events));
    assert_false(multipart_init(m, (struct str) { longest, BOUNDARY_MAX + 1 }, &events));
    assert_true(multipart_init(m, STR("'()+_,-./:=? x"), &events));
    assert_false(multipart_init(m, STR(""), &events));
    assert_false(multipart_init(m, STR("ends with "), &events));
    assert_false(multipart_init(m, STR("a\r\nb"), &events));
    assert_false(multipart_init(m, STR("a\"b"), &events));
    free(m);
}

/* ---- the cases beside the project, where they are ---- */

static size_t read_file(int dir, const char *name, char *out, size_t max) {
    int fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    ssize_t n = read(fd, out, max - 1);
    close(fd);
    assert_true(n >= 0);
    out[n] = '\0';
    return (size_t)n;
}

/* "boundary: X" of the description; *error tells whether the case must be refused. */
static struct str read_description(char *text, bool *error) {
    char *at = strstr(text, "boundary: ");
    assert_non_null(at);
    at += strlen("boundary: ");
    *error = strstr(text, "error:") != NULL;
    return (struct str) { at, strcspn(at, "\r\n") };
}

/* The value of "key: value" when the line has that key, else NULL. Quotes are taken away. */
static const char *yaml_value(const char *line, const char *key, char *out, size_t max) {
    const char *at = strstr(line, key);
    if (!at || strspn(line, " -") != (size_t)(at - line)) return NULL;
    at += strlen(key);
    at += strspn(at, " '\"");
    snprintf(out, max, "%.*s", (int)strcspn(at, "'\"\r\n"), at);
    return out;
}

/* What the description expects, as struct script writes it. */
static void expect_from(char *yaml, struct buf *out) {
    char name[200] = "", filename[200] = "", value[200];
    static unsigned char data[64 * 1024];
    bool is_file = false;
    for (char *line = yaml, *next; line; line = next) {
        next = strchr(line, '\n');
        if (next) *next++ = '\0';
        if (yaml_value(line, "name:", name, sizeof name)) filename[0] = '\0';
        if (yaml_value(line, "type:", value, sizeof value)) is_file = strcmp(value, "file") == 0;
        (void)yaml_value(line, "file_name:", filename, sizeof filename);
        if (!yaml_value(line, "data:", value, sizeof value)) continue;
        size_t n = 0;
        const char *end;
        line = next;
        next = line ? strchr(line, '\n') : NULL;
        if (next) *next++ = '\0';
        assert_non_null(line);
        assert_int_equal(sodium_base642bin(data, sizeof data, line, strlen(line), " \r", &n, &end,
                                           sodium_base64_VARIANT_ORIGINAL),
                         0);
        buf_addf(out, "%s|%s|%s", name, filename, is_file ? "F|" : "");
        buf_add(out, (struct str) { (const char *)data, n });
        buf_add_char(out, ';');
    }
}

static void try_case(int dir, const char *http, size_t stem) {
    static char body[64 * 1024], yaml[64 * 1024], boundary_text[200];
    char name[300];
    struct buf wanted;
    bool error;
    size_t n = read_file(dir, http, body, sizeof body);
    snprintf(name, sizeof name, "%.*s.yaml", (int)stem, http);
    (void)read_file(dir, name, yaml, sizeof yaml);
    struct str boundary = read_description(yaml, &error);
    snprintf(boundary_text, sizeof boundary_text, "%.*s", STR_ARG(boundary));
    boundary.p = boundary_text;
    buf_init(&wanted, 1024 * 1024);
    expect_from(yaml, &wanted);
    for (size_t piece = 1; piece < 64; piece++) {
        struct script s;
        enum status status = read_in_pieces(boundary, (struct str) { body, n }, piece, &s);
        if ((status == OK) == error) print_message("%s: status %d\n", http, status);
        assert_int_equal(status == OK, !error);
        if (!error && !str_eq(buf_str(&s.text), buf_str(&wanted)))
            print_message("%s\n%.*s\n%.*s\n", http, STR_ARG(buf_str(&s.text)), STR_ARG(buf_str(&wanted)));
        if (!error) assert_true(str_eq(buf_str(&s.text), buf_str(&wanted)));
        buf_done(&s.text);
    }
    buf_done(&wanted);
}

static bool is_one_of(const char *name, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(name, list[i]) == 0) return true;
    }
    return false;
}

static void follows_the_cases(void **state) {
    (void)state;
    /* The first says another boundary than it uses; the others encode their data, which we refuse. */
    static const char *const wrong[] = { "single_field_blocks.http", "base64_encoding.http",
                                         "quoted_printable_encoding.http", "mixed_case_headers.http",
                                         "mixed_plain_and_base64_encoding.http" };
    char path[512];
    snprintf(path, sizeof path, "%s/../shared/data/http/multipart", getenv("MEDIRECORD_SOURCE_ROOT"));
    DIR *dir = opendir(path);
    if (!dir) skip();
    const struct dirent *entry;
    int tried = 0;
    while ((entry = readdir(dir))) {
        size_t n = strlen(entry->d_name);
        if (n < 5 || strcmp(entry->d_name + n - 5, ".http") != 0 ||
            is_one_of(entry->d_name, wrong, COUNT_OF(wrong)))
            continue;
        try_case(dirfd(dir), entry->d_name, n - 5);
        tried++;
    }
    closedir(dir);
    assert_true(tried >= 25);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_fields_and_files),
        cmocka_unit_test(data_that_looks_like_a_boundary_is_data),
        cmocka_unit_test(names_may_be_quoted_escaped_or_extended),
        cmocka_unit_test(malformed_forms_are_refused),
        cmocka_unit_test(heads_of_parts_stop_at_their_limit),
        cmocka_unit_test(boundaries_are_checked),
        cmocka_unit_test(follows_the_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
