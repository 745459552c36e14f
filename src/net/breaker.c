#include "net/breaker.h"

#include <pthread.h>

struct breaker {
    pthread_mutex_t lock;
    int failures;          /* in a row */
    bool probing;          /* one call was let through and has not come back */
    int64_t open_until_us; /* monotonic; 0: closed */
    int64_t pause_us;      /* of the next opening */
};

enum status breaker_new(struct arena *a, struct breaker **out, struct err *e) {
    struct breaker *b = arena_alloc(a, sizeof *b);
    if (!b || pthread_mutex_init(&b->lock, NULL) != 0)
        return fail(e, E_LIMIT, NULL, "no memory for a breaker");
    b->pause_us = BREAKER_PAUSE_US;
    *out = b;
    return OK;
}

void breaker_free(struct breaker *b) {
    if (b) pthread_mutex_destroy(&b->lock);
}

/* With the lock held. */
static bool lets_through(const struct breaker *b, int64_t now_us) {
    return b->open_until_us == 0 || (now_us >= b->open_until_us && !b->probing);
}

bool breaker_may_call(struct breaker *b, int64_t now_us) {
    pthread_mutex_lock(&b->lock);
    bool may = lets_through(b, now_us);
    if (may && b->open_until_us != 0) b->probing = true;
    pthread_mutex_unlock(&b->lock);
    return may;
}

void breaker_succeeded(struct breaker *b) {
    pthread_mutex_lock(&b->lock);
    b->failures = 0;
    b->probing = false;
    b->open_until_us = 0;
    b->pause_us = BREAKER_PAUSE_US;
    pthread_mutex_unlock(&b->lock);
}

static int64_t later(int64_t a, int64_t b) {
    return a > b ? a : b;
}

void breaker_failed(struct breaker *b, int64_t now_us, int64_t stay_away_us) {
    pthread_mutex_lock(&b->lock);
    /* Calls that were under way when it opened fail too: only the one that was let through makes the pause longer. */
    bool opens = b->open_until_us == 0 ? ++b->failures >= BREAKER_FAILURES_MAX : b->probing;
    b->probing = false;
    if (opens) {
        b->open_until_us = later(b->open_until_us, now_us + b->pause_us);
        b->pause_us = 2 * b->pause_us > BREAKER_PAUSE_MAX_US ? BREAKER_PAUSE_MAX_US : 2 * b->pause_us;
    }
    if (stay_away_us > 0) b->open_until_us = later(b->open_until_us, now_us + stay_away_us);
    pthread_mutex_unlock(&b->lock);
}

void breaker_withdrawn(struct breaker *b) {
    pthread_mutex_lock(&b->lock);
    b->probing = false;
    pthread_mutex_unlock(&b->lock);
}

bool breaker_refuses(struct breaker *b, int64_t now_us) {
    pthread_mutex_lock(&b->lock);
    bool refuses = !lets_through(b, now_us);
    pthread_mutex_unlock(&b->lock);
    return refuses;
}

int64_t breaker_open_until_us(struct breaker *b, int64_t now_us) {
    pthread_mutex_lock(&b->lock);
    int64_t until_us = b->open_until_us > now_us ? b->open_until_us : 0;
    pthread_mutex_unlock(&b->lock);
    return until_us;
}
