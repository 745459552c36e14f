#ifndef HTTP_RESPOND_H
#define HTTP_RESPOND_H
/*
 * respond -- hands a finished answer to libmicrohttpd, or writes it to the socket itself. Inside http/ only.
 */
#include "http/context.h"
#include "http/exchange.h"

/* On the HTTP thread, in a callback for this exchange. False: the connection must be closed. */
bool respond_queue(const struct http_context *, struct exchange *) MUST_CHECK;

/*
 * Answers in the middle of a body, where libmicrohttpd cannot: the whole answer is written to the socket, and the caller then closes the
 * connection, which lingers so that the client can read it.
 */
void respond_early(const struct http_context *, struct exchange *);

#endif
