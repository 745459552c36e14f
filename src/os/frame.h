#ifndef OS_FRAME_H
#define OS_FRAME_H
/*
 * frame -- messages between two processes over a socketpair.
 *
 * A frame is a u32 length (of what follows), a u8 kind and the payload. The reader gives a maximum and a
 * deadline; what is longer or later is an error, not a wait. A message with descriptors is one packet of a
 * SOCK_SEQPACKET pair (SCM_RIGHTS, unix(7)). Sockets made here close on exec.
 */
#include "base/buf.h"
#include "base/status.h"

enum { FRAME_FDS_MAX = 4, FRAME_PACKET_MAX = 256 };

/*
 * A connected pair: `packets` keeps the borders of messages (SOCK_SEQPACKET), else bytes flow
 * (SOCK_STREAM).
 */
enum status socket_pair(bool packets, int out[2], struct err *) MUST_CHECK;

/* Blocks until everything is sent. E_RETRY: the other side is gone. */
enum status frame_send(int fd, uint8_t kind, struct str payload, struct err *) MUST_CHECK;

struct frame_wait {
    int64_t until_us;     /* clock_monotonic_us(); later is E_RETRY */
    const bool *stopping; /* seen within a quarter of a second: E_RETRY; may be NULL */
};

/*
 * Reads one frame into payload (cleared first; its own max is the limit, longer is E_LIMIT). E_NOT_FOUND,
 * without a message: the other side closed between two frames; within one it is E_INVALID.
 */
enum status frame_receive(int fd, const struct frame_wait *, struct buf *payload, uint8_t *kind,
                          struct err *) MUST_CHECK;

/* One packet with descriptors, borrowed. */
enum status packet_send(int fd, struct str payload, const int *fds, size_t fd_count, struct err *) MUST_CHECK;

/*
 * One packet of at most FRAME_PACKET_MAX bytes; *n becomes its length, *fd_count the number of descriptors
 * (closed on exec; the caller closes them). Waits. E_NOT_FOUND: the other side closed.
 */
enum status packet_receive(int fd, char out[FRAME_PACKET_MAX], size_t *n, int fds[FRAME_FDS_MAX],
                           size_t *fd_count, struct err *) MUST_CHECK;

/* True when something (bytes or the end) can be read from fd before the deadline. */
enum status socket_wait(int fd, const struct frame_wait *, struct err *) MUST_CHECK;

#endif
