#include "documents/extractor.h"
#include "documents/extract_code.h"
#include "os/file.h"
#include "os/frame.h"
#include "os/process.h"
#include "os/wire.h"

#include <pthread.h>

/* What the keeper is given of our environment; everything else, secrets above all, stays here. */
static const char *const environment[] = { "LC_ALL=C.UTF-8", "OMP_THREAD_LIMIT=1", "GIO_USE_VFS=local",
                                           "G_DEBUG=", NULL };

/* Processor time of one reader, when nobody is left to watch its clock. */
enum { READER_CPU_S = 3600 };

struct extractor {
    pthread_mutex_t lock; /* over keeper and control; innermost: nothing else is taken under it */
    struct process keeper;
    int control;
    size_t memory_bytes;
    char *program;
};

enum status extractor_open(struct arena *a, const struct extractor_options *o, struct extractor **out,
                           struct err *e) {
    struct extractor *x = arena_alloc(a, sizeof *x);

    if (!x || !(x->program = arena_cstr(a, o->program)))
        return fail(e, E_LIMIT, NULL, "no room for the extractor");
    if (pthread_mutex_init(&x->lock, NULL) != 0) return fail(e, E_RETRY, NULL, "could not make a lock");
    x->keeper = (struct process) { 0, -1 };
    x->control = -1;
    x->memory_bytes = o->memory_bytes ? o->memory_bytes : EXTRACT_MEMORY_BYTES;
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

static enum status request_start(struct extractor *x, int bytes_fd, int pages, int status, struct err *e) {
    const int fds[EXTRACT_REQUEST_FDS] = { bytes_fd, pages, status };
    struct buf request;

    buf_init(&request, FRAME_PACKET_MAX);
    wire_put_u8(&request, EXTRACT_PROTOCOL);
    wire_put_u64(&request, x->memory_bytes);
    wire_put_u32(&request, READER_CPU_S);
    pthread_mutex_lock(&x->lock);
    enum status s = request_send(x, buf_str(&request), fds, e);
    pthread_mutex_unlock(&x->lock);
    buf_done(&request);
    return s;
}

enum status extractor_start_reader(struct extractor *x, int bytes_fd, struct extract_reader *out,
                                   struct err *e) {
    int pages[2] = { -1, -1 }, status[2] = { -1, -1 };
    enum status s = socket_pair(false, pages, e);

    if (s == OK) s = socket_pair(false, status, e);
    if (s == OK) s = request_start(x, bytes_fd, pages[1], status[1], e);
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
