/*
 * stub -- a carrier that takes every message at once, as Twilio would answer: what the sender is measured against.
 *
 *     stub
 *
 * Prints its port and serves until its standard input ends.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REQUEST_MAX = 64 * 1024, EVENTS = 64 };

struct connection {
    int fd;
    size_t n;
    char bytes[REQUEST_MAX + 1];
};

static void die(const char *what) {
    perror(what);
    exit(1);
}

/* The length of the request that stands first in the buffer; 0: it is not whole. */
static size_t request_length(const struct connection *c) {
    const char *end = strstr(c->bytes, "\r\n\r\n"), *line = c->bytes;
    size_t body = 0;

    if (!end) return 0;
    while (line && line < end) {
        if (strncasecmp(line, "content-length:", 15) == 0) body = strtoul(line + 15, NULL, 10);
        line = strchr(line, '\n');
        if (line) line++;
    }
    size_t whole = (size_t)(end - c->bytes) + 4 + body;
    return whole <= c->n ? whole : 0;
}

static void answer(const struct connection *c, uint64_t number) {
    char out[512], body[256];
    int n = snprintf(body, sizeof body, "{\"sid\":\"SM%032llx\",\"status\":\"queued\",\"error_code\":null}",
                     (unsigned long long)number);
    n = snprintf(out, sizeof out,
                 "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", n,
                 body);
    if (write(c->fd, out, (size_t)n) != n) die("write");
}

/* False: the connection is over. */
static bool serve(struct connection *c, uint64_t *number) {
    ssize_t got = read(c->fd, c->bytes + c->n, REQUEST_MAX - c->n);
    if (got <= 0) return false;
    c->n += (size_t)got;
    c->bytes[c->n] = '\0';
    for (size_t used; (used = request_length(c)) > 0;) {
        answer(c, ++*number);
        c->n -= used;
        memmove(c->bytes, c->bytes + used, c->n + 1);
    }
    return true;
}

static void watch(int epoll, int fd, void *tag) {
    struct epoll_event event = { .events = EPOLLIN, .data.ptr = tag };
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) != 0) die("epoll_ctl");
}

static void take_connection(int epoll, int listener) {
    struct connection *c = calloc(1, sizeof *c);
    int on = 1;
    if (!c || (c->fd = accept(listener, NULL, NULL)) < 0) die("accept");
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    watch(epoll, c->fd, c);
}

static int listen_somewhere(void) {
    struct sockaddr_in at = { .sin_family = AF_INET };
    socklen_t size = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof at) != 0 || listen(fd, 1024) != 0) die("listen");
    if (getsockname(fd, (struct sockaddr *)&at, &size) != 0) die("getsockname");
    printf("%d\n", ntohs(at.sin_port));
    fflush(stdout);
    return fd;
}

int main(void) {
    struct epoll_event events[EVENTS];
    int input = STDIN_FILENO, listener = listen_somewhere(), epoll = epoll_create1(EPOLL_CLOEXEC);
    /* Names of an earlier run must not come again. */
    uint64_t number = (uint64_t)getpid() << 40;

    if (epoll < 0) die("epoll");
    watch(epoll, listener, &listener);
    watch(epoll, input, &input);
    for (;;) {
        int n = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < n; i++) {
            void *tag = events[i].data.ptr;
            if (tag == &input) return 0;
            if (tag == &listener) {
                take_connection(epoll, listener);
            } else if (!serve(tag, &number)) {
                close(((struct connection *)tag)->fd);
                free(tag);
            }
        }
    }
}
