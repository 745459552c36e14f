#include "support/fake_service.h"

#include "test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REQUESTS_MAX = 64, REQUEST_BYTES_MAX = 1 << 21, CONNECTIONS = 32 };

struct fake_request {
    char *bytes;
    size_t head_n, n;
};

struct fake_service {
    const struct fake_answer *answers;
    size_t answer_count;
    int listener;
    char url[64];
    pthread_t acceptor;
    pthread_mutex_t lock; /* protects what follows */
    struct fake_request requests[REQUESTS_MAX];
    size_t request_count, connection_count;
    struct fake_connection {
        struct fake_service *service;
        pthread_t thread;
        int fd;
    } connections[CONNECTIONS];
};

static size_t head_end(const char *p, size_t n) {
    struct str s = { p, n };
    size_t at = str_find(s, STR("\r\n\r\n"));
    return at == n ? 0 : at + 4;
}

static size_t content_length(const char *head, size_t n) {
    struct str s = { head, n };
    size_t at = str_find(s, STR("Content-Length: "));
    return at == n ? 0 : (size_t)strtoul(head + at + 16, NULL, 10);
}

/* One whole request; false when the client closed. */
static bool read_request(int fd, struct fake_request *rq) {
    size_t n = 0, head = 0;
    char *p = calloc(1, REQUEST_BYTES_MAX);
    while (p && n < REQUEST_BYTES_MAX && (head == 0 || n < head + content_length(p, head))) {
        ssize_t got = recv(fd, p + n, REQUEST_BYTES_MAX - n, 0);
        if (got <= 0) {
            free(p);
            return false;
        }
        n += (size_t)got;
        if (head == 0) head = head_end(p, n);
    }
    *rq = (struct fake_request) { p, head, n };
    return p != NULL;
}

static struct fake_answer keep_request(struct fake_service *f, const struct fake_request *rq) {
    struct fake_answer answer = { 500, "no more answers", NULL, FAKE_KEEP };
    pthread_mutex_lock(&f->lock);
    if (f->request_count < f->answer_count) answer = f->answers[f->request_count];
    if (f->request_count < REQUESTS_MAX) f->requests[f->request_count++] = *rq;
    pthread_mutex_unlock(&f->lock);
    return answer;
}

static bool send_all(int fd, const char *p, size_t n) {
    while (n > 0) {
        ssize_t sent = send(fd, p, n, MSG_NOSIGNAL);
        if (sent <= 0) return false;
        p += sent;
        n -= (size_t)sent;
    }
    return true;
}

/* False: the connection is over. */
static bool answer_one(int fd, const struct fake_answer *a) {
    char head[1024], byte;
    size_t body_n = a->body ? strlen(a->body) : 0;

    if (a->end == FAKE_HOLD) {
        while (recv(fd, &byte, 1, 0) > 0) {
        }
        return false;
    }
    if (a->end == FAKE_CUT && !a->body) return false;
    int n = snprintf(head, sizeof head, "HTTP/1.1 %d Said\r\nContent-Length: %zu\r\n%s\r\n", a->code, body_n,
                     a->headers ? a->headers : "");
    if (!send_all(fd, head, (size_t)n)) return false;
    if (!send_all(fd, a->body, a->end == FAKE_CUT ? body_n / 2 : body_n)) return false;
    return a->end == FAKE_KEEP;
}

static void *serve_connection(void *ctx) {
    struct fake_connection *c = ctx;
    struct fake_request rq;
    while (read_request(c->fd, &rq)) {
        struct fake_answer answer = keep_request(c->service, &rq);
        if (!answer_one(c->fd, &answer)) break;
    }
    shutdown(c->fd, SHUT_RDWR);
    return NULL;
}

static void *accept_connections(void *ctx) {
    struct fake_service *f = ctx;
    for (;;) {
        int fd = accept(f->listener, NULL, NULL);
        if (fd < 0) return NULL;
        pthread_mutex_lock(&f->lock);
        struct fake_connection *c = &f->connections[f->connection_count];
        *c = (struct fake_connection) { .service = f, .fd = fd };
        bool started = f->connection_count < CONNECTIONS - 1 &&
                       pthread_create(&c->thread, NULL, serve_connection, c) == 0;
        if (started) f->connection_count++;
        pthread_mutex_unlock(&f->lock);
        if (!started) close(fd);
    }
}

static int listen_somewhere(int *port) {
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(fd >= 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(fd, CONNECTIONS), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &size), 0);
    *port = ntohs(at.sin_port);
    return fd;
}

struct fake_service *fake_service_start(const struct fake_answer *answers, size_t count) {
    int port;
    struct fake_service *f = calloc(1, sizeof *f);
    assert_non_null(f);
    f->answers = answers;
    f->answer_count = count;
    f->listener = listen_somewhere(&port);
    snprintf(f->url, sizeof f->url, "http://127.0.0.1:%d", port);
    pthread_mutex_init(&f->lock, NULL);
    assert_int_equal(pthread_create(&f->acceptor, NULL, accept_connections, f), 0);
    return f;
}

void fake_service_stop(struct fake_service *f) {
    shutdown(f->listener, SHUT_RDWR);
    pthread_join(f->acceptor, NULL);
    close(f->listener);
    for (size_t i = 0; i < f->connection_count; i++) {
        shutdown(f->connections[i].fd, SHUT_RDWR);
        pthread_join(f->connections[i].thread, NULL);
        close(f->connections[i].fd);
    }
    for (size_t i = 0; i < f->request_count; i++) free(f->requests[i].bytes);
    pthread_mutex_destroy(&f->lock);
    free(f);
}

const char *fake_service_url(const struct fake_service *f) {
    return f->url;
}

size_t fake_service_request_count(struct fake_service *f) {
    pthread_mutex_lock(&f->lock);
    size_t n = f->request_count;
    pthread_mutex_unlock(&f->lock);
    return n;
}

size_t fake_service_connection_count(struct fake_service *f) {
    pthread_mutex_lock(&f->lock);
    size_t n = f->connection_count;
    pthread_mutex_unlock(&f->lock);
    return n;
}

static const struct fake_request *request_at(struct fake_service *f, size_t i) {
    assert_true(i < fake_service_request_count(f));
    return &f->requests[i];
}

struct str fake_service_head(struct fake_service *f, size_t i) {
    const struct fake_request *rq = request_at(f, i);
    return (struct str) { rq->bytes, rq->head_n };
}

struct str fake_service_body(struct fake_service *f, size_t i) {
    const struct fake_request *rq = request_at(f, i);
    return (struct str) { rq->bytes + rq->head_n, rq->n - rq->head_n };
}

int fake_service_closed_port(void) {
    int port, fd = listen_somewhere(&port);
    close(fd);
    return port;
}
