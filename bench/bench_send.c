/*
 * bench_send -- how fast the outbox sends through a carrier over HTTP, every step recorded on the disk.
 *
 *     bench_send FOLDER URL [MESSAGES [SECONDS]]
 *
 * Against bench/stub at URL: a broadcast of MESSAGES (10,000) without a limit, in messages a second and processor time a message; then the same
 * backlog at 80 a second for SECONDS (20): the rate that comes out, and how long replies take that are written meanwhile, from their
 * commit to the recorded acceptance. With MESSAGES and no SECONDS of 0 it only fills: FOLDER/medirecord.db gets the backlog and nothing is sent.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/crypto.h"
#include "channels/twilio.h"
#include "db/migrate.h"
#include "messaging/contact.h"
#include "messaging/outbox_sender.h"

enum { AT_ONCE = 1000, REPLIES_MAX = 4096, RATE = 80 };
#define PHONE          STR("+221771234567")
#define REPLY_EVERY_US (SECOND_US / 20)

struct bench {
    struct db_pool *pool;
    struct db *db;
    struct arena *arena;
    struct clock clock;
    struct twilio twilio;
    struct channel channel;
    struct messaging room;
    int64_t seconds;
};

static void must(enum status s, const struct err *e) {
    if (s == OK) return;
    fprintf(stderr, "bench_send: %s: %s\n", status_name(s), e->detail);
    exit(1);
}

static void add(struct bench *b, struct db *db, enum message_kind kind, int64_t count) {
    struct err e = { 0 };
    const struct outbox_message m = {
        .kind = kind,
        .phone = PHONE,
        .body = STR(
            "Conseil de la clinique : buvez de l'eau souvent quand il fait chaud, et passez à la pesée ce mois-ci."),
    };
    for (int64_t done = 0; done < count;) {
        must(db_begin(db, &e), &e);
        for (int i = 0; i < AT_ONCE && done < count; i++, done++)
            must(outbox_add(&b->room, db, &m, clock_now_us(&b->clock), NULL, &e), &e);
        must(db_finish(db, OK, &e), &e);
    }
}

static double processor_us(void) {
    struct rusage r;
    getrusage(RUSAGE_SELF, &r);
    return (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) * 1e6 +
           (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec);
}

static void broadcast(struct bench *b, int64_t count) {
    struct err e = { 0 };
    add(b, b->db, MESSAGE_BULK, count);
    double spent = processor_us();
    int64_t start = clock_monotonic_us(), done = 0, rounds = 0;
    while (done < 2 * count) { /* handed over, and recorded */
        int did;
        must(outbox_round(b->room.sender, SECOND_US, true, &did, &e), &e);
        done += did;
        rounds++;
    }
    double us = (double)(clock_monotonic_us() - start);
    printf("broadcast %.0f messages/s, %.1f us processor time a message, %.1f messages a round\n",
           (double)count * 1e6 / us, (processor_us() - spent) / (double)count,
           (double)count / (double)rounds);
}

/* ---- at the rate of a sender ---- */

static void *write_replies(void *ctx) {
    struct bench *b = ctx;
    struct err e = { 0 };
    struct db *db;
    int64_t next = clock_monotonic_us(), end = next + b->seconds * SECOND_US;

    must(db_open(b->pool, &db, &e), &e);
    for (; next < end; next += REPLY_EVERY_US) {
        const struct timespec until = { next / SECOND_US, next % SECOND_US * 1000 };
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
        add(b, db, MESSAGE_REPLY, 1);
    }
    db_close(db);
    return NULL;
}

struct times {
    int64_t us[REPLIES_MAX];
    size_t count;
};

static enum status take_time(void *ctx, const struct db_val *col, struct err *e) {
    struct times *t = ctx;
    (void)e;
    if (t->count < REPLIES_MAX) t->us[t->count++] = col[0].i;
    return OK;
}

static int64_t one_number(struct bench *b, const char *sql) {
    const struct db_query q = { "bench", sql, -1, 0, 1 };
    struct err e = { 0 };
    int64_t n = 0;
    must(db_get_i64(b->db, &q, NULL, &n, &e), &e);
    return n;
}

static void tell_times(struct bench *b) {
    static const struct db_query q = {
        "bench_times",
        "SELECT sent_at_us - created_at_us FROM message WHERE lane = 1 AND sent_at_us IS NOT NULL ORDER BY 1",
        -1, 0, 1
    };
    struct times t = { 0 };
    struct err e = { 0 };
    must(db_run(b->db, &q, NULL, take_time, &t, NULL, &e), &e);
    if (t.count == 0) return;
    printf("replies %zu: p50 %.1f ms, p99 %.1f ms, longest %.1f ms\n", t.count,
           (double)t.us[t.count / 2] / 1e3, (double)t.us[t.count * 99 / 100] / 1e3,
           (double)t.us[t.count - 1] / 1e3);
}

static void paced(struct bench *b, int64_t count) {
    static const char handed_over[] = "SELECT count(*) FROM message WHERE attempts > 0";
    struct err e = { 0 };
    pthread_t thread;

    b->room.message_rate = RATE;
    add(b, b->db, MESSAGE_BULK, count);
    int64_t before = one_number(b, handed_over), start = clock_monotonic_us(),
            end = start + b->seconds * SECOND_US;
    double spent = processor_us();
    if (pthread_create(&thread, NULL, write_replies, b) != 0) abort();
    for (int did; clock_monotonic_us() < end;)
        must(outbox_round(b->room.sender, end - clock_monotonic_us(), true, &did, &e), &e);
    double us = (double)(clock_monotonic_us() - start);
    int64_t sent = one_number(b, handed_over) - before;
    pthread_join(thread, NULL);
    printf("rate %d: %.2f messages/s, %.2f %% processor\n", RATE, (double)sent * 1e6 / us,
           (processor_us() - spent) * 100 / us);
    tell_times(b);
}

/* Who wrote just now may be sent free text. */
static void open_window(struct bench *b) {
    struct err e = { 0 };
    must(db_begin(b->db, &e), &e);
    must(db_finish(b->db, contact_heard(b->db, PHONE, STR(""), clock_now_us(&b->clock), &e), &e), &e);
}

static void open_bench(struct bench *b, const char *folder, const char *url) {
    struct err e = { 0 };
    struct str path;

    b->clock = clock_system();
    b->arena = arena_new(1 << 20);
    if (!b->arena || !arena_printf(b->arena, &path, "sqlite:%s/medirecord.db", folder)) abort();
    must(crypto_init(&e), &e);
    must(db_pool_open(path, true, &b->pool, &e), &e);
    must(db_migrate(b->pool, clock_now_us(&b->clock), NULL, &e), &e);
    must(db_open(b->pool, &b->db, &e), &e);
    b->twilio = (struct twilio) { .account_sid = STR("AC00000000000000000000000000000001"),
                                  .auth_token = STR("secret"),
                                  .sender = STR("+14155238886"),
                                  .base_url = str_from_c(url),
                                  .public_url = STR("https://clinique.example"),
                                  .region = STR("SN") };
    b->channel = twilio_channel(&b->twilio);
    b->channel.has_window = false; /* as if all had written today */
    b->room = (struct messaging) { .channel = &b->channel, .message_rate = 100000 };
    must(outbox_sender_new(&b->room, b->db, &b->clock, b->arena, &b->room.sender, &e), &e);
}

int main(int argc, char **argv) {
    struct bench b = { .seconds = 20 };
    int64_t count = 10000;

    if (argc < 3 || (argc > 3 && !str_to_i64(str_from_c(argv[3]), &count)) ||
        (argc > 4 && !str_to_i64(str_from_c(argv[4]), &b.seconds))) {
        fprintf(stderr, "usage: %s FOLDER URL [MESSAGES [SECONDS]]\n", argv[0]);
        return 2;
    }
    open_bench(&b, argv[1], argv[2]);
    open_window(&b);
    if (b.seconds == 0) {
        add(&b, b.db, MESSAGE_BULK, count);
    } else {
        broadcast(&b, count);
        paced(&b, count);
    }
    outbox_sender_free(b.room.sender);
    db_close(b.db);
    db_pool_close(b.pool);
    arena_free(b.arena);
    return 0;
}
