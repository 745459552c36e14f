#include "documents/extract.h"
#include "documents/extract_code.h"
#include "documents/extractor.h"
#include "documents/page_wire.h"
#include "os/file.h"
#include "os/frame.h"
#include "os/wire.h"

#include <math.h>
#include <sys/wait.h>

/* The reading of one document, or the drawing of one of its pages. */
struct extraction {
    struct arena *arena;
    const struct extract_options *options;
    struct extract_reader reader;
    struct frame_wait wait;
    int64_t page_budget_us;
    struct buf frame;
    bool ready;
    int total, done; /* total 0: not said yet */
    struct page *pages;
    bool any_ocr;
    struct str *picture; /* NULL: the document is read */
};

/* Whose fault a code is: the document's (say it to the doctor) or ours. */
static enum status code_fail(struct err *e, enum extract_code code) {
    enum status s = E_INVALID;

    if (code == EXTRACT_OK || code >= EXTRACT_TIMEOUT) code = EXTRACT_INTERNAL;
    if (code == EXTRACT_INTERNAL || code == EXTRACT_NO_MODELS) s = E_INTERNAL;
    return fail(e, s, &extract_messages[code], "the extractor answered: %s", extract_messages[code].code);
}

static enum status nonsense(struct err *e, const char *what) {
    return fail(e, E_INVALID, &extract_messages[EXTRACT_CRASHED], "the extractor talks nonsense: %s", what);
}

static enum status total_take(struct extraction *x, struct str payload, struct err *e) {
    struct wire w = wire_of(payload);
    uint32_t total = wire_u32(&w);

    if (!x->ready || x->picture || x->total || !wire_end(&w) || total == 0 || total > PAGES_MAX)
        return nonsense(e, "a number of pages");
    x->pages = arena_array(x->arena, total, sizeof *x->pages);
    if (!x->pages) return fail(e, E_LIMIT, NULL, "no memory for %u pages", total);
    x->total = (int)total;
    return OK;
}

static enum status page_take(struct extraction *x, struct str payload, struct err *e) {
    struct page *page = &x->pages[x->done];
    struct err why = { 0 };

    if (x->done >= x->total) return nonsense(e, "a page too many");
    enum status s = page_wire_read(x->arena, payload, page, &why);
    if (s == E_INVALID) return nonsense(e, why.detail);
    if (s != OK) return fail(e, s, NULL, "%s", why.detail);
    if (page->number != x->done + 1) return nonsense(e, "pages out of order");
    x->done++;
    x->any_ocr |= page->source == PAGE_OCR;
    if (page->source == PAGE_OCR && page->legible) x->wait.until_us += x->page_budget_us;
    return x->options->on_page ? x->options->on_page(x->options->ctx, x->done, x->total, e) : OK;
}

/* A JPEG file by its first and last marker; a browser that is told so takes it for nothing else. */
static enum status picture_take(struct extraction *x, struct str payload, struct err *e) {
    if (!x->ready || !x->picture || x->picture->n) return nonsense(e, "a picture");
    if (payload.n < 4 || !str_starts(payload, STR("\xff\xd8\xff")) || !str_ends(payload, STR("\xff\xd9")))
        return nonsense(e, "a picture that is none");
    return arena_dup(x->arena, payload, x->picture) ? OK : fail(e, E_LIMIT, NULL, "no memory for a picture");
}

static bool is_complete(const struct extraction *x) {
    return x->picture ? x->picture->n > 0 : x->total && x->done == x->total;
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
    case EXTRACT_FRAME_END:
        if (!is_complete(x) || payload.n) return nonsense(e, "end before the last page");
        *end = true;
        return OK;
    case EXTRACT_FRAME_FAILED: {
        uint8_t code = wire_u8(&w);
        return x->ready && wire_end(&w) ? code_fail(e, (enum extract_code)code) : nonsense(e, "failed");
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

static enum status frames_take(struct extraction *x, struct err *e) {
    for (bool end = false; !end;) {
        uint8_t kind = 0;
        struct err why = { 0 };
        enum status s = frame_receive(x->reader.pages, &x->wait, &x->frame, &kind, &why);

        if (s == E_RETRY && clock_monotonic_us() >= x->wait.until_us)
            return fail(e, E_INVALID, &extract_messages[EXTRACT_TIMEOUT],
                        "no answer in time, after %d of %d pages", x->done, x->total);
        if (s == E_NOT_FOUND || s == E_INVALID) return death_explain(x, e);
        if (s == E_LIMIT) return nonsense(e, why.detail);
        if (s != OK) return fail(e, s, NULL, "%s", why.detail);
        if ((s = frame_take(x, kind, &end, e)) != OK) return s;
    }
    return OK;
}

/* Has a reader started and listens to it until its last word, or the time is over. */
static enum status converse(struct extractor *extractor, struct extraction *x, int bytes_fd,
                            const struct extract_request *request, int64_t budget_us, struct err *e) {
    enum status s = memory_file_seal(bytes_fd, e);

    x->reader = (struct extract_reader) { -1, -1 };
    if (s == OK) s = extractor_start_reader(extractor, bytes_fd, request, &x->reader, e);
    if (s != OK) return s;
    x->wait = (struct frame_wait) { clock_monotonic_us() + budget_us, x->options->stopping };
    buf_init(&x->frame, PAGE_WIRE_MAX);
    s = frames_take(x, e);
    buf_done(&x->frame);
    /* The keeper learns from a reader that ends by itself that the OCR is worth keeping loaded. */
    if (s == OK && x->any_ocr) extractor_end_reader(&x->reader, &(int) { 0 });
    fd_close(&x->reader.pages);
    fd_close(&x->reader.status);
    return s;
}

static const struct extract_options no_options = { 0 };

enum status extract_pages(struct extractor *extractor, struct arena *a, int bytes_fd,
                          const struct extract_options *options, struct page **pages, size_t *count,
                          struct err *e) {
    static const struct extract_request everything = { 0 };
    struct extraction x = { .arena = a, .options = options ? options : &no_options };
    int64_t budget_us = x.options->budget_us ? x.options->budget_us : EXTRACT_BUDGET_US;

    x.page_budget_us = x.options->page_budget_us ? x.options->page_budget_us : EXTRACT_PAGE_BUDGET_US;
    enum status s = converse(extractor, &x, bytes_fd, &everything, budget_us, e);
    if (s != OK) return s;
    *pages = x.pages;
    *count = (size_t)x.total;
    return OK;
}

/* Pixels for so many tenths of a point: EXTRACT_PICTURE_DPI, or fewer on a page that would be too large. */
static struct extract_request request_of(const struct page *page) {
    const double dpi = EXTRACT_PICTURE_DPI, side_max = EXTRACT_PICTURE_SIDE_MAX,
                 pixels_max = EXTRACT_PICTURE_PIXELS_MAX, w = page->width, h = page->height;
    double scale = dpi / 720.0;

    scale = fmin(scale, side_max / fmax(w, h));
    scale = fmin(scale, sqrt(pixels_max / (w * h)));
    return (struct extract_request) { .page = page->number,
                                      .width = (int)fmax(1, floor(w * scale)),
                                      .height = (int)fmax(1, floor(h * scale)),
                                      .turn = page->turn };
}

enum status extract_picture(struct extractor *extractor, struct arena *a, int bytes_fd,
                            const struct page *page, struct str *jpeg, struct err *e) {
    const struct extract_request request = request_of(page);
    struct str picture = { NULL, 0 };
    struct extraction x = { .arena = a, .options = &no_options, .picture = &picture };
    enum status s = extractor_take_place(extractor, e);

    if (s != OK) return s;
    s = converse(extractor, &x, bytes_fd, &request, EXTRACT_PICTURE_BUDGET_US, e);
    extractor_leave_place(extractor);
    if (s == OK) *jpeg = picture;
    return s;
}
