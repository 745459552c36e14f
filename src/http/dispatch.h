#ifndef HTTP_DISPATCH_H
#define HTTP_DISPATCH_H
/*
 * dispatch -- the way of a request: route, caller, permission, CSRF, limits, body, handler, answer. Inside http/ only.
 *
 * Knows nothing of connections: dispatch_head() when the headers are there, dispatch_body() for each piece that arrives,
 * dispatch_end() after the last one, dispatch_run() on the thread where the handler may run. A refusal sets ex->refused and
 * ex->status; from then on pieces of the body are counted only, and dispatch_run() writes the refusal.
 */
#include "http/answer.h"

void dispatch_head(const struct http_context *, struct exchange *, struct db *);
void dispatch_body(struct exchange *, struct str bytes);
void dispatch_end(struct exchange *);
void dispatch_run(const struct http_context *, struct exchange *, struct db *, struct gzip *);

/* Refuses, with an HTTP code of its own or 0 for that of the status. The first refusal stands. */
void dispatch_refuse(struct exchange *, enum status, int http);

#endif
