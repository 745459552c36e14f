#ifndef HTTP_REPLY_H
#define HTTP_REPLY_H
/*
 * reply -- the one place where a status becomes an HTTP code and the body of an error. Inside http/ only.
 *
 * What the contract says: fields that fail validation answer 400 {"field": ["message"]}, anything else {"detail": "…", "code": "…"}.
 */
#include "http/route.h"

/* The HTTP code of a status. `known`: somebody is signed in, so that a denial is 403 and not 401. */
int reply_http_of(enum status s, const struct err *e, bool known);

/* Writes the body of a failure; `e` may be NULL. */
void reply_write_error(struct buf *out, enum status s, const struct err *e, bool known, enum lang lang);

#endif
