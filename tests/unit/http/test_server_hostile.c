/* The server and clients that are slow, broken or mean. */
#include "http/raw_client.h"
#include "test_site.h"

#include <microhttpd.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/log.h"
#include "http/limits.h"

static int begin(void **state) {
    struct site *site = calloc(1, sizeof *site);
    site_start(site);
    *state = site;
    return 0;
}

/* Short deadlines: 300 ms. */
static int begin_hasty(void **state) {
    struct site *site = calloc(1, sizeof *site);
    site->header_deadline_us = site->body_deadline_us = 300000;
    site_start(site);
    *state = site;
    return 0;
}

static int end(void **state) {
    struct site *site = *state;
    site_open_gate(site);
    site_stop(site, 5 * SECOND_US);
    free(site);
    return 0;
}

static void assert_alive(const struct site *site) {
    struct answer a;
    client_ask(site->address, "GET /ping/ HTTP/1.1\r\nHost: x\r\n\r\n", &a);
    assert_int_equal(a.status, 200);
    answer_free(&a);
}

/* Sends, reads one JSON answer with this status, and sees the connection closed. */
static void assert_refused(const struct site *site, const char *request, int status) {
    struct answer a;
    int fd = client_connect(site->address);
    client_send_text(fd, request);
    client_read(fd, &a);
    if (a.status != status) print_message("%s -> %s\n", request, a.head);
    assert_int_equal(a.status, status);
    /* Version 1 of libmicrohttpd is strict itself, and answers with a page of its own before we are asked. */
    bool ours = answer_header(&a, "Content-Type") != NULL;
    assert_true(ours || MHD_get_version()[0] != '0');
    if (ours) assert_string_equal(answer_header(&a, "Content-Type"), "application/json");
    if (ours) assert_non_null(strstr(a.body, "\"code\""));
    assert_true(client_is_closed(fd));
    answer_free(&a);
    close(fd);
}

/* ---- what two parsers could read in two ways ---- */

static void ambiguous_lengths_are_refused(void **state) {
    assert_refused(
        *state, "POST /echo/ HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400);
    assert_refused(
        *state, "POST /echo/ HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}", 400);
    assert_refused(
        *state,
        "POST /echo/ HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
        "0\r\n\r\nGET /ping/ HTTP/1.1\r\nHost: x\r\n\r\n",
        400);
    assert_refused(*state, "GET /ping/ HTTP/1.1\r\nHost: x\r\nContent-Length : 2\r\n\r\n{}", 400);
    assert_refused(*state, "GET /ping/ HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400);
    assert_refused(*state, "GET /ping/ HTTP/1.1\r\n\r\n", 400);
}

static void lengths_that_are_no_numbers_are_refused(void **state) {
    static const char *const bad[] = { "abc", "-1", "+1", "1, 1", "0x10", "99999999999999999999999", "" };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        char request[256];
        snprintf(request, sizeof request, "POST /echo/ HTTP/1.1\r\nHost: x\r\nContent-Length: %s\r\n\r\n{}",
                 bad[i]);
        assert_refused(*state, request, 400);
    }
}

/* Some versions of libmicrohttpd answer these themselves: a status of their own, and the connection ends. */
static void malformed_requests_are_refused(void **state) {
    const struct site *site = *state;
    static const char *const bad[] = {
        "POST /echo/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "POST /echo/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\n\r\n{}",
        "POST /echo/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "GET /ping/ HTTP/2.0\r\nHost: x\r\n\r\n",
        "GET /ping/ HTTP/1.1\r\nHost x\r\n\r\n",
        "GET /ping/\r\nHost: x\r\n\r\n",
        "\x16\x03\x01\x02\x01\r\n\r\n",
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct answer a;
        int fd = client_connect(site->address);
        client_send_text(fd, bad[i]);
        client_read(fd, &a);
        assert_true(a.status == 0 || (a.status >= 400 && a.status < 600));
        assert_true(client_is_closed(fd));
        answer_free(&a);
        close(fd);
    }
    assert_alive(site);
}

static void bad_addresses_are_refused(void **state) {
    struct site *site = *state;
    static const char *const bad[] = { "/ping/%00", "/ping/%ff",  "/ping/?a=%0a",
                                       "/ping/%zz", "/pi\x01ng/", "ping/" };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        char request[256];
        snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: x\r\n\r\n", bad[i]);
        assert_refused(site, request, 400);
    }
    struct answer a;
    int fd = client_connect(site->address);
    client_send(fd, STR("GET /ping/\0/x HTTP/1.1\r\nHost: x\r\n\r\n"));
    client_read(fd, &a);
    assert_true(a.status == 400 || a.status == 0); /* later versions of libmicrohttpd only close */
    answer_free(&a);
    close(fd);
}

static void long_addresses_and_heads_are_refused(void **state) {
    struct site *site = *state;
    static char request[2 * CONNECTION_BYTES];
    size_t n = (size_t)snprintf(request, sizeof request, "GET /ping/?");
    memset(request + n, 'a', URL_MAX_BYTES);
    snprintf(request + n + URL_MAX_BYTES, 64, " HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_refused(site, request, 414);

    n = (size_t)snprintf(request, sizeof request, "GET /ping/ HTTP/1.1\r\nHost: x\r\n");
    for (int i = 0; i < HEADERS_MAX; i++)
        n += (size_t)snprintf(request + n, sizeof request - n, "X-%d: y\r\n", i);
    snprintf(request + n, sizeof request - n, "\r\n");
    assert_refused(site, request, 431);

    n = (size_t)snprintf(request, sizeof request, "GET /ping/ HTTP/1.1\r\nHost: x\r\nX: ");
    memset(request + n, 'a', CONNECTION_BYTES);
    snprintf(request + n + CONNECTION_BYTES, 16, "\r\n\r\n");
    struct answer a;
    int fd = client_connect(site->address);
    (void)client_try_send(fd, str_from_c(request));
    client_read(fd, &a);
    assert_true(a.status == 431 || a.status == 413);
    answer_free(&a);
    close(fd);
    assert_alive(site);
}

/* ---- too much ---- */

static void declared_bodies_stop_at_the_limit(void **state) {
    struct site *site = *state;
    for (int extra = 0; extra <= 1; extra++) {
        char request[2048];
        size_t bytes = (size_t)SITE_BODY_MAX + (size_t)extra;
        size_t n = (size_t)snprintf(
            request, sizeof request,
            "POST /echo/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n",
            bytes);
        memset(request + n, '1', bytes);
        struct answer a;
        int fd = client_connect(site->address);
        client_send(fd, (struct str) { request, n + bytes });
        client_read(fd, &a);
        assert_int_equal(a.status, extra ? 413 : 201);
        answer_free(&a);
        /* The small body was read away, so the connection is kept. */
        client_send_text(fd, "GET /ping/ HTTP/1.1\r\nHost: x\r\n\r\n");
        client_read(fd, &a);
        assert_int_equal(a.status, 200);
        answer_free(&a);
        close(fd);
    }
}

/* A client that reads only after it has written everything still gets the answer, and no reset. */
static void a_huge_declared_body_is_answered_before_it_is_read(void **state) {
    struct site *site = *state;
    static char block[64 * 1024];
    struct answer a;
    int fd = client_connect(site->address);
    client_send_text(fd, "POST /echo/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                         "Content-Length: 104857601\r\n\r\n");
    for (int i = 0; i < 160; i++) (void)client_try_send(fd, (struct str) { block, sizeof block });
    client_read(fd, &a);
    assert_int_equal(a.status, 413);
    assert_non_null(strstr(a.body, "body_too_large"));
    answer_free(&a);
    assert_true(client_is_closed(fd));
    close(fd);
}

static void chunked_bodies_stop_at_the_limit(void **state) {
    struct site *site = *state;
    static char block[4096];
    int fd = client_connect(site->address);
    struct answer a;
    memset(block, '1', sizeof block);
    client_send_text(fd, "POST /echo/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                         "Transfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 4096; i++) {
        if (!client_try_send(fd, STR("1000\r\n"))) break;
        if (!client_try_send(fd, (struct str) { block, sizeof block })) break;
        if (!client_try_send(fd, STR("\r\n"))) break;
    }
    client_read(fd, &a);
    assert_int_equal(a.status, 413);
    assert_string_equal(answer_header(&a, "Connection"), "close");
    assert_non_null(strstr(a.body, "body_too_large"));
    answer_free(&a);
    assert_true(client_is_closed(fd));
    close(fd);
}

/* ---- uploads ---- */

static const char upload_head[] =
    "POST /upload/ HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n";

static void await_uploads_closed(struct site *site, int n) {
    pthread_mutex_lock(&site->lock);
    while (site->uploads_closed < n) pthread_cond_wait(&site->changed, &site->lock);
    pthread_mutex_unlock(&site->lock);
}

/* A multipart body with one field and one file of that size. */
static char *make_upload(size_t file_bytes, size_t *n) {
    static const char before[] =
        "--b\r\nContent-Disposition: form-data; name=\"patient_id\"\r\n\r\n12\r\n"
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"o.pdf\"\r\n\r\n";
    static const char behind[] = "\r\n--b--\r\n";
    char *body = malloc(sizeof before + sizeof behind + file_bytes);
    memcpy(body, before, sizeof before - 1);
    memset(body + sizeof before - 1, '\r', file_bytes);
    memcpy(body + sizeof before - 1 + file_bytes, behind, sizeof behind - 1);
    *n = sizeof before + sizeof behind - 2 + file_bytes;
    return body;
}

static void upload(struct site *site, size_t file_bytes, struct answer *a) {
    char head[512];
    size_t n;
    char *body = make_upload(file_bytes, &n);
    int fd = client_connect(site->address);
    snprintf(head, sizeof head, "%sContent-Length: %zu\r\n\r\n", upload_head, n);
    client_send_text(fd, head);
    (void)client_try_send(fd, (struct str) { body, n });
    client_read(fd, a);
    close(fd);
    free(body);
}

static void uploads_stop_at_the_limit(void **state) {
    struct site *site = *state;
    struct answer a;
    upload(site, SITE_FILE_MAX, &a);
    assert_int_equal(a.status, 201);
    assert_string_equal(a.body, "{\"fields\":\"patient_id=12;file=o.pdf;\",\"files\":1,\"bytes\":204800}");
    answer_free(&a);
    upload(site, SITE_FILE_MAX + 1, &a);
    assert_int_equal(a.status, 413);
    answer_free(&a);
    upload(site, 20 * 1024 * 1024, &a);
    assert_int_equal(a.status, 413);
    assert_non_null(strstr(a.body, "file_too_large"));
    answer_free(&a);
    await_uploads_closed(site, 3);
}

static void uploads_that_break_off_are_forgotten(void **state) {
    struct site *site = *state;
    char head[512];
    size_t n;
    char *body = make_upload(1000, &n);
    for (int i = 0; i < 10; i++) {
        int fd = client_connect(site->address);
        snprintf(head, sizeof head, "%sContent-Length: %zu\r\n\r\n", upload_head, n);
        client_send_text(fd, head);
        client_send(fd, (struct str) { body, n / 2 });
        close(fd);
    }
    free(body);
    await_uploads_closed(site, 10);
    assert_alive(site);
}

static void bad_uploads_are_refused(void **state) {
    struct site *site = *state;
    static const struct {
        const char *body;
        int status;
        const char *code;
    } bad[] = {
        { "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n", 400, "multipart_incomplete" },
        { "--c\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--c--", 400, "multipart_malformed" },
        { "", 400, "multipart_incomplete" },
        { "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xFF\r\n--b--", 400, "field_not_text" },
        { "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n123456789012345678901\r\n--b--", 413,
          "field_too_long" },
        { "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"1\"\r\n\r\n\r\n"
          "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"2\"\r\n\r\n\r\n"
          "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"3\"\r\n\r\n\r\n--b--",
          413, "too_many_parts" },
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        char request[1024];
        struct answer a;
        snprintf(request, sizeof request, "%sContent-Length: %zu\r\n\r\n%s", upload_head, strlen(bad[i].body),
                 bad[i].body);
        client_ask(site->address, request, &a);
        assert_int_equal(a.status, bad[i].status);
        assert_non_null(strstr(a.body, bad[i].code));
        answer_free(&a);
    }
}

/* ---- too slow ---- */

/* Sends one byte whenever nothing came for 20 ms, until the server closes. True if it does so before the text is out. */
static bool drip(int fd, const char *text) {
    for (; *text; text++) {
        struct pollfd p = { .fd = fd, .events = POLLIN };
        char byte;
        if (poll(&p, 1, 20) == 1 && recv(fd, &byte, 1, MSG_DONTWAIT) <= 0) return true;
        if (send(fd, text, 1, MSG_NOSIGNAL) != 1) return true;
    }
    return false;
}

static void slow_heads_are_cut(void **state) {
    struct site *site = *state;
    char text[2048];
    size_t n = (size_t)snprintf(text, sizeof text, "GET /ping/ HTTP/1.1\r\nX: ");
    memset(text + n, 'a', sizeof text - n - 1);
    text[sizeof text - 1] = '\0';
    int fd = client_connect(site->address);
    assert_true(drip(fd, text));
    close(fd);
    /* A connection that says nothing at all ends as well. */
    fd = client_connect(site->address);
    assert_true(client_is_closed(fd));
    close(fd);
    assert_alive(site);
}

static void slow_bodies_are_cut(void **state) {
    struct site *site = *state;
    char text[1024];
    int fd = client_connect(site->address);
    client_send_text(
        fd,
        "POST /echo/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n");
    memset(text, '1', 899);
    text[899] = '\0';
    assert_true(drip(fd, text));
    close(fd);
    /* Half a body and then nothing. */
    fd = client_connect(site->address);
    client_send_text(
        fd,
        "POST /echo/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n111");
    assert_true(client_is_closed(fd));
    close(fd);
    assert_alive(site);
}

static void heads_of_kept_connections_have_the_deadline_too(void **state) {
    struct site *site = *state;
    struct answer a;
    int fd = client_connect(site->address);
    client_send_text(fd, "GET /ping/ HTTP/1.1\r\nHost: x\r\n\r\n");
    client_read(fd, &a);
    answer_free(&a);
    client_send_text(fd, "GET /ping/ HTTP/1.1\r\nX: ");
    assert_true(client_is_closed(fd));
    close(fd);
}

static void a_client_that_does_not_read_is_cut(void **state) {
    struct site *site = *state;
    int fd = client_connect(site->address), small = 4096;
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    for (int i = 0; i < 40; i++) client_send_text(fd, "GET /stream/ HTTP/1.1\r\nHost: x\r\n\r\n");
    pthread_mutex_lock(&site->lock);
    while (site->streams_done == 0) pthread_cond_wait(&site->changed, &site->lock);
    pthread_mutex_unlock(&site->lock);
    close(fd);
    assert_alive(site);
}

/* A deadline is for the client: a handler may take its time. */
static void a_handler_has_no_deadline(void **state) {
    struct site *site = *state;
    struct answer a;
    int fd = client_connect(site->address), slow = client_connect(site->address);
    client_send_text(fd, "GET /wait/ HTTP/1.1\r\nHost: x\r\n\r\n");
    site_await_waiting(site, 1);
    assert_true(client_is_closed(slow)); /* by now the deadline of a connection of the same age is over */
    site_open_gate(site);
    client_read(fd, &a);
    assert_int_equal(a.status, 200);
    answer_free(&a);
    close(slow);
    close(fd);
}

/* Long before its deadline, however the end and the last bytes fall together: hence many times. */
static void half_closed_connections_get_their_answer_or_an_end(void **state) {
    static const char *const halves[] = {
        "POST /echo/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
        "POST /echo/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5",
        "GET /ping/ HTTP/1.1\r\nHo",
        "",
    };
    struct site *site = *state;
    for (int i = 0; i < 40; i++) {
        int fd = client_connect(site->address);
        client_send_text(fd, halves[i % (int)COUNT_OF(halves)]);
        shutdown(fd, SHUT_WR);
        assert_true(client_is_closed(fd));
        close(fd);
    }
    struct answer a;
    int fd = client_connect(site->address);
    client_send_text(fd, "GET /ping/ HTTP/1.1\r\nHost: x\r\n\r\n");
    shutdown(fd, SHUT_WR);
    client_read(fd, &a);
    assert_int_equal(a.status, 200);
    answer_free(&a);
    assert_true(client_is_closed(fd));
    close(fd);
}

int main(void) {
    const struct log_options quiet = { .level = LOG_ERROR, .file = "/dev/null" };
    if (log_open(&quiet, NULL) != OK) return 1;
#define ON_A_SITE(test)       cmocka_unit_test_setup_teardown(test, begin, end)
#define ON_A_HASTY_SITE(test) cmocka_unit_test_setup_teardown(test, begin_hasty, end)
    const struct CMUnitTest tests[] = {
        ON_A_SITE(ambiguous_lengths_are_refused),
        ON_A_SITE(lengths_that_are_no_numbers_are_refused),
        ON_A_SITE(malformed_requests_are_refused),
        ON_A_SITE(bad_addresses_are_refused),
        ON_A_SITE(long_addresses_and_heads_are_refused),
        ON_A_SITE(declared_bodies_stop_at_the_limit),
        ON_A_SITE(a_huge_declared_body_is_answered_before_it_is_read),
        ON_A_SITE(chunked_bodies_stop_at_the_limit),
        ON_A_SITE(uploads_stop_at_the_limit),
        ON_A_SITE(uploads_that_break_off_are_forgotten),
        ON_A_SITE(bad_uploads_are_refused),
        ON_A_HASTY_SITE(slow_heads_are_cut),
        ON_A_HASTY_SITE(slow_bodies_are_cut),
        ON_A_HASTY_SITE(heads_of_kept_connections_have_the_deadline_too),
        ON_A_HASTY_SITE(a_client_that_does_not_read_is_cut),
        ON_A_HASTY_SITE(a_handler_has_no_deadline),
        ON_A_SITE(half_closed_connections_get_their_answer_or_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
