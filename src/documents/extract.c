#include "documents/extract.h"

#include "documents/extract_talk.h"
#include "os/file.h"

#include <math.h>
#include <unistd.h>

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

/* An honest document has a page or two that kill their reader; each costs a moment. */
enum { HELPERS_MAX = 15, READERS_LOST_MAX = 6 };

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

/* A reader is gone. What it read is kept, if it was honest until then; else everybody stops. */
static void lose_reader(struct document_pages *d, const struct extraction *x, enum status s,
                        const struct err *why) {
    if (!d->keep || x->stopped == EXTRACT_OK) {
        give_up(d, s, why);
        return;
    }
    pthread_mutex_lock(&d->lock);
    if (d->stopped == EXTRACT_OK && !d->failed) {
        d->stopped = x->stopped;
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
    enum status s = extract_talk(t->extractor, &h->extraction, t->bytes_fd, t->request, &why);
    if (s != OK) lose_reader(t->of, &h->extraction, s, &why);
    return NULL;
}

/* Once, when the first legible page has shown that the document is an honest scan. */
static void team_gather(void *ctx, int pages_left) {
    struct team *t = ctx;
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

/* How many pages some reader has taken. */
static int claims_count(int fd) {
    unsigned char claims[PAGES_MAX];
    int count = 0;

    if (pread(fd, claims, sizeof claims, 0) != (ssize_t)sizeof claims) return 0;
    for (size_t i = 0; i < sizeof claims; i++) count += claims[i] != 0;
    return count;
}

/*
 * The first reader, and another one in its place when it stops at a page, which reads those that nobody has taken. A reader that took no
 * page stopped for the sake of the whole document.
 */
static void read_first(const struct team *t, struct extraction *first) {
    int claimed = 0, before = 0, lost = 0;

    do {
        struct err why = { 0 };
        enum status s = extract_talk(t->extractor, first, t->bytes_fd, t->request, &why);
        if (s == OK) return;
        lose_reader(t->of, first, s, &why);
        before = claimed;
        claimed = claims_count(t->request->beside_fd);
        lost++;
    } while (t->of->keep && first->stopped != EXTRACT_OK && first->stopped != EXTRACT_TIMEOUT &&
             claimed > before && claimed < t->of->total && lost < READERS_LOST_MAX);
}

/* Places for the pages that nobody read, so that a person can look at them, and type what they say. */
static void mark_unread(struct document_pages *d) {
    struct page like = { .width = 5950, .height = 8420 };

    for (int i = 0; i < d->total && like.number == 0; i++) like = d->pages[i].number ? d->pages[i] : like;
    for (int i = 0; i < d->total; i++) {
        if (d->pages[i].number)
            like = d->pages[i];
        else
            d->pages[i] = (struct page) {
                .number = i + 1, .width = like.width, .height = like.height, .source = PAGE_UNREAD
            };
    }
}

static void name_attachments(struct document_pages *d) {
    const struct page_wire_total *t = &d->said;
    for (size_t i = 0; i < t->file_count; i++)
        for (int n = t->files[i].first; n <= t->pages; n++) d->pages[n - 1].attachment = t->files[i].name;
}

/* What all together came to. */
static enum status outcome(struct document_pages *d, const struct extract_options *o, bool helped,
                           struct err *e) {
    bool whole = d->total > 0 && d->done == d->total;

    if (!whole && !d->failed && d->stopped == EXTRACT_OK)
        return extract_nonsense(e, "an end before the last page");
    if (d->failed || (!whole && d->done == 0)) {
        if (e) *e = d->why;
        return d->result;
    }
    if (!whole) mark_unread(d);
    name_attachments(d);
    if (o->unread && !whole) *o->unread = extract_unread_message(d->stopped);
    if (o->unread && whole && d->said.left_out) *o->unread = &extract_left_out;
    return helped && o->on_page ? o->on_page(o->ctx, d->done, d->total, e) : OK;
}

static enum status read_all(struct extractor *extractor, struct document_pages *d, int bytes_fd,
                            const struct extract_options *options, struct err *e) {
    struct extract_request everything = { .beside_fd = -1 };
    struct team team = { .extractor = extractor, .of = d, .request = &everything, .bytes_fd = bytes_fd };
    struct extraction first = { .of = d, .options = options, .on_scan = team_gather, .team = &team };
    enum status s = claims_new(&everything.beside_fd, e);

    if (s != OK) return s;
    d->keep = options->unread != NULL;
    extractor_begin(extractor);
    read_first(&team, &first);
    team_end(&team);
    extractor_end(extractor);
    fd_close(&everything.beside_fd);
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

/* For somebody who waits for it: with a few others at most. x->of and what the task needs are set. */
static enum status talk_in_turn(struct extractor *extractor, struct extraction *x, int bytes_fd,
                                const struct extract_request *request, int64_t budget_us, struct err *e) {
    enum status s = memory_file_seal(bytes_fd, e);

    if (s != OK || (s = extractor_take_place(extractor, e)) != OK) return s;
    x->options = &no_options;
    x->task = request->task;
    x->of->until_us = clock_monotonic_us() + budget_us;
    pthread_mutex_init(&x->of->lock, NULL);
    s = extract_talk(extractor, x, bytes_fd, request, e);
    pthread_mutex_destroy(&x->of->lock);
    extractor_leave_place(extractor);
    return s;
}

/* A task that needs nothing beside the document. */
static enum status talk_alone(struct extractor *extractor, struct extraction *x, int bytes_fd,
                              struct extract_request request, struct err *e) {
    enum status s = claims_new(&request.beside_fd, e);

    if (s == OK) s = talk_in_turn(extractor, x, bytes_fd, &request, EXTRACT_PICTURE_BUDGET_US, e);
    fd_close(&request.beside_fd);
    return s;
}

enum status extract_picture(struct extractor *extractor, struct arena *a, int bytes_fd,
                            const struct page *page, struct str *jpeg, struct err *e) {
    struct document_pages d = { .arena = a };
    struct extraction x = { .of = &d };
    enum status s = talk_alone(extractor, &x, bytes_fd, request_of(page), e);

    if (s == OK) *jpeg = x.picture;
    return s;
}

enum status extract_unlock(struct extractor *extractor, struct arena *a, int bytes_fd, struct str password,
                           const struct extract_sink *sink, struct err *e) {
    const struct extract_request unlock = { .task = EXTRACT_TASK_UNLOCK };
    struct document_pages d = { .arena = a };
    struct extraction x = { .of = &d, .password = password, .file = sink, .file_max = EXTRACT_FILE_BYTES };

    if (password.n > EXTRACT_PASSWORD_BYTES) return fail(e, E_INVALID, NULL, "a password too long");
    return talk_alone(extractor, &x, bytes_fd, unlock, e);
}

enum status extract_export(struct extractor *extractor, struct arena *a, int bytes_fd, int pages_fd,
                           const struct extract_sink *sink, struct err *e) {
    const struct extract_request export = { .task = EXTRACT_TASK_EXPORT, .beside_fd = pages_fd };
    struct document_pages d = { .arena = a };
    struct extraction x = { .of = &d, .file = sink, .file_max = EXTRACT_FILE_BYTES };
    enum status s = memory_file_seal(pages_fd, e);

    return s == OK ? talk_in_turn(extractor, &x, bytes_fd, &export, EXTRACT_EXPORT_BUDGET_US, e) : s;
}
