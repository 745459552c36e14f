#include "jobs/job_signal.h"

#include <stdlib.h>
#include <time.h>

/* More than workers sleep: never the limit. Payloads that are longer wait as rows. */
enum { HANDOFFS_MAX = 64, HANDOFF_PAYLOAD_MAX = 256 };

enum handoff_state { HANDOFF_FREE, HANDOFF_RESERVED, HANDOFF_GIVEN };

struct job_handoff {
    struct job_signal *signal;
    enum handoff_state state;
    uint64_t number; /* of those given, in their order */
    int64_t id;
    int kind;
    size_t payload_n;
    char payload[HANDOFF_PAYLOAD_MAX];
};

struct job_signal {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    uint64_t count;
    const struct job_kind *kinds; /* that are handed over; NULL: none */
    int sleeping, reserved, given;
    uint64_t numbers;
    struct job_handoff handoffs[HANDOFFS_MAX];
};

struct job_signal *job_signal_new(void) {
    struct job_signal *s = calloc(1, sizeof *s);
    pthread_condattr_t attributes;
    if (!s) return NULL;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&s->changed, &attributes);
    pthread_condattr_destroy(&attributes);
    pthread_mutex_init(&s->lock, NULL);
    for (size_t i = 0; i < HANDOFFS_MAX; i++) s->handoffs[i].signal = s;
    return s;
}

void job_signal_free(struct job_signal *s) {
    if (!s) return;
    pthread_cond_destroy(&s->changed);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

static void bump(struct job_signal *s, bool all) {
    pthread_mutex_lock(&s->lock);
    s->count++;
    if (all) {
        pthread_cond_broadcast(&s->changed);
    } else {
        pthread_cond_signal(&s->changed);
    }
    pthread_mutex_unlock(&s->lock);
}

void job_signal_wake(struct job_signal *s) {
    bump(s, false);
}

void job_signal_wake_all(struct job_signal *s) {
    bump(s, true);
}

uint64_t job_signal_count(struct job_signal *s) {
    pthread_mutex_lock(&s->lock);
    uint64_t count = s->count;
    pthread_mutex_unlock(&s->lock);
    return count;
}

void job_signal_sleep(struct job_signal *s, uint64_t seen, int64_t wait_us) {
    int64_t until = clock_monotonic_us() + wait_us;
    struct timespec deadline = { (time_t)(until / SECOND_US), (long)(until % SECOND_US) * 1000 };
    pthread_mutex_lock(&s->lock);
    s->sleeping++;
    while (s->count == seen && s->given == 0 &&
           pthread_cond_timedwait(&s->changed, &s->lock, &deadline) == 0) {
    }
    s->sleeping--;
    pthread_mutex_unlock(&s->lock);
}

/* ---- jobs that are handed over ---- */

void job_signal_serve(struct job_signal *s, const struct job_kind *kinds) {
    pthread_mutex_lock(&s->lock);
    for (size_t i = 0; i < HANDOFFS_MAX; i++) { /* they name kinds of before */
        struct job_handoff *h = &s->handoffs[i];
        if (h->state == HANDOFF_GIVEN) h->state = HANDOFF_FREE;
        h->kind = -1;
    }
    s->given = 0;
    s->kinds = kinds;
    pthread_mutex_unlock(&s->lock);
}

/* With the lock held. */
static struct job_handoff *find_free(struct job_signal *s) {
    if (!s->kinds || s->sleeping <= s->reserved + s->given) return NULL;
    for (size_t i = 0; i < HANDOFFS_MAX; i++)
        if (s->handoffs[i].state == HANDOFF_FREE) return &s->handoffs[i];
    return NULL;
}

/* With the lock held. -1: it is none, or how many of it may run is limited. */
static int free_kind(const struct job_signal *s, struct str name) {
    for (int i = 0; s->kinds[i].name; i++)
        if (str_eq(name, str_from_c(s->kinds[i].name))) return s->kinds[i].parallel_max == 0 ? i : -1;
    return -1;
}

struct job_handoff *job_handoff_reserve(struct job_signal *s, struct str kind, struct str payload,
                                        int64_t *lease_us) {
    if (payload.n > HANDOFF_PAYLOAD_MAX) return NULL;
    pthread_mutex_lock(&s->lock);
    struct job_handoff *h = find_free(s);
    int index = h ? free_kind(s, kind) : -1;
    if (index >= 0) {
        *lease_us = s->kinds[index].lease_us;
        h->state = HANDOFF_RESERVED;
        h->id = 0;
        h->kind = index;
        h->payload_n = payload.n;
        if (payload.n) memcpy(h->payload, payload.p, payload.n);
        s->reserved++;
    }
    pthread_mutex_unlock(&s->lock);
    return index >= 0 ? h : NULL;
}

void job_handoff_name(struct job_handoff *h, int64_t id) {
    h->id = id; /* until it is given nobody else looks at it */
}

void job_handoff_give(struct job_handoff *h) {
    struct job_signal *s = h->signal;
    pthread_mutex_lock(&s->lock);
    bool wanted = h->id != 0 && h->kind >= 0;
    h->state = wanted ? HANDOFF_GIVEN : HANDOFF_FREE;
    h->number = s->numbers++;
    s->reserved--;
    s->given += wanted;
    if (wanted) pthread_cond_signal(&s->changed);
    pthread_mutex_unlock(&s->lock);
}

void job_handoff_withdraw(struct job_handoff *h) {
    struct job_signal *s = h->signal;
    pthread_mutex_lock(&s->lock);
    h->state = HANDOFF_FREE;
    s->reserved--;
    pthread_mutex_unlock(&s->lock);
}

bool job_handoff_waits(struct job_signal *s) {
    pthread_mutex_lock(&s->lock);
    bool waits = s->given > 0;
    pthread_mutex_unlock(&s->lock);
    return waits;
}

/* With the lock held. */
static struct job_handoff *oldest_given(struct job_signal *s) {
    struct job_handoff *oldest = NULL;
    for (size_t i = 0; s->given > 0 && i < HANDOFFS_MAX; i++) {
        struct job_handoff *h = &s->handoffs[i];
        if (h->state == HANDOFF_GIVEN && (!oldest || h->number < oldest->number)) oldest = h;
    }
    return oldest;
}

bool job_handoff_take(struct job_signal *s, struct arena *a, struct job_slots *slots,
                      struct job_claimed *out) {
    struct str payload;
    pthread_mutex_lock(&s->lock);
    struct job_handoff *h = oldest_given(s);
    bool taken = h && s->kinds && arena_dup(a, (struct str) { h->payload, h->payload_n }, &payload);
    if (taken) {
        const struct job_kind *kind = &s->kinds[h->kind];
        *out = (struct job_claimed) { .kind = h->kind, .next_due_us = INT64_MAX };
        out->job = (struct job) { .id = h->id,
                                  .kind = str_from_c(kind->name),
                                  .payload = payload,
                                  .attempts = 1,
                                  .last_attempt = kind->attempts_max == 1 };
        h->state = HANDOFF_FREE;
        s->given--;
    }
    pthread_mutex_unlock(&s->lock);
    if (taken) job_slots_take(slots, out->kind);
    return taken;
}
