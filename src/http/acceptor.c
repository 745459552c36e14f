#include "http/acceptor.h"

#include <errno.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"

enum { EVENTS = 64, LINGER_BYTES_MAX = 256 * 1024 * 1024, DESCRIPTORS_KEPT = 128 };

struct lingering {
    int fd;
    int64_t until_us, bytes;
};

struct acceptor {
    int epoll, wake; /* eventfd */
    pthread_t thread;
    bool running;
    atomic_bool stopping, door_closed;
    const struct listeners *listeners;
    struct http_thread *const *threads;
    int thread_count, connections_max;
    bool door_is_shut;
    sem_t shut;     /* posted once: nobody is let in any more */
    bool listening; /* epoll tells of new connections */

    pthread_mutex_t lock; /* the sockets below that came from other threads; innermost */
    int arrived[LINGER_MAX];
    int arrived_count;

    struct lingering lingering[LINGER_MAX]; /* of this thread alone */
    int lingering_count;
};

/* What epoll tells: which of these, or (from LISTENER_0 on) which listener. */
enum { TAG_WAKE, TAG_LINGER, TAG_LISTENER_0 };

static bool watch(struct acceptor *a, int fd, uint32_t events, uint64_t tag) {
    struct epoll_event event = { .events = events, .data.u64 = tag };
    return epoll_ctl(a->epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

/* ---- accepting ---- */

static int total_load(const struct acceptor *a) {
    int n = 0;
    for (int i = 0; i < a->thread_count; i++) n += http_thread_load(a->threads[i]);
    return n;
}

static struct http_thread *least_loaded(const struct acceptor *a) {
    struct http_thread *best = a->threads[0];
    for (int i = 1; i < a->thread_count; i++) {
        if (http_thread_load(a->threads[i]) < http_thread_load(best)) best = a->threads[i];
    }
    return best;
}

static void send_away(struct acceptor *a, int fd) {
    static const char body[] =
        "{\"detail\":\"Trop de connexions, réessayez dans un instant. / Too many connections, try again shortly.\","
        "\"code\":\"unavailable\"}";
    char answer[512];
    int n =
        snprintf(answer, sizeof answer,
                 "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 2\r\n"
                 "Content-Type: application/json\r\nCache-Control: no-store\r\nContent-Length: %zu\r\n\r\n%s",
                 sizeof body - 1, body);
    (void)!send(fd, answer, (size_t)n, MSG_DONTWAIT | MSG_NOSIGNAL);
    acceptor_linger(a, fd);
}

static void listen_to_door(struct acceptor *a, bool yes) {
    for (int i = 0; i < a->listeners->count; i++) {
        struct epoll_event event = { .events = yes ? EPOLLIN : 0, .data.u64 = TAG_LISTENER_0 + (uint64_t)i };
        epoll_ctl(a->epoll, EPOLL_CTL_MOD, a->listeners->fds[i], &event);
    }
    a->listening = yes;
}

/* True: accept() may be called again at once. */
static bool accept_one(struct acceptor *a, int listener) {
    struct sockaddr_storage at = { 0 };
    socklen_t n = sizeof at;
    int fd = accept4(listener, (struct sockaddr *)&at, &n, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) {
        /* Without descriptors or memory the connection waits in the kernel; the next look asks again. */
        if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
            listen_to_door(a, false);
        return errno == ECONNABORTED || errno == EINTR;
    }
    if (total_load(a) >= a->connections_max) {
        send_away(a, fd);
        return true;
    }
    http_thread_add(least_loaded(a), fd, (const struct sockaddr *)&at, n);
    return true;
}

static void accept_all(struct acceptor *a, int listener) {
    for (int i = 0; i < EVENTS && accept_one(a, listener); i++) {
    }
}

/* ---- lingering ---- */

void acceptor_linger(void *ctx, int take_fd) {
    struct acceptor *a = ctx;
    shutdown(take_fd, SHUT_WR);
    pthread_mutex_lock(&a->lock);
    bool room = a->arrived_count < LINGER_MAX;
    if (room) a->arrived[a->arrived_count++] = take_fd;
    pthread_mutex_unlock(&a->lock);
    if (!room) close(take_fd);
    eventfd_write(a->wake, 1);
}

static void take_arrived(struct acceptor *a) {
    int64_t until = clock_monotonic_us() + LINGER_US;
    pthread_mutex_lock(&a->lock);
    for (int i = 0; i < a->arrived_count; i++) {
        int fd = a->arrived[i];
        if (a->lingering_count < LINGER_MAX && watch(a, fd, EPOLLIN | EPOLLRDHUP, TAG_LINGER)) {
            a->lingering[a->lingering_count++] = (struct lingering) { .fd = fd, .until_us = until };
        } else {
            close(fd);
        }
    }
    a->arrived_count = 0;
    pthread_mutex_unlock(&a->lock);
}

/* Reads away what is there; false when the client is done, or was given enough. */
static bool drain(struct lingering *l, int64_t now_us) {
    char unused[64 * 1024];
    if (now_us >= l->until_us) return false;
    for (int i = 0; i < EVENTS; i++) {
        ssize_t n = recv(l->fd, unused, sizeof unused, MSG_DONTWAIT);
        if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) return false;
        if (n < 0) return true;
        l->bytes += n;
        if (l->bytes > LINGER_BYTES_MAX) return false;
    }
    return true;
}

static void drain_all(struct acceptor *a, bool give_up) {
    int64_t now_us = clock_monotonic_us();
    for (int i = 0; i < a->lingering_count;) {
        if (!give_up && drain(&a->lingering[i], now_us)) {
            i++;
            continue;
        }
        close(a->lingering[i].fd);
        a->lingering[i] = a->lingering[--a->lingering_count];
    }
}

/* ---- the thread ---- */

/* A socket of our own refuses from here on; one that systemd passed keeps its queue for the next server. */
static void shut_door(struct acceptor *a) {
    if (a->door_is_shut) return;
    for (int i = 0; i < a->listeners->count; i++) {
        epoll_ctl(a->epoll, EPOLL_CTL_DEL, a->listeners->fds[i], &(struct epoll_event) { 0 });
        if (!a->listeners->passed) shutdown(a->listeners->fds[i], SHUT_RDWR);
    }
    a->listening = false;
    a->door_is_shut = true;
    sem_post(&a->shut);
}

static void look_at_connections(const struct acceptor *a) {
    int64_t now_us = clock_monotonic_us();
    for (int i = 0; i < a->thread_count; i++) {
        struct connection_list *list = http_thread_connections(a->threads[i]);
        connection_list_cut_late(list, now_us);
        connection_list_wake_ended(list);
    }
}

static void *serve(void *arg) {
    struct acceptor *a = arg;
    struct epoll_event events[EVENTS];
    int64_t next_look = 0;
    while (!atomic_load(&a->stopping)) {
        bool closed = atomic_load(&a->door_closed);
        bool quiet = a->lingering_count == 0 && total_load(a) == 0 && (a->listening || closed);
        int n = epoll_wait(a->epoll, events, EVENTS, quiet ? -1 : WATCH_TICK_MS);
        for (int i = 0; i < n; i++) {
            uint64_t tag = events[i].data.u64;
            eventfd_t count;
            if (tag == TAG_WAKE) eventfd_read(a->wake, &count);
            if (tag >= TAG_LISTENER_0 && a->listening && !atomic_load(&a->door_closed))
                accept_all(a, a->listeners->fds[tag - TAG_LISTENER_0]);
        }
        if (atomic_load(&a->door_closed)) shut_door(a);
        take_arrived(a);
        drain_all(a, false);
        if (clock_monotonic_us() < next_look) continue;
        look_at_connections(a);
        if (!a->listening && !atomic_load(&a->door_closed)) listen_to_door(a, true);
        next_look = clock_monotonic_us() + WATCH_TICK_MS * 1000;
    }
    take_arrived(a);
    drain_all(a, true);
    return NULL;
}

/* ---- life ---- */

struct acceptor *acceptor_new(void) {
    struct acceptor *a = calloc(1, sizeof *a);
    if (!a) return NULL;
    pthread_mutex_init(&a->lock, NULL);
    sem_init(&a->shut, 0, 0);
    a->epoll = epoll_create1(EPOLL_CLOEXEC);
    a->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (a->epoll >= 0 && a->wake >= 0 && watch(a, a->wake, EPOLLIN, TAG_WAKE)) return a;
    acceptor_free(a);
    return NULL;
}

/* As many connections as there are descriptors for, beside those of files and the database. */
static int affordable_connections(void) {
    struct rlimit r;
    if (getrlimit(RLIMIT_NOFILE, &r) != 0) return 256;
    rlim_t wanted = CONNECTIONS_MAX + DESCRIPTORS_KEPT + LINGER_MAX;
    if (r.rlim_cur < wanted) {
        r.rlim_cur = r.rlim_max < wanted ? r.rlim_max : wanted;
        setrlimit(RLIMIT_NOFILE, &r);
        getrlimit(RLIMIT_NOFILE, &r);
    }
    if (r.rlim_cur >= wanted) return CONNECTIONS_MAX;
    return r.rlim_cur > 2 * DESCRIPTORS_KEPT ? (int)r.rlim_cur - DESCRIPTORS_KEPT : DESCRIPTORS_KEPT / 2;
}

enum status acceptor_start(struct acceptor *a, const struct listeners *listeners,
                           struct http_thread *const *threads, int thread_count, struct err *e) {
    a->listeners = listeners;
    a->threads = threads;
    a->thread_count = thread_count;
    a->connections_max = affordable_connections();
    for (int i = 0; i < listeners->count; i++) {
        if (!watch(a, listeners->fds[i], EPOLLIN, TAG_LISTENER_0 + (uint64_t)i))
            return fail_errno(e, E_INTERNAL, NULL, "cannot watch a listening socket");
    }
    a->listening = true;
    if (pthread_create(&a->thread, NULL, serve, a) != 0)
        return fail(e, E_INTERNAL, NULL, "cannot start the acceptor");
    a->running = true;
    return OK;
}

void acceptor_close_door(struct acceptor *a) {
    atomic_store(&a->door_closed, true);
    eventfd_write(a->wake, 1);
    while (a->running && sem_wait(&a->shut) != 0) {
    }
}

void acceptor_stop(struct acceptor *a) {
    if (!a || !a->running) return;
    atomic_store(&a->stopping, true);
    eventfd_write(a->wake, 1);
    pthread_join(a->thread, NULL);
    a->running = false;
}

void acceptor_free(struct acceptor *a) {
    if (!a) return;
    acceptor_stop(a);
    for (int i = 0; i < a->arrived_count; i++) close(a->arrived[i]);
    if (a->epoll >= 0) close(a->epoll);
    if (a->wake >= 0) close(a->wake);
    pthread_mutex_destroy(&a->lock);
    sem_destroy(&a->shut);
    free(a);
}
