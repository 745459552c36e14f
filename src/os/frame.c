#include "os/frame.h"
#include "base/clock.h"
#include "os/wire.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HEADER_BYTES = 5, STOP_LOOK_MS = 250 };

enum status socket_pair(bool packets, int out[2], struct err *e) {
    if (socketpair(AF_UNIX, (packets ? SOCK_SEQPACKET : SOCK_STREAM) | SOCK_CLOEXEC, 0, out) != 0)
        return fail_errno(e, E_RETRY, NULL, "could not make a pair of sockets");
    return OK;
}

/* MSG_NOSIGNAL would need sendto() in every sandbox; who sends ignores SIGPIPE. */
static enum status send_all(int fd, struct str bytes, struct err *e) {
    while (bytes.n > 0) {
        ssize_t n = write(fd, bytes.p, bytes.n);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return fail_errno(e, E_RETRY, NULL, "could not send to the other process");
        bytes = str_sub(bytes, (size_t)n, bytes.n);
    }
    return OK;
}

enum status frame_send(int fd, uint8_t kind, struct str payload, struct err *e) {
    char header[HEADER_BYTES];
    uint64_t length = (uint64_t)payload.n + 1;

    if (length > UINT32_MAX) return fail(e, E_LIMIT, NULL, "frame of %zu bytes", payload.n);
    for (int i = 0; i < 4; i++) header[i] = (char)(length >> (24 - 8 * i) & 0xff);
    header[4] = (char)kind;
    enum status s = send_all(fd, (struct str) { header, sizeof header }, e);
    return s == OK ? send_all(fd, payload, e) : s;
}

enum status socket_wait(int fd, const struct frame_wait *wait, struct err *e) {
    for (;;) {
        int64_t left_us = wait->until_us - clock_monotonic_us();
        if (left_us <= 0) return fail(e, E_RETRY, NULL, "the other process did not answer in time");
        if (wait->stopping && __atomic_load_n(wait->stopping, __ATOMIC_RELAXED))
            return fail(e, E_RETRY, NULL, "the program is stopping");
        int64_t left_ms = (left_us + 999) / 1000;
        struct pollfd poll_fd = { .fd = fd, .events = POLLIN };
        int rc = poll(&poll_fd, 1, left_ms > STOP_LOOK_MS ? STOP_LOOK_MS : (int)left_ms);
        if (rc > 0) return OK;
        if (rc < 0 && errno != EINTR)
            return fail_errno(e, E_INTERNAL, NULL, "could not wait for the other process");
    }
}

/* Exactly n bytes; *none is set when the stream ended before the first. */
static enum status receive_all(int fd, const struct frame_wait *wait, char *out, size_t n, bool *none,
                               struct err *e) {
    size_t have = 0;

    *none = false;
    while (have < n) {
        enum status s = socket_wait(fd, wait, e);
        if (s != OK) return s;
        ssize_t r = read(fd, out + have, n - have);
        if (r < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (r < 0 && errno != ECONNRESET)
            return fail_errno(e, E_INTERNAL, NULL, "could not read from the other process");
        if (r <= 0 && have == 0) {
            *none = true;
            return OK;
        }
        if (r <= 0) return fail(e, E_INVALID, NULL, "the other process ended within a frame");
        have += (size_t)r;
    }
    return OK;
}

enum status frame_receive(int fd, const struct frame_wait *wait, struct buf *payload, uint8_t *kind,
                          struct err *e) {
    char header[HEADER_BYTES];
    bool none;
    enum status s = receive_all(fd, wait, header, sizeof header, &none, e);

    if (s != OK) return s;
    if (none) return E_NOT_FOUND;
    struct wire w = wire_of((struct str) { header, sizeof header });
    uint32_t length = wire_u32(&w);
    if (length == 0) return fail(e, E_INVALID, NULL, "frame without a kind");
    if (length - 1 > payload->max)
        return fail(e, E_LIMIT, NULL, "frame of %u bytes, at most %zu", length - 1, payload->max);
    *kind = wire_u8(&w);
    buf_clear(payload);
    for (size_t left = length - 1; left > 0;) {
        char chunk[16384];
        size_t n = left < sizeof chunk ? left : sizeof chunk;
        if ((s = receive_all(fd, wait, chunk, n, &none, e)) != OK) return s;
        if (none) return fail(e, E_INVALID, NULL, "the other process ended within a frame");
        buf_add(payload, (struct str) { chunk, n });
        left -= n;
    }
    if (!buf_ok(payload)) return fail(e, E_RETRY, NULL, "no memory for a frame");
    return OK;
}

union control {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int) * FRAME_FDS_MAX)];
};

enum status packet_send(int fd, struct str payload, const int *fds, size_t fd_count, struct err *e) {
    union control control = { 0 };
    char bytes[FRAME_PACKET_MAX];

    if (payload.n == 0 || payload.n > sizeof bytes || fd_count > FRAME_FDS_MAX)
        return fail(e, E_INTERNAL, NULL, "packet of %zu bytes and %zu descriptors", payload.n, fd_count);
    memcpy(bytes, payload.p, payload.n);
    struct iovec io = { bytes, payload.n };
    struct msghdr m = { .msg_iov = &io, .msg_iovlen = 1 };
    if (fd_count > 0) {
        m.msg_control = control.bytes;
        m.msg_controllen = CMSG_SPACE(sizeof(int) * fd_count);
        control.header = (struct cmsghdr) { CMSG_LEN(sizeof(int) * fd_count), SOL_SOCKET, SCM_RIGHTS };
        memcpy(CMSG_DATA(&control.header), fds, sizeof(int) * fd_count);
    }
    while (sendmsg(fd, &m, MSG_NOSIGNAL) < 0)
        if (errno != EINTR) return fail_errno(e, E_RETRY, NULL, "could not send a packet");
    return OK;
}

static void take_fds(struct msghdr *m, int *fds, size_t *fd_count) {
    *fd_count = 0;
    for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c; c = CMSG_NXTHDR(m, c)) {
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS) continue;
        size_t n = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < n; i++) {
            int fd;
            memcpy(&fd, CMSG_DATA(c) + i * sizeof fd, sizeof fd);
            if (*fd_count < FRAME_FDS_MAX)
                fds[(*fd_count)++] = fd;
            else
                close(fd);
        }
    }
}

enum status packet_receive(int fd, char out[FRAME_PACKET_MAX], size_t *n, int fds[FRAME_FDS_MAX],
                           size_t *fd_count, struct err *e) {
    union control control;
    struct iovec io = { out, FRAME_PACKET_MAX };
    struct msghdr m = {
        .msg_iov = &io, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes
    };
    ssize_t r;

    while ((r = recvmsg(fd, &m, MSG_CMSG_CLOEXEC)) < 0)
        if (errno != EINTR) break;
    if (r < 0 && errno == ECONNRESET) return E_NOT_FOUND;
    if (r < 0) return fail_errno(e, E_INTERNAL, NULL, "could not receive a packet");
    if (r == 0) return E_NOT_FOUND;
    take_fds(&m, fds, fd_count);
    if (m.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) {
        while (*fd_count > 0) close(fds[--*fd_count]);
        return fail(e, E_INVALID, NULL, "packet longer than %d bytes", FRAME_PACKET_MAX);
    }
    *n = (size_t)r;
    return OK;
}
