#include "documents/extract_talk.h"

#include "documents/receive.h"
#include "os/file.h"
#include "os/wire.h"

#include <sys/wait.h>

/* How long a failure of another reader may go unseen. */
#define LOOK_US (SECOND_US / 10)

/* Whose fault a code is: the document's (say it to the doctor) or ours. */
static enum status code_fail(struct extraction *x, enum extract_code code, struct err *e) {
    enum status s = E_INVALID;

    bool unasked = code == EXTRACT_WRONG_PASSWORD && x->task != EXTRACT_TASK_UNLOCK;
    if (code == EXTRACT_OK || code >= EXTRACT_TIMEOUT || unasked) code = EXTRACT_INTERNAL;
    if (code == EXTRACT_INTERNAL || code == EXTRACT_NO_MODELS) s = E_INTERNAL;
    if (code == EXTRACT_WRONG_PASSWORD) s = E_DENIED;
    if (s == E_INVALID) x->stopped = code;
    return fail(e, s, &extract_messages[code], "the extractor answered: %s", extract_messages[code].code);
}

enum status extract_nonsense(struct err *e, const char *what) {
    return fail(e, E_INVALID, &extract_messages[EXTRACT_CRASHED], "the extractor talks nonsense: %s", what);
}

static enum status total_take(struct extraction *x, struct str payload, struct err *e) {
    struct document_pages *d = x->of;
    struct page_wire_total total;
    struct err why = { 0 };

    if (page_wire_read_total(payload, &total, &why) != OK) return extract_nonsense(e, why.detail);
    if (!x->ready || x->task != EXTRACT_TASK_READ || x->counted || (d->total && total.pages != d->total))
        return extract_nonsense(e, "a number of pages");
    x->counted = true;
    if (d->total) return OK;
    for (size_t i = 0; i < total.file_count; i++)
        if (!receive_file_name(d->arena, total.files[i].name, &total.files[i].name))
            return fail(e, E_LIMIT, NULL, "no memory for a name");
    d->pages = arena_array(d->arena, (size_t)total.pages, sizeof *d->pages);
    if (!d->pages) return fail(e, E_LIMIT, NULL, "no memory for %d pages", total.pages);
    d->said = total;
    d->total = total.pages;
    return OK;
}

static enum status page_take(struct extraction *x, struct str payload, struct err *e) {
    struct document_pages *d = x->of;
    struct page page;
    struct err why = { 0 };

    if (!x->counted) return extract_nonsense(e, "a page before the number of pages");
    enum status s = page_wire_read(d->arena, payload, &page, &why);
    if (s == E_INVALID) return extract_nonsense(e, why.detail);
    if (s != OK) return fail(e, s, NULL, "%s", why.detail);
    if (page.source == PAGE_CORRECTED) return extract_nonsense(e, "the words of a doctor");
    if (page.number > d->total || d->pages[page.number - 1].number != 0)
        return extract_nonsense(e, "a page too many");
    d->pages[page.number - 1] = page;
    d->done++;
    d->any_ocr |= page.source == PAGE_OCR;
    if (page.source == PAGE_OCR && page.legible && ++d->legible_scans > EXTRACT_PAGES_WITHIN)
        d->until_us += d->page_budget_us;
    if (page.source == PAGE_OCR && page.legible && x->on_scan) x->on_scan(x->team, d->total - d->done);
    return OK;
}

/* A JPEG file by its first and last marker; a browser that is told so takes it for nothing else. */
static enum status picture_take(struct extraction *x, struct str payload, struct err *e) {
    if (!x->ready || x->task != EXTRACT_TASK_DRAW || x->picture.n) return extract_nonsense(e, "a picture");
    if (payload.n < 4 || !str_starts(payload, STR("\xff\xd8\xff")) || !str_ends(payload, STR("\xff\xd9")))
        return extract_nonsense(e, "a picture that is none");
    return arena_dup(x->of->arena, payload, &x->picture) ? OK
                                                         : fail(e, E_LIMIT, NULL, "no memory for a picture");
}

/* Whoever makes a file larger than it can be is not believed. */
static enum status piece_take(struct extraction *x, struct str payload, struct err *e) {
    if (!x->ready || !x->file || payload.n == 0 || payload.n > EXTRACT_PIECE_BYTES ||
        payload.n > x->file_max - x->file_bytes)
        return extract_nonsense(e, "a piece of a file");
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
        if (x->ready || payload.n) return extract_nonsense(e, "ready");
        x->ready = true;
        return OK;
    case EXTRACT_FRAME_TOTAL: return total_take(x, payload, e);
    case EXTRACT_FRAME_PAGE: return page_take(x, payload, e);
    case EXTRACT_FRAME_PICTURE: return picture_take(x, payload, e);
    case EXTRACT_FRAME_PIECE: return piece_take(x, payload, e);
    case EXTRACT_FRAME_END:
        if (!is_complete(x) || payload.n) return extract_nonsense(e, "end before the last page");
        *end = true;
        return OK;
    case EXTRACT_FRAME_FAILED: {
        uint8_t code = wire_u8(&w);
        return x->ready && wire_end(&w) ? code_fail(x, (enum extract_code)code, e)
                                        : extract_nonsense(e, "failed");
    }
    default: return extract_nonsense(e, "a frame of no kind");
    }
}

/* The reader went without a last word: from its exit code, why. */
static enum status death_explain(struct extraction *x, struct err *e) {
    int status = 0;
    bool known = extractor_end_reader(&x->reader, &status);

    if (known && WIFEXITED(status) && WEXITSTATUS(status) == EXTRACT_EXIT_SANDBOX)
        return fail(e, E_INTERNAL, &extract_messages[EXTRACT_INTERNAL],
                    "the extractor could not close its sandbox");
    if (!x->ready && !known) return fail(e, E_RETRY, NULL, "the extractor went away");
    x->stopped = known && WIFEXITED(status) && WEXITSTATUS(status) == EXTRACT_EXIT_MEMORY
                     ? EXTRACT_TOO_COMPLEX
                     : EXTRACT_CRASHED;
    if (x->stopped == EXTRACT_TOO_COMPLEX)
        return fail(e, E_INVALID, &extract_messages[EXTRACT_TOO_COMPLEX], "the extractor ran out of memory");
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
    if (s == E_RETRY && clock_monotonic_us() >= x->wait.until_us) {
        x->stopped = EXTRACT_TIMEOUT;
        return fail(e, E_INVALID, &extract_messages[EXTRACT_TIMEOUT],
                    "no answer in time, after %d of %d pages", done, total);
    }
    if (s == E_NOT_FOUND || s == E_INVALID) return death_explain(x, e);
    if (s == E_LIMIT) return extract_nonsense(e, why.detail);
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

enum status extract_talk(struct extractor *extractor, struct extraction *x, int bytes_fd,
                         const struct extract_request *request, struct err *e) {
    x->reader = (struct extract_reader) { -1, -1 };
    x->ready = x->counted = false;
    x->stopped = EXTRACT_OK;
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
