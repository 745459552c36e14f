#include "http/connection.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>

void connection_list_init(struct connection_list *list) {
    pthread_mutex_init(&list->lock, NULL);
    list->head = NULL;
    atomic_init(&list->count, 0);
}

void connection_list_done(struct connection_list *list) {
    pthread_mutex_destroy(&list->lock);
}

static bool is_loopback_4(uint32_t address) {
    return ntohl(address) >> 24 == 127;
}

static void describe(struct connection *c, const struct sockaddr *sa) {
    c->trusted = true;
    if (!sa) return;
    if (sa->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, sa, sizeof in);
        inet_ntop(AF_INET, &in.sin_addr, c->address, sizeof c->address);
        c->trusted = is_loopback_4(in.sin_addr.s_addr);
    } else if (sa->sa_family == AF_INET6) {
        struct sockaddr_in6 in6;
        memcpy(&in6, sa, sizeof in6);
        if (IN6_IS_ADDR_V4MAPPED(&in6.sin6_addr)) {
            uint32_t v4;
            memcpy(&v4, &in6.sin6_addr.s6_addr[12], sizeof v4);
            inet_ntop(AF_INET, &v4, c->address, sizeof c->address);
            c->trusted = is_loopback_4(v4);
        } else {
            inet_ntop(AF_INET6, &in6.sin6_addr, c->address, sizeof c->address);
            c->trusted = IN6_IS_ADDR_LOOPBACK(&in6.sin6_addr);
        }
    }
}

struct connection *connection_new(struct connection_list *list, int fd, const struct sockaddr *address) {
    struct connection *c = calloc(1, sizeof *c);
    if (!c) return NULL;
    c->fd = fd;
    describe(c, address);
    pthread_mutex_lock(&list->lock);
    c->next = list->head;
    if (c->next) c->next->prev = c;
    list->head = c;
    pthread_mutex_unlock(&list->lock);
    atomic_fetch_add(&list->count, 1);
    return c;
}

void connection_free(struct connection_list *list, struct connection *c) {
    pthread_mutex_lock(&list->lock);
    if (c->prev) {
        c->prev->next = c->next;
    } else {
        list->head = c->next;
    }
    if (c->next) c->next->prev = c->prev;
    pthread_mutex_unlock(&list->lock);
    atomic_fetch_sub(&list->count, 1);
    free(c);
}

void connection_list_cut_late(struct connection_list *list, int64_t now_us) {
    pthread_mutex_lock(&list->lock);
    for (struct connection *c = list->head; c; c = c->next) {
        int64_t deadline = atomic_load_explicit(&c->deadline_us, memory_order_relaxed);
        if (deadline == 0 || now_us < deadline) continue;
        shutdown(c->fd, SHUT_RDWR);
        atomic_compare_exchange_strong(&c->deadline_us, &deadline, 0);
    }
    pthread_mutex_unlock(&list->lock);
}

/* Who has just come has its request on the way: cutting it now would lose what somebody believes to have sent. */
static void wait_until(struct connection *c, int64_t until_us) {
    int64_t deadline = atomic_load(&c->deadline_us);
    while (deadline > until_us && !atomic_compare_exchange_weak(&c->deadline_us, &deadline, until_us)) {
    }
}

void connection_list_end_idle(struct connection_list *list, int64_t fresh_until_us) {
    pthread_mutex_lock(&list->lock);
    for (struct connection *c = list->head; c; c = c->next) {
        if (atomic_load(&c->fresh))
            wait_until(c, fresh_until_us);
        else if (!atomic_load(&c->busy))
            shutdown(c->fd, SHUT_RD);
    }
    pthread_mutex_unlock(&list->lock);
}

enum { LOOK_AT = 64 };

/* Wakes the reader of each socket whose client sends no more. What it sent can still be read. */
static void wake_ended(const struct pollfd *polls, nfds_t count) {
    for (nfds_t i = 0; i < count; i++) {
        if (polls[i].revents & POLLRDHUP) shutdown(polls[i].fd, SHUT_RD);
    }
}

void connection_list_wake_ended(struct connection_list *list) {
    struct pollfd polls[LOOK_AT];
    pthread_mutex_lock(&list->lock);
    for (struct connection *c = list->head; c;) {
        nfds_t n = 0;
        for (; c && n < LOOK_AT; c = c->next)
            polls[n++] = (struct pollfd) { .fd = c->fd, .events = POLLRDHUP };
        if (poll(polls, n, 0) > 0) wake_ended(polls, n);
    }
    pthread_mutex_unlock(&list->lock);
}
