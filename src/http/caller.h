#ifndef HTTP_CALLER_H
#define HTTP_CALLER_H
/*
 * caller -- what a request is called in the log, and from where it comes. Inside http/ only.
 */
#include "http/exchange.h"

/* X-Request-Id of the client if it looks like an id, else this one. */
void caller_name_request(struct exchange *, uint64_t id);

/* The address of the peer; behind a proxy on this machine the last of X-Forwarded-For, which is the one that the proxy saw. */
void caller_name_client(struct exchange *);

#endif
