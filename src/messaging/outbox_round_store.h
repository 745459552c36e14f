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
    bool ended;    /* the outcome below waits to be recorded */
    bool let_fall; /* it cannot be recorded: its lease will end, and the carrier is asked */
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
    int busy,
        busy_bulk; /* without an outcome; what has ended is free again in the transaction that records it */
    int ended;
    int64_t rate_next_us; /* before which the sender may send nothing; 0: not known */
    bool careful;         /* the last round could not be recorded: one outcome after the other */
};

/*
 * Records every ended call, which is free then, and with `takes` fills free ones with what is due. *did counts both. After a failure
 * everything is as before; one outcome that fails alone is let fall by the round after it, so that it holds up no other.
 */
enum status outbox_round_commit(struct outbox_round *, int64_t now_us, bool takes, int *did,
                                struct err *) MUST_CHECK;

/* When there is something to take; INT64_MAX: nothing waits, or nothing may be taken. */
enum status outbox_round_next_us(const struct outbox_round *, int64_t *due_us, struct err *) MUST_CHECK;

/* ---- outbox_take_store.c ---- */

/* What a round takes, before it is committed. */
struct taking {
    struct outbox_round *round;
    struct outbox_item items[OUTBOX_CALLS_MAX];
    size_t count, bulk_count;
    int settled;     /* rows that were dealt with otherwise */
    size_t asked;    /* how often the breaker said yes */
    int64_t next_us; /* of the rate; 0: its row was not read */
    int64_t now_us;
};

/* Inside the round's transaction: hands over what is due, higher lanes first, as far as places, rate and breaker allow. */
enum status outbox_take(struct taking *, struct err *) MUST_CHECK;

#endif
