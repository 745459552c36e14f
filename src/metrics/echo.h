#ifndef METRICS_ECHO_H
#define METRICS_ECHO_H
/*
 * echo -- who wrote within 48 hours after a broadcast reached him, found while messages are read in the order of time. What a person writes
 * answers the last broadcast before it, once.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/status.h"

#define ECHO_US (48 * HOUR_US)

struct echo_item {
    int64_t patient_id; /* 0: free */
    int64_t sent_at_us;
    size_t bucket;
    bool answered;
};

struct echo {
    struct arena *arena;
    struct echo_item *items;
    size_t count, room; /* room: a power of two */
};

enum status echo_sent(struct echo *, int64_t patient_id, int64_t sent_at_us, size_t bucket,
                      struct err *) MUST_CHECK;

/* True: it answers a broadcast, which left in *bucket. */
bool echo_heard(struct echo *, int64_t patient_id, int64_t at_us, size_t *bucket);

#endif
