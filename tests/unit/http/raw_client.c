#include "http/raw_client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <cmocka.h>

static int connect_unix(struct str path) {
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    assert_true(path.n < sizeof at.sun_path);
    memcpy(at.sun_path, path.p, path.n);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
    return fd;
}

static int connect_4(const char *host, unsigned short port) {
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(port) };
    assert_int_equal(inet_pton(AF_INET, host, &at.sin_addr), 1);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
    return fd;
}

static int connect_6(const char *host, unsigned short port) {
    struct sockaddr_in6 at = { .sin6_family = AF_INET6, .sin6_port = htons(port) };
    assert_int_equal(inet_pton(AF_INET6, host, &at.sin6_addr), 1);
    int fd = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
    return fd;
}

int client_connect(struct str address) {
    char host[128];
    if (str_starts(address, STR("unix:"))) return connect_unix(str_sub(address, 5, address.n));
    size_t colon = address.n;
    while (address.p[colon - 1] != ':') colon--;
    struct str name = str_sub(address, 7, colon - 8);
    int64_t port;
    assert_true(str_to_i64(str_sub(address, colon, address.n), &port));
    bool v6 = name.p[0] == '[';
    if (v6) name = str_sub(name, 1, name.n - 2);
    snprintf(host, sizeof host, "%.*s", STR_ARG(name));
    return v6 ? connect_6(host, (unsigned short)port) : connect_4(host, (unsigned short)port);
}

bool client_try_send(int fd, struct str bytes) {
    while (bytes.n > 0) {
        struct pollfd p = { .fd = fd, .events = POLLOUT };
        if (poll(&p, 1, WAIT_MS) != 1) return false;
        ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno == EAGAIN) continue;
        if (n < 0) return false;
        bytes = str_sub(bytes, (size_t)n, bytes.n);
    }
    return true;
}

void client_send(int fd, struct str bytes) {
    assert_true(client_try_send(fd, bytes));
}

void client_send_text(int fd, const char *text) {
    client_send(fd, str_from_c(text));
}

/* Up to n bytes; 0 at the end or a reset. */
static size_t receive(int fd, char *out, size_t n) {
    struct pollfd p = { .fd = fd, .events = POLLIN };
    assert_int_equal(poll(&p, 1, WAIT_MS), 1);
    ssize_t got = recv(fd, out, n, 0);
    return got > 0 ? (size_t)got : 0;
}

static bool receive_all(int fd, char *out, size_t n) {
    while (n > 0) {
        size_t got = receive(fd, out, n);
        if (got == 0) return false;
        out += got;
        n -= got;
    }
    return true;
}

/* One line with its end, byte by byte. False at the end of the connection. */
static bool receive_line(int fd, char *out, size_t max) {
    size_t n = 0;
    while (n + 1 < max && receive(fd, out + n, 1) == 1) {
        if (out[n++] == '\n') {
            out[n] = '\0';
            return true;
        }
    }
    return false;
}

static void add_body(int fd, struct answer *a, size_t n) {
    a->body = realloc(a->body, a->body_n + n + 1);
    assert_non_null(a->body);
    assert_true(receive_all(fd, a->body + a->body_n, n));
    a->body_n += n;
    a->body[a->body_n] = '\0';
}

static void read_chunks(int fd, struct answer *a) {
    char line[64];
    for (;;) {
        assert_true(receive_line(fd, line, sizeof line));
        size_t n = strtoul(line, NULL, 16);
        add_body(fd, a, n);
        assert_true(receive_line(fd, line, sizeof line));
        if (n == 0) return;
    }
}

void client_read(int fd, struct answer *a) {
    size_t n = 0;
    *a = (struct answer) { 0 };
    for (;;) {
        char line[2048];
        if (!receive_line(fd, line, sizeof line)) {
            a->status = 0;
            return;
        }
        size_t line_n = strlen(line);
        assert_true(n + line_n < sizeof a->head);
        memcpy(a->head + n, line, line_n + 1);
        n += line_n;
        if (strcmp(line, "\r\n") == 0) break;
    }
    assert_true(str_starts(str_from_c(a->head), STR("HTTP/1.1 ")));
    a->status = (int)strtol(a->head + 9, NULL, 10);
    if (a->status == 100) {
        client_read(fd, a);
        return;
    }
    const char *length = answer_header(a, "Content-Length");
    const char *coding = answer_header(a, "Transfer-Encoding");
    add_body(fd, a, 0);
    if (coding) {
        read_chunks(fd, a);
    } else if (length) {
        add_body(fd, a, strtoul(length, NULL, 10));
    }
}

void answer_free(struct answer *a) {
    free(a->body);
    a->body = NULL;
}

const char *answer_header(const struct answer *a, const char *name) {
    static _Thread_local char value[1024];
    size_t n = strlen(name);
    for (const char *line = strchr(a->head, '\n'); line && line[1] != '\r'; line = strchr(line, '\n')) {
        line++;
        if (strncasecmp(line, name, n) != 0 || line[n] != ':') continue;
        const char *from = line + n + 1 + strspn(line + n + 1, " ");
        snprintf(value, sizeof value, "%.*s", (int)strcspn(from, "\r\n"), from);
        return value;
    }
    return NULL;
}

bool client_is_closed(int fd) {
    char byte;
    struct pollfd p = { .fd = fd, .events = POLLIN };
    return poll(&p, 1, WAIT_MS) == 1 && recv(fd, &byte, 1, 0) <= 0;
}

void client_ask(struct str address, const char *request, struct answer *a) {
    int fd = client_connect(address);
    client_send_text(fd, request);
    client_read(fd, a);
    close(fd);
}
