#include "jobs/job_signal.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct job_signal {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    uint64_t count;
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
    while (s->count == seen && pthread_cond_timedwait(&s->changed, &s->lock, &deadline) == 0) {
    }
    pthread_mutex_unlock(&s->lock);
}
