#ifndef HTTP_IDEMPOTENCY_H
#define HTTP_IDEMPOTENCY_H
/*
 * idempotency -- a POST that creates may be sent twice and creates once. Inside http/ only, but for the clean-up.
 *
 * Routes with .creates that get an Idempotency-Key run inside one transaction with the record of their answer: the same key, caller,
 * address and body answer the first response again (Idempotency-Replayed: true) for 24 h, another body answers 409. A handler that fails
 * leaves no record, so that the client may try again. Two at the same time: the database lets one of them insert the record, and the
 * other finds it. Only the hash of a key is stored.
 */
#include "http/exchange.h"

/* Does this request ask for it? */
bool idempotency_wanted(const struct exchange *);

/* Runs the handler of the route, or answers what it answered before. */
enum status idempotency_run(struct exchange *) MUST_CHECK;

/* Forgets records that are older than 24 h. One transaction of its own. */
enum status idempotency_clean_up(struct db *, int64_t now_us, struct err *) MUST_CHECK;

#endif
