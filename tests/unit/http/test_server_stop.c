/* Many at once, fair shares, and an end in good order. */
#include "http/raw_client.h"
#include "test_site.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/log.h"
#include "http/limits.h"

static void ask_to_wait(int fd) {
    client_send_text(fd, "GET /wait/ HTTP/1.1\r\nHost: x\r\n\r\n");
}

static void assert_ping(int fd) {
    struct answer a;
    client_send_text(fd, "GET /ping/ HTTP/1.1\r\nHost: x\r\n\r\n");
    client_read(fd, &a);
    assert_int_equal(a.status, 200);
    answer_free(&a);
}

static void a_thousand_requests_may_wait(void **state) {
    (void)state;
    enum { MANY = 1000, WORKERS = 2 };
    struct site site = { .request_workers = WORKERS };
    static int fds[MANY];
    site_start(&site);
    int other = client_connect(site.address);
    for (int i = 0; i < MANY; i++) {
        fds[i] = client_connect(site.address);
        ask_to_wait(fds[i]);
    }
    site_await_waiting(&site, WORKERS);
    for (int i = 0; i < 100; i++) assert_ping(other);
    site_open_gate(&site);
    for (int i = 0; i < MANY; i++) {
        struct answer a;
        client_read(fds[i], &a);
        assert_int_equal(a.status, 200);
        answer_free(&a);
        close(fds[i]);
    }
    close(other);
    site_stop(&site, SECOND_US);
}

/* Waits until so many of the connections have something to read. */
static void await_answers(const int *fds, size_t count, int wanted) {
    int epoll = epoll_create1(EPOLL_CLOEXEC), seen = 0;
    for (size_t i = 0; i < count; i++) {
        struct epoll_event event = { .events = EPOLLIN | EPOLLONESHOT };
        assert_int_equal(epoll_ctl(epoll, EPOLL_CTL_ADD, fds[i], &event), 0);
    }
    while (seen < wanted) {
        struct epoll_event event;
        assert_int_equal(epoll_wait(epoll, &event, 1, WAIT_MS), 1);
        seen++;
    }
    close(epoll);
}

/* Beyond the queue the answer is "later", at once, and everybody in the queue is still served. */
static void a_full_queue_is_an_answer(void **state) {
    (void)state;
    enum { WORKERS = 1, EXTRA = 5, MANY = WORKERS + WORKER_QUEUE_MAX + EXTRA };
    struct site site = { .request_workers = WORKERS };
    static int fds[MANY];
    struct answer a;
    int served = 0, later = 0;
    site_start(&site);
    fds[0] = client_connect(site.address);
    ask_to_wait(fds[0]);
    site_await_waiting(&site, 1);
    for (int i = 1; i < MANY; i++) {
        fds[i] = client_connect(site.address);
        ask_to_wait(fds[i]);
    }
    await_answers(fds, MANY, EXTRA); /* while the gate is shut */
    site_open_gate(&site);
    for (int i = 0; i < MANY; i++) {
        client_read(fds[i], &a);
        served += a.status == 200;
        if (a.status == 503) assert_string_equal(answer_header(&a, "Retry-After"), "2");
        later += a.status == 503;
        answer_free(&a);
        close(fds[i]);
    }
    assert_int_equal(served, WORKERS + WORKER_QUEUE_MAX);
    assert_int_equal(later, EXTRA);
    site_stop(&site, SECOND_US);
}

static void *stop_gently(void *server) {
    http_server_stop(server, 20 * SECOND_US);
    return NULL;
}

static void stopping_finishes_what_began(void **state) {
    (void)state;
    struct site site = { .http_threads = 1, .request_workers = 1 };
    struct answer a;
    pthread_t stopper;
    char address[64];
    site_start(&site);
    snprintf(address, sizeof address, "%.*s", STR_ARG(site.address));
    int busy = client_connect(site.address), idle = client_connect(site.address);
    int half = client_connect(site.address), queued = client_connect(site.address);
    assert_ping(idle);
    client_send_text(half, "GET /ping/ HT");
    ask_to_wait(busy);
    site_await_waiting(&site, 1);
    ask_to_wait(queued);
    /* By then the one before it is in the queue: both went to the one thread, in this order. */
    assert_ping(idle);

    assert_int_equal(pthread_create(&stopper, NULL, stop_gently, site.server), 0);
    assert_true(client_is_closed(idle));
    assert_true(client_is_closed(half));
    site_open_gate(&site);
    client_read(busy, &a);
    assert_int_equal(a.status, 200);
    assert_string_equal(answer_header(&a, "Connection"), "close");
    answer_free(&a);
    assert_true(client_is_closed(busy));
    client_read(queued, &a);
    assert_int_equal(a.status, 200);
    answer_free(&a);
    pthread_join(stopper, NULL);

    struct sockaddr_in at = { .sin_family = AF_INET,
                              .sin_port = htons((uint16_t)strtoul(strrchr(address, ':') + 1, NULL, 10)),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int gone = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(connect(gone, (struct sockaddr *)&at, sizeof at), -1);
    close(gone);
    close(busy);
    close(idle);
    close(half);
    close(queued);
    site.server = NULL;
    site_stop(&site, 0);
}

static void *stop_at_once(void *server) {
    http_server_stop(server, 0);
    return NULL;
}

/* Without a time of grace nothing is left hanging either: what waits is answered, if only with "later". */
static void stopping_at_once_answers_everybody(void **state) {
    (void)state;
    struct site site = { .request_workers = 1 };
    pthread_t stopper;
    int fds[10];
    site_start(&site);
    int idle = client_connect(site.address);
    for (size_t i = 0; i < COUNT_OF(fds); i++) {
        fds[i] = client_connect(site.address);
        ask_to_wait(fds[i]);
        if (i == 0) site_await_waiting(&site, 1);
    }
    assert_ping(idle);
    assert_int_equal(pthread_create(&stopper, NULL, stop_at_once, site.server), 0);
    assert_true(client_is_closed(idle));
    site_open_gate(&site);
    pthread_join(stopper, NULL);
    for (size_t i = 0; i < COUNT_OF(fds); i++) {
        char byte[4096];
        while (recv(fds[i], byte, sizeof byte, 0) > 0) {
        }
        close(fds[i]);
    }
    close(idle);
    site.server = NULL;
    site_stop(&site, 0);
}

/* How many of the connections each HTTP thread serves; returns the number of threads. */
static int count_by_thread(const int *fds, size_t count, int *seen, size_t threads) {
    char names[8][32];
    int kinds = 0;
    for (size_t i = 0; i < count; i++) {
        struct answer a;
        client_send_text(fds[i], "GET /thread/ HTTP/1.1\r\nHost: x\r\n\r\n");
        client_read(fds[i], &a);
        assert_int_equal(a.status, 200);
        int k = 0;
        while (k < kinds && strcmp(names[k], a.body) != 0) k++;
        assert_true((size_t)k < threads && a.body_n < sizeof names[0]);
        if (k == kinds) memcpy(names[kinds++], a.body, a.body_n + 1);
        seen[k]++;
        answer_free(&a);
    }
    return kinds;
}

static void connections_are_shared_evenly(void **state) {
    (void)state;
    enum { THREADS = 4, EACH = 8 };
    struct site site = { .http_threads = THREADS };
    int fds[THREADS * EACH];
    site_start(&site);
    for (size_t i = 0; i < COUNT_OF(fds); i++) {
        fds[i] = client_connect(site.address);
        assert_ping(fds[i]);
    }
    int seen[THREADS] = { 0 };
    int kinds = count_by_thread(fds, COUNT_OF(fds), seen, THREADS);
    assert_int_equal(kinds, THREADS);
    for (int i = 0; i < THREADS; i++) assert_int_equal(seen[i], EACH);
    for (size_t i = 0; i < COUNT_OF(fds); i++) close(fds[i]);
    site_stop(&site, SECOND_US);
}

/* A child gets the listening socket as descriptor 3, as systemd passes it, and serves one request from it. */
static void listens_on_a_passed_socket(void **state) {
    (void)state;
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t n = sizeof at;
    char address[64];
    int listener = socket(AF_INET, SOCK_STREAM, 0), status = -1, stop[2];
    assert_int_equal(bind(listener, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(listener, 16), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&at, &n), 0);
    assert_int_equal(pipe(stop), 0);
    snprintf(address, sizeof address, "http://127.0.0.1:%d", ntohs(at.sin_port));

    pid_t child = fork();
    if (child == 0) {
        char pid[16], byte;
        int end = fcntl(stop[0], F_DUPFD, 10);
        close(stop[1]);
        dup2(listener, 3);
        snprintf(pid, sizeof pid, "%d", getpid());
        setenv("LISTEN_PID", pid, 1);
        setenv("LISTEN_FDS", "1", 1);
        struct site site = { .listen = "ignored" };
        site_start(&site);
        bool same = str_eq(site.address, str_from_c(address));
        (void)!read(end, &byte, 1); /* ends with the test */
        site_stop(&site, SECOND_US);
        _exit(same ? 0 : 1);
    }
    struct answer a;
    client_ask(str_from_c(address), "GET /ping/ HTTP/1.1\r\nHost: x\r\n\r\n", &a);
    assert_int_equal(a.status, 200);
    answer_free(&a);
    close(stop[1]);
    close(stop[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    /* The socket was not shut: the next server can take over what waits in it. */
    int next = client_connect(str_from_c(address));
    close(next);
    close(listener);
}

/* A child with few descriptors serves as many connections as it can afford, and tells the next one so. */
static void connections_stop_at_the_limit(void **state) {
    (void)state;
    enum { DESCRIPTORS = 300, AFFORDABLE = DESCRIPTORS - 128 };
    int told[2], stop[2], fds[AFFORDABLE], status = -1;
    char address[64] = "";
    assert_int_equal(pipe(told), 0);
    assert_int_equal(pipe(stop), 0);
    pid_t child = fork();
    if (child == 0) {
        const struct rlimit few = { DESCRIPTORS, DESCRIPTORS };
        char byte;
        close(stop[1]);
        struct site site = { 0 };
        if (setrlimit(RLIMIT_NOFILE, &few) != 0) _exit(2);
        site_start(&site);
        (void)!write(told[1], site.address.p, site.address.n);
        (void)!read(stop[0], &byte, 1);
        site_stop(&site, SECOND_US);
        _exit(0);
    }
    assert_true(read(told[0], address, sizeof address - 1) > 0);
    for (size_t i = 0; i < AFFORDABLE; i++) {
        fds[i] = client_connect(str_from_c(address));
        assert_ping(fds[i]);
    }
    struct answer a;
    client_ask(str_from_c(address), "GET /ping/ HTTP/1.1\r\nHost: x\r\n\r\n", &a);
    assert_int_equal(a.status, 503);
    assert_string_equal(answer_header(&a, "Retry-After"), "2");
    assert_non_null(strstr(a.body, "\"code\":\"unavailable\"}"));
    answer_free(&a);
    assert_ping(fds[0]);
    close(stop[1]);
    for (size_t i = 0; i < AFFORDABLE; i++) close(fds[i]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    close(told[0]), close(told[1]), close(stop[0]);
}

int main(void) {
    const struct log_options quiet = { .level = LOG_ERROR, .file = "/dev/null" };
    if (log_open(&quiet, NULL) != OK) return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(listens_on_a_passed_socket),         cmocka_unit_test(a_thousand_requests_may_wait),
        cmocka_unit_test(a_full_queue_is_an_answer),          cmocka_unit_test(stopping_finishes_what_began),
        cmocka_unit_test(stopping_at_once_answers_everybody), cmocka_unit_test(connections_are_shared_evenly),
        cmocka_unit_test(connections_stop_at_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
