#include "main/broadcast_watch.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "main/command.h"

enum { BAR_WIDTH = 30, TENTHS = 10 };
#define LOOK_EVERY_US (SECOND_US / 5)

struct seen {
    int64_t start_us, done, total;
    int told; /* tenths, of the plain lines */
    bool terminal;
};

static bool is_under_way(const struct broadcast_end *end) {
    bool open = end->n[RECIPIENT_WAITING] || end->n[RECIPIENT_QUEUED] || end->n[RECIPIENT_UNCERTAIN];
    return end->status == BROADCAST_SENDING || (open && end->status == BROADCAST_CANCELLED);
}

static void count(const struct broadcast_end *end, struct seen *seen) {
    seen->total = 0;
    for (int i = 0; i < RECIPIENT_STATE_COUNT; i++) seen->total += end->n[i];
    seen->done =
        seen->total - end->n[RECIPIENT_WAITING] - end->n[RECIPIENT_QUEUED] - end->n[RECIPIENT_UNCERTAIN];
}

static double rate(const struct seen *seen) {
    double us = (double)(clock_monotonic_us() - seen->start_us);
    return us > 0 ? (double)seen->done * 1e6 / us : 0;
}

static void draw_bar(const struct seen *seen) {
    char bar[BAR_WIDTH + 1] = { 0 };
    int filled = seen->total ? (int)(seen->done * BAR_WIDTH / seen->total) : 0;
    for (int i = 0; i < BAR_WIDTH; i++) bar[i] = i < filled ? '#' : '-';
    fprintf(stderr, "\r\033[K[%s] %lld/%lld  %.0f/s", bar, (long long)seen->done, (long long)seen->total,
            rate(seen));
}

static void tell(struct seen *seen) {
    int tenths = seen->total ? (int)(seen->done * TENTHS / seen->total) : 0;
    if (seen->terminal) {
        draw_bar(seen);
    } else if (tenths > seen->told) {
        seen->told = tenths;
        fprintf(stderr, "%lld/%lld\n", (long long)seen->done, (long long)seen->total);
    }
}

/* True: a signal came. */
static bool pause_until_next(const sigset_t *stop) {
    const struct timespec time = { 0, LOOK_EVERY_US * 1000 };
    if (stop) return sigtimedwait(stop, NULL, &time) > 0;
    nanosleep(&time, NULL);
    return false;
}

static enum status look(const struct broadcast_watch *w, int64_t id, struct broadcast_end *end,
                        struct err *e) {
    struct broadcast b;
    enum status s = broadcast_get(w->db, w->arena, id, &b, e);
    if (s == OK) s = recipient_counts_by_state(w->db, id, end->n, e);
    if (s == OK) end->status = b.status;
    arena_reset(w->arena);
    return s;
}

enum status broadcast_watch(const struct broadcast_watch *w, int64_t id, struct broadcast_end *end,
                            struct err *e) {
    struct seen seen = { .start_us = clock_monotonic_us(), .terminal = isatty(STDERR_FILENO) };
    enum status s;

    *end = (struct broadcast_end) { 0 };
    while ((s = look(w, id, end, e)) == OK) {
        count(end, &seen);
        tell(&seen);
        if (!is_under_way(end) || (end->stopped = pause_until_next(w->stop))) break;
    }
    if (seen.terminal) fputc('\n', stderr);
    return s;
}
