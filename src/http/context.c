#include "http/context.h"

#include <errno.h>
#include <time.h>

void http_context_init(struct http_context *ctx) {
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_mutex_init(&ctx->lock, NULL);
    pthread_cond_init(&ctx->idle, &attr);
    pthread_condattr_destroy(&attr);
    atomic_init(&ctx->draining, false);
    atomic_init(&ctx->active, 0);
}

void http_context_done(struct http_context *ctx) {
    pthread_mutex_destroy(&ctx->lock);
    pthread_cond_destroy(&ctx->idle);
}

void http_context_begin_request(struct http_context *ctx) {
    atomic_fetch_add(&ctx->active, 1);
}

void http_context_end_request(struct http_context *ctx) {
    if (atomic_fetch_sub(&ctx->active, 1) != 1 || !atomic_load(&ctx->draining)) return;
    pthread_mutex_lock(&ctx->lock);
    pthread_cond_broadcast(&ctx->idle);
    pthread_mutex_unlock(&ctx->lock);
}

void http_context_wait_idle(struct http_context *ctx, int64_t at_most_us) {
    int64_t until = clock_monotonic_us() + at_most_us;
    const struct timespec at = { .tv_sec = until / SECOND_US, .tv_nsec = until % SECOND_US * 1000 };
    int result = 0;
    pthread_mutex_lock(&ctx->lock);
    while (atomic_load(&ctx->active) > 0 && result != ETIMEDOUT)
        result = pthread_cond_timedwait(&ctx->idle, &ctx->lock, &at);
    pthread_mutex_unlock(&ctx->lock);
}
