#ifndef NET_BREAKER_H
#define NET_BREAKER_H
/*
 * breaker -- keeps a service that is down from making everybody wait (the circuit breaker of Nygard, "Release It!", 2007).
 *
 * Closed: calls pass. After BREAKER_FAILURES_MAX failures in a row, or when the service says how long to stay away, it opens: calls are refused at
 * once. When the pause is over one call is let through; its outcome closes or opens it again, the pause doubling up to
 * BREAKER_PAUSE_MAX_US. A lock of its own, innermost.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/status.h"

enum { BREAKER_FAILURES_MAX = 3 };
#define BREAKER_PAUSE_US     (5 * SECOND_US)
#define BREAKER_PAUSE_MAX_US (5 * MINUTE_US)

struct breaker;
enum status breaker_new(struct arena *, struct breaker **, struct err *) MUST_CHECK;
void breaker_free(struct breaker *); /* NULL is fine */

/* Whether a call may be made now (monotonic time). Every true must be followed by exactly one of the three below. */
bool breaker_may_call(struct breaker *, int64_t now_us) MUST_CHECK;
void breaker_succeeded(struct breaker *);
void breaker_failed(struct breaker *, int64_t now_us, int64_t stay_away_us /* 0: not said */);
void breaker_withdrawn(
    struct breaker *); /* the call was not made after all, or says nothing about the service */

/* Whether breaker_may_call() would say no. Asks for nothing. */
bool breaker_refuses(struct breaker *, int64_t now_us);

/* For health and doctor: until when it refuses; 0: it does not. */
int64_t breaker_open_until_us(struct breaker *, int64_t now_us);

#endif
