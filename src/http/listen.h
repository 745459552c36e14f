#ifndef HTTP_LISTEN_H
#define HTTP_LISTEN_H
/*
 * listen -- the sockets on which a server waits for connections. Inside http/ only.
 *
 * "host:port" with a name, an IPv4 address or an [IPv6] address; port 0 asks the system for one. "unix:/path" makes a socket file that only
 * its owner and group may use; one that a dead server left is replaced, a living one is not. Sockets that systemd passed
 * (LISTEN_PID, LISTEN_FDS; sd_listen_fds(3)) win over the setting. A server that starts again hands its own sockets on in the same way, under
 * a name (LISTEN_FDNAMES) by which they are known as ours: closed and taken away like those that were opened here.
 */
#include "base/arena.h"
#include "base/status.h"
#include "http/server.h"

enum { LISTENERS_MAX = HTTP_SOCKETS_MAX };

struct listeners {
    int fds[LISTENERS_MAX];
    int count;
    bool passed;           /* they outlive us: systemd's, or kept for who follows */
    char address[160];     /* of the first, for people: "http://127.0.0.1:8000", "unix:/run/x.sock" */
    char unlink_path[108]; /* the socket file to remove at the end, or empty */
};

enum status listen_open(struct str setting, struct listeners *, struct err *) MUST_CHECK;
void listen_close(struct listeners *);

/* For listen_try.c: opens the setting, whatever systemd passed; and the address of a TCP setting, for freeaddrinfo(). */
enum status listen_open_own(struct str setting, struct listeners *, struct err *) MUST_CHECK;
struct addrinfo;
enum status listen_resolve(struct str setting, struct addrinfo **, struct err *) MUST_CHECK;

/* Duplicates, to outlive listen_close(), which from now on leaves the sockets' queues and the socket file as they are. */
enum status listen_keep(struct listeners *, int fds[LISTENERS_MAX], struct err *) MUST_CHECK;

#endif
