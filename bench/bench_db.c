/*
 * bench_db -- commits a second by number of threads, as a ratio to one thread, which commits each transaction alone.
 *
 *     bench_db FOLDER [SECONDS]
 *
 * FOLDER lies on the disk that is to be measured; a database is made in it and removed. A commit is a row of the job table, on the
 * disk when it is counted (synchronous=FULL). The last line reads rows back by their key.
 */
#include "base/clock.h"
#include "base/crypto.h"
#include "db/db.h"
#include "db/migrate.h"
#include "queries.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

enum { THREADS_MAX = 128 };

struct writer {
    struct db_pool *pool;
    int64_t until_us;
    int64_t commits, slowest_us;
};

static int64_t cpu_us(void) {
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (u.ru_utime.tv_sec + u.ru_stime.tv_sec) * SECOND_US + u.ru_utime.tv_usec + u.ru_stime.tv_usec;
}

static enum status insert(struct db *db) {
    const struct db_val args[] = { db_text(STR("bench")), db_text(STR("{\"document_id\":123456}")), db_int(1),
                                   db_null(), db_int(1) };
    enum status s;
    if ((s = db_begin(db, NULL)) != OK) return s;
    s = db_run(db, &q_job_insert, args, NULL, NULL, NULL, NULL);
    return db_finish(db, s, NULL);
}

static void *write_rows(void *ctx) {
    struct writer *w = ctx;
    struct db *db;
    if (db_open(w->pool, &db, NULL) != OK) abort();
    for (int64_t now = clock_monotonic_us(), before; now < w->until_us; w->commits++) {
        before = now;
        if (insert(db) != OK) abort();
        now = clock_monotonic_us();
        if (now - before > w->slowest_us) w->slowest_us = now - before;
    }
    db_close(db);
    return NULL;
}

/* Commits a second with so many threads. */
static double measure(struct db_pool *pool, int threads, int64_t span_us, double alone) {
    struct writer writers[THREADS_MAX];
    pthread_t ids[THREADS_MAX];
    int64_t commits = 0, slowest = 0, cpu = cpu_us(), start = clock_monotonic_us();
    for (int i = 0; i < threads; i++) {
        writers[i] = (struct writer) { .pool = pool, .until_us = start + span_us };
        if (pthread_create(&ids[i], NULL, write_rows, &writers[i]) != 0) abort();
    }
    for (int i = 0; i < threads; i++) {
        pthread_join(ids[i], NULL);
        commits += writers[i].commits;
        if (writers[i].slowest_us > slowest) slowest = writers[i].slowest_us;
    }
    double rate = (double)commits * 1e6 / (double)(clock_monotonic_us() - start);
    printf("%4d threads %9.0f commits/s  x %5.2f  %6.1f us of processor a commit  slowest %.1f ms\n", threads,
           rate, alone > 0 ? rate / alone : 1.0, (double)(cpu_us() - cpu) / (double)commits,
           (double)slowest / 1000);
    return rate;
}

static void measure_reads(struct db_pool *pool, int64_t span_us) {
    const struct db_val args[] = { db_text(STR("bench")) };
    struct db *db;
    int64_t reads = 0, start = clock_monotonic_us();
    if (db_open(pool, &db, NULL) != OK) abort();
    while (clock_monotonic_us() - start < span_us)
        for (int i = 0; i < 100; i++, reads++)
            if (db_run(db, &q_job_head, args, NULL, NULL, NULL, NULL) != OK) abort();
    printf("one reader  %9.0f look-ups/s\n", (double)reads * 1e6 / (double)(clock_monotonic_us() - start));
    db_close(db);
}

int main(int argc, char **argv) {
    static const int threads[] = { 2, 4, 8, 16, 32, 64, 128 };
    char url[4096], path[4096];
    struct db_pool *pool;
    struct err e = { 0 };
    if (argc < 2) {
        fprintf(stderr, "usage: %s FOLDER [SECONDS]\n", argv[0]);
        return 2;
    }
    int64_t seconds = 1;
    if (argc > 2 && !str_to_i64(str_from_c(argv[2]), &seconds)) return 2;
    snprintf(path, sizeof path, "%s/bench-%ld.db", argv[1], (long)getpid());
    snprintf(url, sizeof url, "sqlite:%s/bench-%ld.db", argv[1], (long)getpid());
    if (crypto_init(&e) != OK || db_pool_open(str_from_c(url), true, &pool, &e) != OK ||
        db_migrate(pool, 1, NULL, &e) != OK) {
        fprintf(stderr, "%s\n", e.detail);
        return 1;
    }
    double alone = measure(pool, 1, seconds * SECOND_US, 0);
    for (size_t i = 0; i < COUNT_OF(threads); i++)
        (void)measure(pool, threads[i], seconds * SECOND_US, alone);
    measure_reads(pool, seconds * SECOND_US);
    db_pool_close(pool);
    unlink(path);
    return 0;
}
