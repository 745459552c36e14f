#ifndef TESTS_UNIT_HTTP_RAW_CLIENT_H
#define TESTS_UNIT_HTTP_RAW_CLIENT_H
/*
 * raw_client -- speaks HTTP byte by byte, so that a test can say what no library would.
 *
 * Every wait has a limit of WAIT_MS after which the test fails: nothing here sleeps.
 */
#include "base/base.h"

enum { WAIT_MS = 10000 };

struct answer {
    int status;      /* 0: the connection was closed without one */
    char head[8192]; /* NUL-terminated */
    char *body;      /* NUL-terminated too */
    size_t body_n;
};

/* Connects to what http_server_address() says. */
int client_connect(struct str address);

void client_send(int fd, struct str bytes);
void client_send_text(int fd, const char *text);

/* Sends until all is out or the server stops reading; true when all went out. */
bool client_try_send(int fd, struct str bytes);

/* Reads one answer with its body; fails the test when none comes. Bytes behind it stay in the socket. */
void client_read(int fd, struct answer *);
void answer_free(struct answer *);

/* The value of a header, or NULL. The text holds until the next call. */
const char *answer_header(const struct answer *, const char *name);

/* True when the server closes within WAIT_MS and sends nothing more before. */
bool client_is_closed(int fd);

/* Connects, sends, reads one answer, closes. */
void client_ask(struct str address, const char *request, struct answer *);

#endif
