#include "main/sending.h"

#include <pthread.h>
#include <time.h>

#include "base/log.h"
#include "db/db.h"

enum { SENDING_ARENA_BYTES = 1 << 20 };

/* After a failure of the database, so that it is not asked without a pause; doubling, so that a full disk is not filled with lines of the log. */
#define FAILURE_PAUSE_US     (SECOND_US / 4)
#define FAILURE_PAUSE_MAX_US (4 * SECOND_US)

struct sending {
    struct arena *arena; /* holds this */
    struct messaging *room;
    struct db *db;
    struct outbox_sender *sender;
    pthread_t thread;
    bool stopping;      /* atomic */
    int64_t stop_by_us; /* monotonic; written before stopping */
};

static bool is_stopping(const struct sending *s) {
    return __atomic_load_n(&s->stopping, __ATOMIC_ACQUIRE);
}

static void pause_for(int64_t us) {
    const struct timespec time = { us / SECOND_US, us % SECOND_US * 1000 };
    nanosleep(&time, NULL);
}

static void *run(void *ctx) {
    struct sending *s = ctx;
    int64_t pause_us = FAILURE_PAUSE_US;
    struct err e;
    enum status status;

    while (!is_stopping(s) || (outbox_under_way(s->sender) && clock_monotonic_us() < s->stop_by_us)) {
        e = (struct err) { 0 };
        status = outbox_round(s->sender, SECOND_US, !is_stopping(s), NULL, &e);
        if (status == OK) {
            pause_us = FAILURE_PAUSE_US;
            continue;
        }
        log_failure(LOG_ERROR, "sending_failed", status, &e, NULL, 0);
        pause_for(pause_us);
        pause_us = pause_us < FAILURE_PAUSE_MAX_US ? 2 * pause_us : pause_us;
    }
    return NULL;
}

static void free_all(struct sending *s) {
    s->room->sender = NULL;
    outbox_sender_free(s->sender);
    db_close(s->db);
    arena_free(s->arena);
}

enum status sending_start(struct messaging *room, struct db_pool *pool, const struct clock *clock,
                          struct sending **out, struct err *e) {
    struct arena *arena = arena_new(SENDING_ARENA_BYTES);
    struct sending *s = arena ? arena_alloc(arena, sizeof *s) : NULL;
    enum status status;

    if (!s) {
        arena_free(arena);
        return fail(e, E_LIMIT, NULL, "no memory for the sender");
    }
    *s = (struct sending) { .arena = arena, .room = room };
    status = db_open(pool, &s->db, e);
    if (status == OK) status = outbox_sender_new(room, s->db, clock, arena, &s->sender, e);
    if (status == OK) {
        room->sender = s->sender;
        if (pthread_create(&s->thread, NULL, run, s) != 0)
            status = fail(e, E_INTERNAL, NULL, "the sender's thread cannot be started");
    }
    if (status == OK)
        *out = s;
    else
        free_all(s);
    return status;
}

void sending_stop(struct sending *s, int64_t grace_us) {
    if (!s) return;
    s->stop_by_us = clock_monotonic_us() + grace_us;
    __atomic_store_n(&s->stopping, true, __ATOMIC_RELEASE);
    outbox_sender_wake(s->sender);
    pthread_join(s->thread, NULL);
    free_all(s);
}
