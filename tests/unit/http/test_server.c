/* The server as a client sees it when both behave. */
#include "http/raw_client.h"
#include "test_site.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>
#include <cmocka.h>

#include "base/log.h"

static int begin(void **state) {
    struct site *site = calloc(1, sizeof *site);
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

static void ask(const struct site *site, struct answer *a, const char *method_and_path, const char *headers,
                const char *body) {
    char request[4096];
    snprintf(request, sizeof request, "%s HTTP/1.1\r\nHost: x\r\n%sContent-Length: %zu\r\n\r\n%s",
             method_and_path, headers, strlen(body), body);
    client_ask(site->address, request, a);
}

/* Asks and holds status and body (NULL: any) against what is wanted. */
static void expect(const struct site *site, const char *method_and_path, const char *headers,
                   const char *body, int status, const char *wanted) {
    struct answer a;
    ask(site, &a, method_and_path, headers, body);
    if (a.status != status) print_message("%s: %s%s\n", method_and_path, a.head, a.body ? a.body : "");
    assert_int_equal(a.status, status);
    if (wanted) assert_string_equal(a.body, wanted);
    answer_free(&a);
}

static void answers_on_both_kinds_of_threads(void **state) {
    expect(*state, "GET /ping/", "", "", 200, "{\"status\":\"ok\"}");
    expect(*state, "POST /echo/", "Content-Type: application/json\r\n", "{\"a\":1}", 201, "{\"a\":1}");
}

static void every_answer_is_protected_and_named(void **state) {
    struct site *site = *state;
    static const char *const paths[] = { "GET /ping/", "GET /none/", "GET /broken/", "DELETE /ping/" };
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        struct answer a;
        ask(site, &a, paths[i], "X-Request-Id: client-id.1\r\n", "");
        assert_string_equal(answer_header(&a, "X-Request-Id"), "client-id.1");
        assert_string_equal(answer_header(&a, "X-Content-Type-Options"), "nosniff");
        assert_string_equal(answer_header(&a, "X-Frame-Options"), "DENY");
        assert_string_equal(answer_header(&a, "Referrer-Policy"), "no-referrer");
        assert_string_equal(answer_header(&a, "Cache-Control"), "no-store");
        assert_string_equal(answer_header(&a, "Content-Type"), "application/json");
        assert_non_null(strstr(answer_header(&a, "Content-Security-Policy"), "default-src 'none'"));
        assert_null(answer_header(&a, "Strict-Transport-Security"));
        answer_free(&a);
    }
}

static void request_ids_that_could_be_numbers_are_replaced(void **state) {
    struct site *site = *state;
    static const char *const bad[] = { "221771234567", "short1", "with space", "a<script>aaaa" };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct answer a;
        char header[128];
        snprintf(header, sizeof header, "X-Request-Id: %s\r\n", bad[i]);
        ask(site, &a, "GET /ping/", header, "");
        assert_string_not_equal(answer_header(&a, "X-Request-Id"), bad[i]);
        assert_int_equal(strlen(answer_header(&a, "X-Request-Id")), 16);
        answer_free(&a);
    }
}

static void https_is_kept(void **state) {
    (void)state;
    struct site site = { .public_url = "https://clinic.example" };
    struct answer a;
    site_start(&site);
    ask(&site, &a, "GET /ping/", "", "");
    assert_non_null(answer_header(&a, "Strict-Transport-Security"));
    answer_free(&a);
    site_stop(&site, SECOND_US);
}

static void unknown_paths_and_methods(void **state) {
    struct site *site = *state;
    struct answer a;
    expect(site, "GET /none/", "Accept-Language: en\r\n", "", 404,
           "{\"detail\":\"Not found.\",\"code\":\"not_found\"}");
    expect(site, "GET /none/", "", "", 404, "{\"detail\":\"Introuvable.\",\"code\":\"not_found\"}");
    expect(site, "GET /ping", "Accept-Language: en\r\n", "", 404,
           "{\"detail\":\"Not found: the address lacks its trailing slash.\",\"code\":\"slash_missing\"}");
    ask(site, &a, "PUT /ping/", "", "");
    assert_int_equal(a.status, 405);
    assert_string_equal(answer_header(&a, "Allow"), "GET, HEAD, POST, OPTIONS");
    answer_free(&a);
    ask(site, &a, "BREW /ping/", "", "");
    assert_int_equal(a.status, 405);
    answer_free(&a);
    ask(site, &a, "OPTIONS /echo/", "", "");
    assert_int_equal(a.status, 204);
    assert_string_equal(answer_header(&a, "Allow"), "POST, OPTIONS");
    answer_free(&a);
    expect(site, "OPTIONS /none/", "", "", 404, NULL);
}

static void head_has_the_headers_only(void **state) {
    struct site *site = *state;
    int fd = client_connect(site->address);
    char head[512] = { 0 };
    client_send_text(fd, "HEAD /ping/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    size_t n = 0;
    for (ssize_t got; n < sizeof head - 1 && (got = read(fd, head + n, sizeof head - 1 - n)) > 0;)
        n += (size_t)got;
    close(fd);
    assert_non_null(strstr(head, "HTTP/1.1 200"));
    assert_non_null(strstr(head, "Content-Length: 15"));
    assert_null(strstr(head, "status"));
}

static void who_may_what(void **state) {
    expect(*state, "GET /private/", "", "", 401, NULL);
    expect(*state, "GET /private/", "Authorization: Token bad\r\n", "", 401, NULL);
    expect(*state, "GET /private/", "Authorization: Token good\r\n", "", 200, NULL);
    expect(*state, "GET /admin/", "Authorization: Token good\r\n", "", 403, NULL);
    expect(*state, "GET /admin/", "Cookie: sessionid=s\r\n", "", 200, NULL);
    expect(*state, "GET /ping/", "Authorization: Token bad\r\n", "", 200, NULL);
}

static void cookies_need_the_csrf_token_to_change_something(void **state) {
    static const char json[] = "Content-Type: application/json\r\nCookie: sessionid=s\r\n";
    char with[256], wrong[256];
    snprintf(with, sizeof with, "%sX-CSRFToken: c\r\n", json);
    snprintf(wrong, sizeof wrong, "%sX-CSRFToken: d\r\n", json);
    expect(*state, "POST /private/", json, "{}", 403, NULL);
    expect(*state, "POST /private/", wrong, "{}", 403, NULL);
    expect(*state, "POST /private/", with, "{}", 200, NULL);
    expect(*state, "GET /private/", "Cookie: sessionid=s\r\n", "", 200, NULL);
    /* A public address serves the request, but in nobody's name. */
    expect(*state, "POST /who/1/", "Cookie: sessionid=s\r\n", "", 200,
           "{\"user\":0,\"address\":\"127.0.0.1\",\"lang\":0,\"q\":\"\",\"arg\":\"1\"}");
}

static void reads_arguments_language_and_proxy(void **state) {
    expect(*state, "GET /who/a%20b/?q=caf%C3%A9+noir",
           "Accept-Language: en\r\nX-Forwarded-For: 1.2.3.4, 10.0.0.9\r\n", "", 200,
           "{\"user\":0,\"address\":\"10.0.0.9\",\"lang\":1,\"q\":\"café noir\",\"arg\":\"a b\"}");
    expect(*state, "GET /who/1/", "X-Forwarded-For: nonsense\r\n", "", 200,
           "{\"user\":0,\"address\":\"127.0.0.1\",\"lang\":0,\"q\":\"\",\"arg\":\"1\"}");
}

static void bodies_have_a_type(void **state) {
    expect(*state, "POST /echo/", "", "{}", 415, NULL);
    expect(*state, "POST /echo/", "Content-Type: text/plain\r\n", "{}", 415, NULL);
    expect(*state, "POST /echo/", "Content-Type: application/json; charset=utf-8\r\n", "{}", 201, "{}");
    expect(*state, "POST /echo/", "Content-Type: application/json\r\nContent-Encoding: gzip\r\n", "{}", 415,
           NULL);
    expect(*state, "POST /form", "Content-Type: application/x-www-form-urlencoded\r\n", "Body=a+b%0Ac", 200,
           "\"a b\\nc\"");
    expect(*state, "POST /form", "Content-Type: application/x-www-form-urlencoded\r\n", "Body=%ff", 400,
           NULL);
    expect(*state, "POST /ping/", "", "{}", 200, NULL);
    expect(*state, "POST /ping/", "", " ", 200, NULL);
    expect(*state, "POST /ping/", "", "{\"a\":1}", 400, NULL);
}

static void failures_of_handlers(void **state) {
    struct site *site = *state;
    struct answer a;
    ask(site, &a, "GET /broken/", "Accept-Language: en\r\n", "");
    assert_int_equal(a.status, 500);
    assert_string_equal(a.body,
                        "{\"detail\":\"An internal error occurred. It was recorded.\",\"code\":\"error\"}");
    assert_null(answer_header(&a, "X-Half"));
    answer_free(&a);
    ask(site, &a, "GET /broken/?why=busy", "Accept-Language: en\r\n", "");
    assert_int_equal(a.status, 503);
    assert_string_equal(answer_header(&a, "Retry-After"), "10");
    assert_string_equal(a.body, "{\"detail\":\"Broken.\",\"code\":\"broken\"}");
    answer_free(&a);
}

static void unchanged_answers_are_not_sent_again(void **state) {
    struct site *site = *state;
    struct answer a;
    char header[128];
    ask(site, &a, "GET /ping/", "", "");
    snprintf(header, sizeof header, "If-None-Match: \"other\", %s\r\n", answer_header(&a, "ETag"));
    answer_free(&a);
    expect(site, "GET /ping/", header, "", 304, "");
    expect(site, "GET /ping/", "If-None-Match: W/\"0\"\r\n", "", 200, NULL);
}

static void large_answers_are_compressed_for_those_who_can(void **state) {
    struct site *site = *state;
    struct answer plain, small;
    ask(site, &plain, "GET /big/", "", "");
    assert_null(answer_header(&plain, "Content-Encoding"));
    ask(site, &small, "GET /big/", "Accept-Encoding: gzip\r\n", "");
    assert_string_equal(answer_header(&small, "Content-Encoding"), "gzip");
    assert_non_null(strstr(answer_header(&small, "Vary"), "Accept-Encoding"));
    assert_true(small.body_n < plain.body_n / 2);

    unsigned char *out = malloc(plain.body_n);
    z_stream z = { .next_in = (unsigned char *)small.body,
                   .avail_in = (unsigned)small.body_n,
                   .next_out = out,
                   .avail_out = (unsigned)plain.body_n };
    assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    assert_int_equal(z.total_out, plain.body_n);
    assert_memory_equal(out, plain.body, plain.body_n);
    inflateEnd(&z);
    free(out);
    answer_free(&plain);
    answer_free(&small);
    ask(site, &small, "GET /ping/", "Accept-Encoding: gzip\r\n", "");
    assert_null(answer_header(&small, "Content-Encoding"));
    answer_free(&small);
}

static void streams_and_files(void **state) {
    struct site *site = *state;
    struct answer a;
    expect(site, "GET /file/", "", "", 200, "bytes of a file");
    ask(site, &a, "GET /stream/", "", "");
    assert_string_equal(answer_header(&a, "Transfer-Encoding"), "chunked");
    assert_int_equal(a.body_n, 300000);
    answer_free(&a);
    ask(site, &a, "GET /stream/?size=1", "", "");
    assert_string_equal(answer_header(&a, "Content-Length"), "300000");
    assert_int_equal(a.body_n, 300000);
    answer_free(&a);
    expect(site, "GET /stream/", "Connection: close\r\n", "", 200, NULL);
}

static void one_connection_serves_many_requests(void **state) {
    struct site *site = *state;
    int fd = client_connect(site->address);
    for (int i = 0; i < 100; i++) {
        struct answer a;
        client_send_text(fd, i % 2 ? "GET /ping/ HTTP/1.1\r\nHost: x\r\n\r\n"
                                   : "POST /echo/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                     "Content-Length: 7\r\n\r\n{\"a\":1}");
        client_read(fd, &a);
        assert_int_equal(a.status, i % 2 ? 200 : 201);
        answer_free(&a);
    }
    close(fd);
}

static void pipelined_requests_are_answered_in_order(void **state) {
    struct site *site = *state;
    int fd = client_connect(site->address);
    client_send_text(fd, "GET /who/1/ HTTP/1.1\r\nHost: x\r\n\r\n"
                         "POST /echo/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                         "Content-Length: 3\r\n\r\n[2]"
                         "GET /who/3/ HTTP/1.1\r\nHost: x\r\n\r\n");
    static const char *const wanted[] = { "\"arg\":\"1\"", "[2]", "\"arg\":\"3\"" };
    for (size_t i = 0; i < COUNT_OF(wanted); i++) {
        struct answer a;
        client_read(fd, &a);
        assert_non_null(a.body);
        assert_non_null(strstr(a.body, wanted[i]));
        answer_free(&a);
    }
    close(fd);
}

static void chunked_bodies_are_put_together(void **state) {
    struct site *site = *state;
    struct answer a;
    client_ask(
        site->address,
        "POST /echo/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3\r\n{\"a\r\n1\r\n\"\r\n3\r\n:1}\r\n0\r\n\r\n",
        &a);
    assert_int_equal(a.status, 201);
    assert_string_equal(a.body, "{\"a\":1}");
    answer_free(&a);
}

static void waits_for_the_go_ahead(void **state) {
    struct site *site = *state;
    int fd = client_connect(site->address);
    char go[64] = { 0 };
    client_send_text(
        fd, "POST /echo/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
            "Expect: 100-continue\r\n\r\n");
    assert_true(read(fd, go, 25) == 25);
    assert_non_null(strstr(go, "100 Continue"));
    struct answer a;
    client_send_text(fd, "{}");
    client_read(fd, &a);
    assert_int_equal(a.status, 201);
    answer_free(&a);
    close(fd);
}

static void listens_on_ipv6(void **state) {
    (void)state;
    struct site site = { .listen = "[::1]:0" };
    site_start(&site);
    assert_true(str_starts(site.address, STR("http://[::1]:")));
    expect(&site, "GET /ping/", "", "", 200, NULL);
    site_stop(&site, SECOND_US);
}

static void listens_on_a_unix_socket(void **state) {
    (void)state;
    char dir[] = "/tmp/site-XXXXXX", listen[64];
    assert_non_null(mkdtemp(dir));
    snprintf(listen, sizeof listen, "unix:%s/socket", dir);
    for (int round = 0; round < 2; round++) {
        struct site site = { .listen = listen };
        struct stat st;
        site_start(&site);
        assert_int_equal(stat(listen + 5, &st), 0);
        assert_int_equal(st.st_mode & 0777, 0660);
        expect(&site, "GET /who/1/", "", "", 200,
               "{\"user\":0,\"address\":\"\",\"lang\":0,\"q\":\"\",\"arg\":\"1\"}");

        struct http_server *second = NULL;
        struct err e = { 0 };
        const struct clock clock = clock_system();
        const struct route_set none[] = { { 0 } };
        const struct http_options options = { .listen = str_from_c(listen), .sets = none, .clock = &clock };
        assert_int_equal(http_server_start(&options, &second, &e), E_CONFLICT);
        assert_string_equal(e.message->code, "listen_in_use");
        site_stop(&site, SECOND_US);
        assert_int_equal(stat(listen + 5, &st), -1);
        /* What a killed server leaves behind is in nobody's way. */
        if (round == 0) {
            pid_t child = fork();
            if (child == 0) {
                struct site doomed = { .listen = listen };
                site_start(&doomed);
                _exit(0);
            }
            waitpid(child, NULL, 0);
            assert_int_equal(stat(listen + 5, &st), 0);
        }
    }
    rmdir(dir);
}

static void a_taken_port_is_told(void **state) {
    struct site *site = *state;
    struct http_server *second = NULL;
    struct err e = { 0 };
    const struct clock clock = clock_system();
    const struct route_set none[] = { { 0 } };
    const struct http_options options = { .listen = str_sub(site->address, 7, site->address.n),
                                          .sets = none,
                                          .clock = &clock };
    assert_int_equal(http_server_start(&options, &second, &e), E_CONFLICT);
    assert_string_equal(e.message->code, "listen_in_use");
}

static void bad_addresses_are_told(void **state) {
    (void)state;
    static const char *const bad[] = {
        "",      "8000",  "127.0.0.1",     "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:-1", "::1:8000",
        "unix:", "[::1]", "127.0.0.1:80a", ":8000"
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct http_server *server = NULL;
        struct err e = { 0 };
        const struct clock clock = clock_system();
        const struct route_set none[] = { { 0 } };
        const struct http_options options = { .listen = str_from_c(bad[i]), .sets = none, .clock = &clock };
        assert_int_equal(http_server_start(&options, &server, &e), E_INVALID);
        assert_string_equal(e.message->code, "listen_invalid");
    }
}

int main(void) {
    const struct log_options quiet = { .level = LOG_ERROR, .file = "/dev/null" };
    if (log_open(&quiet, NULL) != OK) return 1;
#define ON_A_SITE(test) cmocka_unit_test_setup_teardown(test, begin, end)
    const struct CMUnitTest tests[] = {
        ON_A_SITE(answers_on_both_kinds_of_threads),
        ON_A_SITE(every_answer_is_protected_and_named),
        ON_A_SITE(request_ids_that_could_be_numbers_are_replaced),
        cmocka_unit_test(https_is_kept),
        ON_A_SITE(unknown_paths_and_methods),
        ON_A_SITE(head_has_the_headers_only),
        ON_A_SITE(who_may_what),
        ON_A_SITE(cookies_need_the_csrf_token_to_change_something),
        ON_A_SITE(reads_arguments_language_and_proxy),
        ON_A_SITE(bodies_have_a_type),
        ON_A_SITE(failures_of_handlers),
        ON_A_SITE(unchanged_answers_are_not_sent_again),
        ON_A_SITE(large_answers_are_compressed_for_those_who_can),
        ON_A_SITE(streams_and_files),
        ON_A_SITE(one_connection_serves_many_requests),
        ON_A_SITE(pipelined_requests_are_answered_in_order),
        ON_A_SITE(chunked_bodies_are_put_together),
        ON_A_SITE(waits_for_the_go_ahead),
        cmocka_unit_test(listens_on_ipv6),
        cmocka_unit_test(listens_on_a_unix_socket),
        ON_A_SITE(a_taken_port_is_told),
        cmocka_unit_test(bad_addresses_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
