#ifndef MESSAGING_OUTBOX_ROUND_STORE_H
#define MESSAGING_OUTBOX_ROUND_STORE_H
/*
 * outbox_round_store -- the one transaction of a round of the sender: the outcomes that are known, and what is handed over next. Of this room only.
 */
#include "messaging/outbox_store.h"
#include "net/http_client.h"

struct breaker;

enum {
    OUTBOX_CALLS_MAX = 128,
    OUTBOX_BULK_CALLS_MAX = 96 /* of them: the rest is for people who wait */
};

/* One message that is handed over. Its arena is kept and used again. */
struct outbox_call {
    struct arena *arena;
    struct outbox_item item;
    struct outgoing out;
    struct http_send_request request;
    bool taken, started;
    bool ended; /* the outcome below waits to be recorded */
    enum status status;
    struct sent sent;
    struct outcome outcome;
};

struct outbox_round {
    struct messaging *room;
    struct db *db;
    struct arena *arena; /* of one round */
    struct breaker *breaker;
    struct outbox_call calls[OUTBOX_CALLS_MAX];
    int busy, busy_bulk;
    int64_t rate_next_us; /* before which the sender may send nothing; 0: not known */
};

/* Records every ended call, which is free then, and with `takes` fills free ones with what is due. *did counts both. */
enum status outbox_round_commit(struct outbox_round *, int64_t now_us, bool takes, int *did,
                                struct err *) MUST_CHECK;

/* When there is something to take; INT64_MAX: nothing waits. */
enum status outbox_round_next_us(const struct outbox_round *, int64_t *due_us, struct err *) MUST_CHECK;

#endif
