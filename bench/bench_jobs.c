/*
 * bench_jobs -- jobs a second, claimed, run and finished on the disk, with a few and with many rows waiting.
 *
 *     bench_jobs FOLDER [WAITING]
 *
 * Two ratios: what WAITING (100,000) rows that are not due cost, which should be nothing, and what more workers bring.
 */
#include "base/crypto.h"
#include "db/migrate.h"
#include "jobs/job.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { JOBS = 3000, AT_ONCE = 1000 };

struct room {
    pthread_mutex_t lock;
    pthread_cond_t all_ran;
    int ran;
};

static enum status run(struct job_context *c, const struct job *job, struct err *e) {
    struct room *r = c->room;
    (void)job, (void)e;
    pthread_mutex_lock(&r->lock);
    if (++r->ran == JOBS) pthread_cond_signal(&r->all_ran);
    pthread_mutex_unlock(&r->lock);
    return OK;
}

static void add(struct db *db, int64_t count, int64_t run_at_us) {
    for (int64_t done = 0; done < count;) {
        if (db_begin(db, NULL) != OK) abort();
        for (int i = 0; i < AT_ONCE && done < count; i++, done++)
            if (job_add(db, NULL, STR("work"), STR("{\"document_id\":123456}"), run_at_us, STR(""), 1,
                        NULL) != OK)
                abort();
        if (db_finish(db, OK, NULL) != OK) abort();
    }
}

/* Jobs a second with so many workers. */
static double measure(struct db_pool *pool, struct db *db, int workers) {
    struct room room = { .ran = 0 };
    const struct job_kind kinds[] = { { "work", run, NULL, &room, MINUTE_US, 3, 0 }, { 0 } };
    struct job_signal *signal = job_signal_new();
    struct clock clock = clock_system();
    struct job_runner *runner;
    pthread_mutex_init(&room.lock, NULL);
    pthread_cond_init(&room.all_ran, NULL);
    add(db, JOBS, 1);
    int64_t start = clock_monotonic_us();
    if (!signal || job_runner_start(pool, kinds, workers, signal, &clock, &runner, NULL) != OK) abort();
    pthread_mutex_lock(&room.lock);
    while (room.ran < JOBS) pthread_cond_wait(&room.all_ran, &room.lock);
    pthread_mutex_unlock(&room.lock);
    double rate = JOBS * 1e6 / (double)(clock_monotonic_us() - start);
    if (!job_runner_stop(runner, MINUTE_US)) abort();
    job_signal_free(signal);
    return rate;
}

int main(int argc, char **argv) {
    static const int workers[] = { 1, 2, 4, 8, 16 };
    char url[4096];
    struct db_pool *pool;
    struct db *db;
    struct err e = { 0 };
    double few[COUNT_OF(workers)], first = 0;
    int64_t waiting = 100000;
    if (argc < 2 || (argc > 2 && !str_to_i64(str_from_c(argv[2]), &waiting))) {
        fprintf(stderr, "usage: %s FOLDER [WAITING]\n", argv[0]);
        return 2;
    }
    snprintf(url, sizeof url, "sqlite:%s/bench-jobs-%ld.db", argv[1], (long)getpid());
    if (crypto_init(&e) != OK || db_pool_open(str_from_c(url), true, &pool, &e) != OK ||
        db_migrate(pool, 1, NULL, &e) != OK || db_open(pool, &db, &e) != OK) {
        fprintf(stderr, "%s\n", e.detail);
        return 1;
    }
    for (size_t i = 0; i < COUNT_OF(workers); i++) few[i] = measure(pool, db, workers[i]);
    first = few[0];
    add(db, waiting, INT64_MAX / 2);
    for (size_t i = 0; i < COUNT_OF(workers); i++) {
        double many = measure(pool, db, workers[i]);
        printf("%3d workers %8.0f jobs/s  x %5.2f   with %lld rows waiting %8.0f  x %5.2f\n", workers[i],
               few[i], few[i] / first, (long long)waiting, many, many / few[i]);
    }
    db_close(db);
    db_pool_close(pool);
    unlink(url + strlen("sqlite:"));
    return 0;
}
