#include "documents/extract.h"
#include "documents/extractor.h"
#include "documents/page_wire.h"
#include "os/file.h"
#include "os/frame.h"
#include "os/wire.h"

#include <math.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * What is read of one document, by one reader or, when it is a long scan, by several: each talks to a thread of its
 * own, and the lock protects everything here, the arena included.
 */
struct document_pages {
    pthread_mutex_t lock;
    struct arena *arena;
    int total, done;    /* total 0: not said yet */
    struct page *pages; /* number 0: not read yet */
    int64_t until_us, page_budget_us;
    int legible_scans; /* pages that came out legible by OCR */
    bool any_ocr;
    bool failed; /* one of the readers: the others stop, and the first reason is that of the document */
    enum status result; /* of that one */
    struct err why;
};

/* One reader that reads or draws, and who listens to it. */
struct extraction {
    struct document_pages *of;
    const struct extract_options *options; /* of the first reader; helpers call nobody */
    struct extract_reader reader;
    struct frame_wait wait;
    struct buf frame;
    bool ready, counted;
    enum extract_task task;
    struct team *team; /* of EXTRACT_TASK_READ; NULL: no helpers */
    struct str picture;
    struct str password;
    const struct extract_sink *file; /* of a task that makes a file */
    uint64_t file_bytes, file_max;
};

/* How long a failure of another reader may go unseen. */
#define LOOK_US (SECOND_US / 10)

static void team_gather(struct team *, int pages_left);

/* Whose fault a code is: the document's (say it to the doctor) or ours. */
static enum status code_fail(const struct extraction *x, enum extract_code code, struct err *e) {
    enum status s = E_INVALID;

    bool unasked = code == EXTRACT_WRONG_PASSWORD && x->task != EXTRACT_TASK_UNLOCK;
    if (code == EXTRACT_OK || code >= EXTRACT_TIMEOUT || unasked) code = EXTRACT_INTERNAL;
    if (code == EXTRACT_INTERNAL || code == EXTRACT_NO_MODELS) s = E_INTERNAL;
    if (code == EXTRACT_WRONG_PASSWORD) s = E_DENIED;
    return fail(e, s, &extract_messages[code], "the extractor answered: %s", extract_messages[code].code);
}

static enum status nonsense(struct err *e, const char *what) {
    return fail(e, E_INVALID, &extract_messages[EXTRACT_CRASHED], "the extractor talks nonsense: %s", what);
}

static enum status total_take(struct extraction *x, struct str payload, struct err *e) {
    struct wire w = wire_of(payload);
    uint32_t total = wire_u32(&w);

    struct document_pages *d = x->of;
    if (!x->ready || x->task != EXTRACT_TASK_READ || x->counted || !wire_end(&w) || total == 0 ||
        total > PAGES_MAX || (d->total && (int)total != d->total))
        return nonsense(e, "a number of pages");
    x->counted = true;
    if (d->total) return OK;
    d->pages = arena_array(d->arena, total, sizeof *d->pages);
    if (!d->pages) return fail(e, E_LIMIT, NULL, "no memory for %u pages", total);
    d->total = (int)total;
    return OK;
}

static enum status page_take(struct extraction *x, struct str payload, struct err *e) {
    struct document_pages *d = x->of;
    struct page page;
    struct err why = { 0 };

    if (!x->counted) return nonsense(e, "a page before the number of pages");
    enum status s = page_wire_read(d->arena, payload, &page, &why);
    if (s == E_INVALID) return nonsense(e, why.detail);
    if (s != OK) return fail(e, s, NULL, "%s", why.detail);
    if (page.number > d->total || d->pages[page.number - 1].number != 0)
        return nonsense(e, "a page too many");
    d->pages[page.number - 1] = page;
    d->done++;
    d->any_ocr |= page.source == PAGE_OCR;
    if (page.source == PAGE_OCR && page.legible && ++d->legible_scans > EXTRACT_PAGES_WITHIN)
        d->until_us += d->page_budget_us;
    if (page.source == PAGE_OCR && page.legible && x->team) team_gather(x->team, d->total - d->done);
    return OK;
}

/* A JPEG file by its first and last marker; a browser that is told so takes it for nothing else. */
static enum status picture_take(struct extraction *x, struct str payload, struct err *e) {
    if (!x->ready || x->task != EXTRACT_TASK_DRAW || x->picture.n) return nonsense(e, "a picture");
    if (payload.n < 4 || !str_starts(payload, STR("\xff\xd8\xff")) || !str_ends(payload, STR("\xff\xd9")))
        return nonsense(e, "a picture that is none");
    return arena_dup(x->of->arena, payload, &x->picture) ? OK
                                                         : fail(e, E_LIMIT, NULL, "no memory for a picture");
}

/* Whoever makes a file larger than it can be is not believed. */
static enum status piece_take(struct extraction *x, struct str payload, struct err *e) {
    if (!x->ready || !x->file || payload.n == 0 || payload.n > EXTRACT_PIECE_BYTES ||
        payload.n > x->file_max - x->file_bytes)
        return nonsense(e, "a piece of a file");
    x->file_bytes += payload.n;
    return x->file->take(x->file->ctx, payload, e);
}

/* A reader of several ends when no page is left to take; whether all came is looked at when all have ended. */
static bool is_complete(const struct extraction *x) {
    if (x->file) return x->file_bytes > 0;
    return x->task == EXTRACT_TASK_DRAW ? x->picture.n > 0 : x->counted;
}

/* One frame; *end is set when it was the last. */
static enum status frame_take(struct extraction *x, uint8_t kind, bool *end, struct err *e) {
    struct str payload = buf_str(&x->frame);
    struct wire w = wire_of(payload);

    switch (kind) {
    case EXTRACT_FRAME_READY:
        if (x->ready || payload.n) return nonsense(e, "ready");
        x->ready = true;
        return OK;
    case EXTRACT_FRAME_TOTAL: return total_take(x, payload, e);
    case EXTRACT_FRAME_PAGE: return page_take(x, payload, e);
    case EXTRACT_FRAME_PICTURE: return picture_take(x, payload, e);
    case EXTRACT_FRAME_PIECE: return piece_take(x, payload, e);
    case EXTRACT_FRAME_END:
        if (!is_complete(x) || payload.n) return nonsense(e, "end before the last page");
        *end = true;
        return OK;
    case EXTRACT_FRAME_FAILED: {
        uint8_t code = wire_u8(&w);
        return x->ready && wire_end(&w) ? code_fail(x, (enum extract_code)code, e) : nonsense(e, "failed");
    }
    default: return nonsense(e, "a frame of no kind");
    }
}

/* The reader went without a last word: from its exit code, why. */
static enum status death_explain(struct extraction *x, struct err *e) {
    int status = 0;
    bool known = extractor_end_reader(&x->reader, &status);

    if (known && WIFEXITED(status) && WEXITSTATUS(status) == EXTRACT_EXIT_SANDBOX)
        return fail(e, E_INTERNAL, &extract_messages[EXTRACT_INTERNAL],
                    "the extractor could not close its sandbox");
    if (known && WIFEXITED(status) && WEXITSTATUS(status) == EXTRACT_EXIT_MEMORY)
        return fail(e, E_INVALID, &extract_messages[EXTRACT_TOO_COMPLEX], "the extractor ran out of memory");
    if (!x->ready && !known) return fail(e, E_RETRY, NULL, "the extractor went away");
    return fail(e, E_INVALID, &extract_messages[EXTRACT_CRASHED], "the extractor ended by %s %d",
                WIFSIGNALED(status) ? "signal" : "exit code",
                WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
}

/* How far all have come, and the time that is left as of now: others may have earned some. False: another one failed. */
static bool look_at_others(struct extraction *x, int *done, int *total) {
    pthread_mutex_lock(&x->of->lock);
    x->wait.until_us = x->of->until_us;
    *done = x->of->done;
    *total = x->of->total;
    bool failed = x->of->failed;
    pthread_mutex_unlock(&x->of->lock);
    return !failed;
}

/* Something to read, looking at the others now and then. E_RETRY: the time is over, somebody failed, or the program stops. */
static enum status wait_for_frame(struct extraction *x, int *done, int *total, struct err *e) {
    enum status s = E_RETRY;

    while (s == E_RETRY && look_at_others(x, done, total)) {
        int64_t now_us = clock_monotonic_us(), until_us = now_us + LOOK_US;
        struct frame_wait a_while = { until_us < x->wait.until_us ? until_us : x->wait.until_us, NULL };
        bool stopping = x->wait.stopping && __atomic_load_n(x->wait.stopping, __ATOMIC_RELAXED);
        if (now_us >= x->wait.until_us || stopping) break;
        s = socket_wait(x->reader.pages, &a_while, NULL);
    }
    return s == E_RETRY ? fail(e, s, NULL, "nobody waits for this reader any more") : s;
}

static enum status receive(struct extraction *x, uint8_t *kind, struct err *e) {
    struct err why = { 0 };
    int done, total;
    enum status s = wait_for_frame(x, &done, &total, &why);

    if (s == OK) s = frame_receive(x->reader.pages, &x->wait, &x->frame, kind, &why);
    if (s == E_RETRY && clock_monotonic_us() >= x->wait.until_us)
        return fail(e, E_INVALID, &extract_messages[EXTRACT_TIMEOUT],
                    "no answer in time, after %d of %d pages", done, total);
    if (s == E_NOT_FOUND || s == E_INVALID) return death_explain(x, e);
    if (s == E_LIMIT) return nonsense(e, why.detail);
    return s == OK ? OK : fail(e, s, NULL, "%s", why.detail);
}

static enum status frames_take(struct extraction *x, struct err *e) {
    for (bool end = false; !end;) {
        uint8_t kind = 0;
        enum status s = receive(x, &kind, e);
        if (s != OK) return s;
        pthread_mutex_lock(&x->of->lock);
        s = frame_take(x, kind, &end, e);
        int done = x->of->done, total = x->of->total;
        pthread_mutex_unlock(&x->of->lock);
        if (s == OK && kind == EXTRACT_FRAME_PAGE && x->options->on_page)
            s = x->options->on_page(x->options->ctx, done, total, e);
        if (s != OK) return s;
    }
    return OK;
}

/* Has a reader started and listens to it until its last word, or the time is over. */
static enum status converse(struct extractor *extractor, struct extraction *x, int bytes_fd,
                            const struct extract_request *request, struct err *e) {
    x->reader = (struct extract_reader) { -1, -1 };
    enum status s = extractor_start_reader(extractor, bytes_fd, request, &x->reader, e);
    if (s != OK) return s;
    /* A reader that is gone says by its end why. */
    if (x->password.n) (void)!frame_send(x->reader.pages, EXTRACT_FRAME_PASSWORD, x->password, NULL);
    x->wait = (struct frame_wait) { x->of->until_us, x->options->stopping };
    buf_init(&x->frame, PAGE_WIRE_MAX);
    s = frames_take(x, e);
    buf_done(&x->frame);
    /* The keeper learns from a reader that ends by itself that the OCR is worth keeping loaded. */
    if (s == OK && x->of->any_ocr) extractor_end_reader(&x->reader, &(int) { 0 });
    fd_close(&x->reader.pages);
    fd_close(&x->reader.status);
    return s;
}

static const struct extract_options no_options = { 0 };

/* A byte a page, all unclaimed. */
static enum status claims_new(int *fd, struct err *e) {
    enum status s = memory_file_new(fd, e);

    if (s == OK && ftruncate(*fd, PAGES_MAX) != 0) {
        s = fail_errno(e, E_RETRY, NULL, "no memory for the claims of a document");
        fd_close(fd);
    }
    return s;
}

/* ---- helpers ---- */

enum { HELPERS_MAX = 15 };

struct helper {
    struct team *team;
    struct extraction extraction;
    pthread_t thread;
};

/* The helpers of the reader of one document; of its thread alone, but for what the helpers share in `of`. */
struct team {
    struct extractor *extractor;
    struct document_pages *of;
    const struct extract_request *request;
    int bytes_fd;
    bool gathered;
    int count;
    struct helper helpers[HELPERS_MAX];
};

/* Everybody who reads the document stops. */
static void give_up(struct document_pages *d, enum status s, const struct err *why) {
    pthread_mutex_lock(&d->lock);
    if (!d->failed) {
        d->failed = true;
        d->result = s;
        d->why = *why;
    }
    pthread_mutex_unlock(&d->lock);
}

static void *help(void *arg) {
    struct helper *h = arg;
    const struct team *t = h->team;
    struct err why = { 0 };

    h->extraction = (struct extraction) { .of = t->of, .options = &no_options };
    enum status s = converse(t->extractor, &h->extraction, t->bytes_fd, t->request, &why);
    if (s != OK) give_up(t->of, s, &why);
    return NULL;
}

/* Once, when the first legible page has shown that the document is an honest scan. */
static void team_gather(struct team *t, int pages_left) {
    int wanted = pages_left - 1 < HELPERS_MAX ? pages_left - 1 : HELPERS_MAX;

    if (t->gathered || wanted <= 0) return;
    t->gathered = true;
    int n = extractor_take_helpers(t->extractor, wanted);
    for (int i = 0; i < n; i++) {
        struct helper *h = &t->helpers[t->count];
        *h = (struct helper) { .team = t };
        if (pthread_create(&h->thread, NULL, help, h) == 0)
            t->count++;
        else
            extractor_end(t->extractor);
    }
}

static void team_end(struct team *t) {
    for (int i = 0; i < t->count; i++) {
        pthread_join(t->helpers[i].thread, NULL);
        extractor_end(t->extractor);
    }
}

/* What all together came to. */
static enum status outcome(const struct document_pages *d, const struct extract_options *o, bool helped,
                           struct err *e) {
    if (d->failed) {
        if (e) *e = d->why;
        return d->result;
    }
    if (d->done != d->total) return nonsense(e, "an end before the last page");
    return helped && o->on_page ? o->on_page(o->ctx, d->done, d->total, e) : OK;
}

static enum status read_all(struct extractor *extractor, struct document_pages *d, int bytes_fd,
                            const struct extract_options *options, struct err *e) {
    struct extract_request everything = { .claims_fd = -1 };
    struct team team = { .extractor = extractor, .of = d, .request = &everything, .bytes_fd = bytes_fd };
    struct extraction first = { .of = d, .options = options, .team = &team };
    struct err why = { 0 };
    enum status s = claims_new(&everything.claims_fd, e);

    if (s != OK) return s;
    extractor_begin(extractor);
    s = converse(extractor, &first, bytes_fd, &everything, &why);
    if (s != OK) give_up(d, s, &why);
    team_end(&team);
    extractor_end(extractor);
    fd_close(&everything.claims_fd);
    return outcome(d, options, team.count > 0, e);
}

enum status extract_pages(struct extractor *extractor, struct arena *a, int bytes_fd,
                          const struct extract_options *options, struct page **pages, size_t *count,
                          struct err *e) {
    const struct extract_options *o = options ? options : &no_options;
    struct document_pages d = { .arena = a };
    enum status s = memory_file_seal(bytes_fd, e);

    if (s != OK) return s;
    d.page_budget_us = o->page_budget_us ? o->page_budget_us : EXTRACT_PAGE_BUDGET_US;
    d.until_us = clock_monotonic_us() + (o->budget_us ? o->budget_us : EXTRACT_BUDGET_US);
    pthread_mutex_init(&d.lock, NULL);
    s = read_all(extractor, &d, bytes_fd, o, e);
    pthread_mutex_destroy(&d.lock);
    if (s != OK) return s;
    *pages = d.pages;
    *count = (size_t)d.total;
    return OK;
}

/* Pixels for so many tenths of a point: EXTRACT_PICTURE_DPI, or fewer on a page that would be too large. */
static struct extract_request request_of(const struct page *page) {
    const double dpi = EXTRACT_PICTURE_DPI, side_max = EXTRACT_PICTURE_SIDE_MAX,
                 pixels_max = EXTRACT_PICTURE_PIXELS_MAX, w = page->width, h = page->height;
    double scale = dpi / 720.0;

    scale = fmin(scale, side_max / fmax(w, h));
    scale = fmin(scale, sqrt(pixels_max / (w * h)));
    return (struct extract_request) { .task = EXTRACT_TASK_DRAW,
                                      .page = page->number,
                                      .width = (int)fmax(1, floor(w * scale)),
                                      .height = (int)fmax(1, floor(h * scale)),
                                      .turn = page->turn };
}

/* For somebody who waits for it: with a few others at most. */
static enum status converse_in_turn(struct extractor *extractor, struct arena *a, struct extraction *x,
                                    int bytes_fd, struct extract_request request, struct err *e) {
    struct document_pages d = { .arena = a };
    enum status s = memory_file_seal(bytes_fd, e);

    if (s == OK) s = claims_new(&request.claims_fd, e);
    if (s != OK) return s;
    if ((s = extractor_take_place(extractor, e)) == OK) {
        x->of = &d;
        x->options = &no_options;
        x->task = request.task;
        d.until_us = clock_monotonic_us() + EXTRACT_PICTURE_BUDGET_US;
        pthread_mutex_init(&d.lock, NULL);
        s = converse(extractor, x, bytes_fd, &request, e);
        pthread_mutex_destroy(&d.lock);
        extractor_leave_place(extractor);
    }
    fd_close(&request.claims_fd);
    return s;
}

enum status extract_picture(struct extractor *extractor, struct arena *a, int bytes_fd,
                            const struct page *page, struct str *jpeg, struct err *e) {
    struct extraction x = { 0 };
    enum status s = converse_in_turn(extractor, a, &x, bytes_fd, request_of(page), e);

    if (s == OK) *jpeg = x.picture;
    return s;
}

enum status extract_unlock(struct extractor *extractor, struct arena *a, int bytes_fd, struct str password,
                           const struct extract_sink *sink, struct err *e) {
    const struct extract_request unlock = { .task = EXTRACT_TASK_UNLOCK };
    struct extraction x = { .password = password, .file = sink, .file_max = EXTRACT_UNLOCKED_BYTES };

    if (password.n > EXTRACT_PASSWORD_BYTES) return fail(e, E_INVALID, NULL, "a password too long");
    return converse_in_turn(extractor, a, &x, bytes_fd, unlock, e);
}
