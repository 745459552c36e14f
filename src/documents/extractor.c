#include "documents/extractor.h"
#include "documents/page_wire.h"
#include "os/file.h"
#include "os/frame.h"
#include "os/process.h"
#include "os/wire.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>

/* What the keeper is given of our environment; everything else, secrets above all, stays here. */
static const char *const environment[] = { "LC_ALL=C.UTF-8", "OMP_THREAD_LIMIT=1", "GIO_USE_VFS=local",
                                           "G_DEBUG=", NULL };

/* Processor time of one reader, when nobody is left to watch its clock. */
enum { READER_CPU_S = 3600 };

static const struct message busy = {
    "busy", "Trop de pages sont demandées en même temps. Réessayez dans quelques secondes.",
    "Too many pages are asked for at the same time. Try again in a few seconds."
};

struct extractor {
    pthread_mutex_t lock; /* over everything below; innermost: nothing else is taken under it */
    pthread_cond_t left;  /* a place among those that draw */
    int drawing, waiting;
    int readers, readers_max; /* that read pages now; beyond readers_max nobody gets a helper */
    struct process keeper;
    int control;
    size_t memory_bytes;
    char *program;
};

/* Its time-outs are of the clock that is never set. */
static bool condition_init(pthread_cond_t *out) {
    pthread_condattr_t how;

    if (pthread_condattr_init(&how) != 0) return false;
    bool good = pthread_condattr_setclock(&how, CLOCK_MONOTONIC) == 0 && pthread_cond_init(out, &how) == 0;
    pthread_condattr_destroy(&how);
    return good;
}

enum status extractor_open(struct arena *a, const struct extractor_options *o, struct extractor **out,
                           struct err *e) {
    struct extractor *x = arena_alloc(a, sizeof *x);

    if (!x || !(x->program = arena_cstr(a, o->program)))
        return fail(e, E_LIMIT, NULL, "no room for the extractor");
    if (pthread_mutex_init(&x->lock, NULL) != 0) return fail(e, E_RETRY, NULL, "could not make a lock");
    if (!condition_init(&x->left)) {
        pthread_mutex_destroy(&x->lock);
        return fail(e, E_RETRY, NULL, "could not make a condition");
    }
    x->keeper = (struct process) { 0, -1 };
    x->control = -1;
    x->memory_bytes = o->memory_bytes ? o->memory_bytes : EXTRACT_MEMORY_BYTES;
    x->readers_max = o->readers_max;
    *out = x;
    return OK;
}

/* Without its control socket the keeper kills its readers and ends; a stuck one is killed itself. */
static void keeper_stop(struct extractor *x) {
    int status;

    fd_close(&x->control);
    if (x->keeper.pid && process_wait(&x->keeper, clock_monotonic_us() + SECOND_US, &status, NULL) == OK)
        return;
    process_kill(&x->keeper);
}

void extractor_close(struct extractor *x) {
    if (!x) return;
    keeper_stop(x);
    pthread_cond_destroy(&x->left);
    pthread_mutex_destroy(&x->lock);
}

static enum status keeper_start(struct extractor *x, struct err *e) {
    const char *const argv[] = { x->program, NULL };
    int pair[2];

    keeper_stop(x);
    enum status s = socket_pair(true, pair, e);
    if (s != OK) return s;
    s = process_spawn(argv, environment, &pair[1], 1, &x->keeper, e);
    fd_close(&pair[1]);
    if (s == OK)
        x->control = pair[0];
    else
        fd_close(&pair[0]);
    return s == E_NOT_FOUND ? E_INTERNAL : s;
}

/* A keeper that had nothing to do has ended; the first send tells, and another one is started. */
static enum status request_send(struct extractor *x, struct str request, const int *fds, struct err *e) {
    struct err first = { 0 };

    if (x->control >= 0 && packet_send(x->control, request, fds, EXTRACT_REQUEST_FDS, &first) == OK)
        return OK;
    enum status s = keeper_start(x, e);
    return s == OK ? packet_send(x->control, request, fds, EXTRACT_REQUEST_FDS, e) : s;
}

static enum status request_start(struct extractor *x, int bytes_fd, const struct extract_request *what,
                                 int pages, int status, struct err *e) {
    const int fds[EXTRACT_REQUEST_FDS] = { bytes_fd, pages, status, what->beside_fd };
    struct buf request;

    buf_init(&request, FRAME_PACKET_MAX);
    wire_put_u8(&request, EXTRACT_PROTOCOL);
    wire_put_u8(&request, (uint8_t)what->task);
    wire_put_u64(&request, x->memory_bytes);
    wire_put_u32(&request, READER_CPU_S);
    wire_put_u32(&request, (uint32_t)what->page);
    wire_put_u32(&request, (uint32_t)what->width);
    wire_put_u32(&request, (uint32_t)what->height);
    turn_wire_put(&request, &what->turn);
    pthread_mutex_lock(&x->lock);
    enum status s = request_send(x, buf_str(&request), fds, e);
    pthread_mutex_unlock(&x->lock);
    buf_done(&request);
    return s;
}

enum status extractor_start_reader(struct extractor *x, int bytes_fd, const struct extract_request *what,
                                   struct extract_reader *out, struct err *e) {
    int pages[2] = { -1, -1 }, status[2] = { -1, -1 };
    enum status s = socket_pair(false, pages, e);

    if (s == OK) s = socket_pair(false, status, e);
    if (s == OK) s = request_start(x, bytes_fd, what, pages[1], status[1], e);
    fd_close(&pages[1]);
    fd_close(&status[1]);
    if (s == OK) {
        *out = (struct extract_reader) { pages[0], status[0] };
    } else {
        fd_close(&pages[0]);
        fd_close(&status[0]);
    }
    return s;
}

static void readers_add(struct extractor *x, int n) {
    pthread_mutex_lock(&x->lock);
    x->readers += n;
    pthread_mutex_unlock(&x->lock);
}

void extractor_begin(struct extractor *x) {
    readers_add(x, 1);
}

void extractor_end(struct extractor *x) {
    readers_add(x, -1);
}

int extractor_take_helpers(struct extractor *x, int wanted) {
    pthread_mutex_lock(&x->lock);
    int free_cores = x->readers_max - x->readers;
    int n = wanted < free_cores ? wanted : free_cores;
    if (n < 0) n = 0;
    x->readers += n;
    pthread_mutex_unlock(&x->lock);
    return n;
}

enum status extractor_take_place(struct extractor *x, struct err *e) {
    int64_t until_us = clock_monotonic_us() + EXTRACT_PICTURE_BUDGET_US;
    const struct timespec until = { until_us / SECOND_US, until_us % SECOND_US * 1000 };
    enum status s = OK;

    pthread_mutex_lock(&x->lock);
    if (x->drawing >= EXTRACT_PICTURES_AT_ONCE) {
        bool late = x->waiting >= EXTRACT_PICTURES_WAITING;
        x->waiting++;
        while (!late && x->drawing >= EXTRACT_PICTURES_AT_ONCE)
            late = pthread_cond_timedwait(&x->left, &x->lock, &until) == ETIMEDOUT;
        x->waiting--;
        if (x->drawing >= EXTRACT_PICTURES_AT_ONCE)
            s = fail(e, E_RETRY, &busy, "%d pages are being drawn, %d wait", x->drawing, x->waiting);
    }
    if (s == OK) x->drawing++;
    pthread_mutex_unlock(&x->lock);
    return s;
}

void extractor_leave_place(struct extractor *x) {
    pthread_mutex_lock(&x->lock);
    x->drawing--;
    pthread_cond_signal(&x->left);
    pthread_mutex_unlock(&x->lock);
}

bool extractor_end_reader(struct extract_reader *r, int *wait_status) {
    const struct frame_wait wait = { .until_us = clock_monotonic_us() + 2 * SECOND_US };
    unsigned char word[4];
    size_t got = 0;
    bool known = socket_wait(r->status, &wait, NULL) == OK &&
                 fd_read_full(r->status, word, sizeof word, &got, NULL) == OK && got == sizeof word;

    if (known)
        *wait_status =
            (int)((uint32_t)word[0] << 24 | (uint32_t)word[1] << 16 | (uint32_t)word[2] << 8 | word[3]);
    fd_close(&r->pages);
    fd_close(&r->status);
    return known;
}
