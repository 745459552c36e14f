/*
 * paced -- asks a server at a steady rate and tells how long the answers took.
 *
 *     paced PORT RATE SECONDS CONNECTIONS REQUESTS-FILE
 *
 * Requests are due at fixed times whatever the server does, and each latency counts from when the request was due, not from when a
 * connection was free for it: a server that stalls cannot hide it. The file holds whole HTTP/1.1 requests, each after a line with its
 * length in bytes; they are used in order, again from the start when they run out.
 *
 * Prints one line: requests, p50 and p99 and the longest in microseconds, answers that were not 2xx.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
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
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS_MAX = 1024, ANSWER_MAX = 256 * 1024 };

struct request {
    const char *p;
    size_t n;
};

struct connection {
    int fd;
    bool busy;
    int64_t due_ns;
    size_t n, need; /* need: 0 until the head was read */
    char answer[ANSWER_MAX + 1];
};

struct load {
    struct request *requests;
    size_t request_count;
    struct connection *connections[CONNECTIONS_MAX];
    int connection_count, epoll, timer;
    int64_t interval_ns, next_due_ns, end_ns;
    size_t sent;
    int64_t *latency_ns;
    size_t done, room;
    uint64_t bad;
};

static int64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void *get(size_t count, size_t size) {
    void *p = calloc(count, size);
    if (!p) die("memory");
    return p;
}

/* Cuts the file into its requests. */
static void load_requests(struct load *l, const char *path) {
    FILE *f = fopen(path, "rb");
    char line[32];

    if (!f) die(path);
    l->requests = get(1 << 20, sizeof *l->requests);
    while (l->request_count < 1 << 20 && fgets(line, sizeof line, f)) {
        size_t n = strtoul(line, NULL, 10);
        char *p = get(n + 1, 1);
        if (n == 0 || fread(p, 1, n, f) != n) die("a request is cut short");
        l->requests[l->request_count++] = (struct request) { p, n };
    }
    fclose(f);
    if (l->request_count == 0) die("no request");
}

static void open_connections(struct load *l, uint16_t port) {
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(port) };

    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int i = 0; i < l->connection_count; i++) {
        struct connection *c = l->connections[i] = get(1, sizeof *c);
        struct epoll_event event = { .events = EPOLLIN, .data.ptr = c };
        int on = 1;
        c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&to, sizeof to) != 0) die("connect");
        setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (epoll_ctl(l->epoll, EPOLL_CTL_ADD, c->fd, &event) != 0) die("epoll_ctl");
    }
}

/* Gives what is due to free connections; what finds none stays due and ages. */
static void send_due(struct load *l, int64_t now) {
    for (int i = 0; i < l->connection_count && l->next_due_ns <= now && l->next_due_ns < l->end_ns; i++) {
        struct connection *c = l->connections[i];
        if (c->busy) continue;
        const struct request *r = &l->requests[l->sent++ % l->request_count];
        if (write(c->fd, r->p, r->n) != (ssize_t)r->n) die("write");
        *c = (struct connection) { .fd = c->fd, .busy = true, .due_ns = l->next_due_ns };
        l->next_due_ns += l->interval_ns;
    }
}

/* The length of head and body, once the head is there; 0 before. */
static size_t answer_length(struct connection *c) {
    const char *end = memmem(c->answer, c->n, "\r\n\r\n", 4);
    if (!end) return 0;
    size_t head = (size_t)(end - c->answer) + 4;
    for (const char *line = c->answer; line && line < end; line = memchr(line, '\n', (size_t)(end - line))) {
        if (*line == '\n') line++;
        if (strncasecmp(line, "content-length:", 15) == 0) return head + strtoul(line + 15, NULL, 10);
    }
    return head;
}

static void read_answer(struct load *l, struct connection *c) {
    ssize_t got = read(c->fd, c->answer + c->n, ANSWER_MAX - c->n);
    if (got <= 0) die("the server closed a connection");
    c->n += (size_t)got;
    c->answer[c->n] = '\0';
    if (c->need == 0) c->need = answer_length(c);
    if (c->need == 0 || c->n < c->need) return;
    if (strncmp(c->answer, "HTTP/1.1 2", 10) != 0) l->bad++;
    if (l->done < l->room) l->latency_ns[l->done++] = now_ns() - c->due_ns;
    c->busy = false;
}

static bool anything_under_way(const struct load *l) {
    for (int i = 0; i < l->connection_count; i++)
        if (l->connections[i]->busy) return true;
    return false;
}

static void wake_at(const struct load *l, int64_t at_ns) {
    struct itimerspec when = { .it_value = { at_ns / 1000000000, at_ns % 1000000000 } };
    if (timerfd_settime(l->timer, TFD_TIMER_ABSTIME, &when, NULL) != 0) die("timerfd_settime");
}

static void run(struct load *l) {
    struct epoll_event events[64];

    while (l->next_due_ns < l->end_ns || anything_under_way(l)) {
        send_due(l, now_ns());
        if (l->next_due_ns < l->end_ns) wake_at(l, l->next_due_ns);
        int n = epoll_wait(l->epoll, events, 64, 10000);
        if (n == 0 || (n < 0 && errno != EINTR)) die("no answer for 10 s");
        for (int i = 0; i < n; i++) {
            uint64_t ticks;
            if (events[i].data.ptr)
                read_answer(l, events[i].data.ptr);
            else if (read(l->timer, &ticks, sizeof ticks) < 0 && errno != EAGAIN)
                die("timer");
        }
    }
}

static int by_length(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv) {
    struct load *l = get(1, sizeof *l);
    if (argc != 6) {
        fprintf(stderr, "usage: paced PORT RATE SECONDS CONNECTIONS REQUESTS-FILE\n");
        return 2;
    }
    double rate = strtod(argv[2], NULL), seconds = strtod(argv[3], NULL);
    l->connection_count = (int)strtol(argv[4], NULL, 10);
    if (rate < 1 || seconds <= 0 || l->connection_count < 1 || l->connection_count > CONNECTIONS_MAX)
        return 2;
    load_requests(l, argv[5]);
    l->epoll = epoll_create1(EPOLL_CLOEXEC);
    l->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    struct epoll_event tick = { .events = EPOLLIN, .data.ptr = NULL };
    if (l->epoll < 0 || l->timer < 0 || epoll_ctl(l->epoll, EPOLL_CTL_ADD, l->timer, &tick) != 0)
        die("epoll");
    open_connections(l, (uint16_t)strtoul(argv[1], NULL, 10));
    l->room = (size_t)(rate * seconds) + 1024;
    l->latency_ns = get(l->room, sizeof *l->latency_ns);
    l->interval_ns = (int64_t)(1e9 / rate);
    l->next_due_ns = now_ns();
    l->end_ns = l->next_due_ns + (int64_t)(seconds * 1e9);
    run(l);
    qsort(l->latency_ns, l->done, sizeof *l->latency_ns, by_length);
    printf("%zu %.0f %.0f %.0f %llu\n", l->done, (double)l->latency_ns[l->done / 2] / 1e3,
           (double)l->latency_ns[l->done * 99 / 100] / 1e3, (double)l->latency_ns[l->done - 1] / 1e3,
           (unsigned long long)l->bad);
    return 0;
}
