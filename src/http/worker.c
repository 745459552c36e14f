#include "http/worker.h"

#include <pthread.h>
#include <stdlib.h>

struct worker {
    struct worker_pool *pool;
    pthread_t thread;
    struct db *db;
    struct gzip *gzip;
};

struct worker_pool {
    const struct http_context *ctx;
    worker_fn *fn;
    pthread_mutex_t lock; /* the queue and `stopping`; innermost */
    pthread_cond_t wake;
    struct exchange *first, *last;
    bool stopping;
    atomic_int reserved;
    int count; /* workers whose thread runs */
    struct worker workers[];
};

static struct exchange *take(struct worker_pool *p, bool *stopping) {
    pthread_mutex_lock(&p->lock);
    while (!p->first && !p->stopping) pthread_cond_wait(&p->wake, &p->lock);
    struct exchange *ex = p->first;
    if (ex) {
        p->first = ex->next;
        if (!p->first) p->last = NULL;
        ex->next = NULL;
    }
    *stopping = p->stopping;
    pthread_mutex_unlock(&p->lock);
    return ex;
}

static void *work(void *arg) {
    struct worker *w = arg;
    struct exchange *ex;
    bool stopping;
    while ((ex = take(w->pool, &stopping))) {
        atomic_fetch_sub(&w->pool->reserved, 1);
        w->pool->fn(w->pool->ctx, ex, w->db, w->gzip, stopping);
    }
    return NULL;
}

static enum status start_worker(struct worker_pool *p, struct worker *w, struct db_pool *db, struct err *e) {
    enum status s = OK;
    w->pool = p;
    if (db && (s = db_open(db, &w->db, e)) != OK) return s;
    w->gzip = gzip_new();
    if (!w->gzip || pthread_create(&w->thread, NULL, work, w) != 0) {
        gzip_free(w->gzip);
        db_close(w->db);
        return fail(e, E_INTERNAL, NULL, "cannot start a request worker");
    }
    p->count++;
    return OK;
}

enum status worker_pool_start(const struct http_context *ctx, struct db_pool *db, int threads, worker_fn *fn,
                              struct worker_pool **out, struct err *e) {
    struct worker_pool *p = calloc(1, sizeof *p + (size_t)threads * sizeof p->workers[0]);
    enum status s = OK;
    if (!p) return fail(e, E_INTERNAL, NULL, "no memory for the request workers");
    p->ctx = ctx;
    p->fn = fn;
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->wake, NULL);
    for (int i = 0; i < threads && s == OK; i++) s = start_worker(p, &p->workers[i], db, e);
    if (s != OK) {
        worker_pool_stop(p);
        worker_pool_free(p);
        return s;
    }
    *out = p;
    return OK;
}

bool worker_pool_reserve(struct worker_pool *p) {
    if (atomic_fetch_add(&p->reserved, 1) < WORKER_QUEUE_MAX) return true;
    atomic_fetch_sub(&p->reserved, 1);
    return false;
}

bool worker_pool_push(struct worker_pool *p, struct exchange *ex) {
    ex->next = NULL;
    pthread_mutex_lock(&p->lock);
    bool taken = !p->stopping;
    if (taken) {
        if (p->last) {
            p->last->next = ex;
        } else {
            p->first = ex;
        }
        p->last = ex;
        pthread_cond_signal(&p->wake);
    }
    pthread_mutex_unlock(&p->lock);
    if (!taken) atomic_fetch_sub(&p->reserved, 1);
    return taken;
}

void worker_pool_stop(struct worker_pool *p) {
    if (!p) return;
    pthread_mutex_lock(&p->lock);
    p->stopping = true;
    pthread_cond_broadcast(&p->wake);
    pthread_mutex_unlock(&p->lock);
    for (int i = 0; i < p->count; i++) {
        pthread_join(p->workers[i].thread, NULL);
        gzip_free(p->workers[i].gzip);
        db_close(p->workers[i].db);
    }
    p->count = 0;
}

void worker_pool_free(struct worker_pool *p) {
    if (!p) return;
    pthread_mutex_destroy(&p->lock);
    pthread_cond_destroy(&p->wake);
    free(p);
}
