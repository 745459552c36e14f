#include "documents/extract.h"
#include "documents/extract_code.h"
#include "documents/extractor.h"
#include "documents/page_wire.h"
#include "os/file.h"
#include "os/frame.h"
#include "os/wire.h"

#include <stdio.h>
#include <sys/wait.h>

const struct message extract_messages[] = {
    [EXTRACT_OK] = { "internal", "Le document n'a pas pu être lu. Réessayez, puis prévenez l'administrateur.",
                     "The document could not be read. Try again, then tell the administrator." },
    [EXTRACT_EMPTY] = { "empty", "Le fichier est vide. Envoyez le document à nouveau.",
                        "The file is empty. Send the document again." },
    [EXTRACT_UNSUPPORTED] = { "unsupported",
                              "Ce format n'est pas lu. Envoyez un PDF, une image (PNG, JPEG, TIFF, WebP, HEIC) ou un texte (TXT).",
                              "This format cannot be read. Send a PDF, a picture (PNG, JPEG, TIFF, WebP, HEIC) or a text file (TXT)." },
    [EXTRACT_ENCRYPTED] = { "encrypted",
                            "Le document est protégé par un mot de passe. Enlevez-le, puis envoyez le document à nouveau.",
                            "The document is protected by a password. Remove it, then send the document again." },
    [EXTRACT_DAMAGED] = { "damaged",
                          "Le fichier est abîmé ou incomplet. Envoyez-le à nouveau, ou faites-en une photo.",
                          "The file is damaged or incomplete. Send it again, or take a photograph of it." },
    [EXTRACT_NO_PAGES] = { "no_pages", "Le document ne contient aucune page.", "The document has no pages." },
    [EXTRACT_TOO_MANY_PAGES] = { "too_many_pages",
                                 "Le document a plus de 500 pages. Envoyez-le en plusieurs parties.",
                                 "The document has more than 500 pages. Send it in several parts." },
    [EXTRACT_TOO_LARGE_PICTURE] = { "too_large_picture",
                                    "L'image est trop grande (plus de 100 millions de points). Réduisez-la.",
                                    "The picture is too large (more than 100 million pixels). Make it smaller." },
    [EXTRACT_TOO_COMPLEX] = { "too_complex",
                              "Le document est trop complexe pour être lu. Envoyez-en une version imprimée et numérisée.",
                              "The document is too complex to be read. Send a version that was printed and scanned." },
    [EXTRACT_NO_MODELS] = { "ocr_missing",
                            "La lecture des images n'est pas installée sur ce serveur (tesseract-ocr-fra, tesseract-ocr-eng). "
                            "Prévenez l'administrateur.",
                            "Reading pictures is not installed on this server (tesseract-ocr-fra, tesseract-ocr-eng). Tell the "
                            "administrator." },
    [EXTRACT_INTERNAL] = { "internal",
                           "Le document n'a pas pu être lu. Réessayez, puis prévenez l'administrateur.",
                           "The document could not be read. Try again, then tell the administrator." },
    [EXTRACT_TIMEOUT] = { "timeout",
                          "La lecture du document prend trop de temps. Envoyez-le en plusieurs parties ou plus petit.",
                          "Reading the document takes too long. Send it in several parts, or smaller." },
    [EXTRACT_CRASHED] = { "unreadable",
                          "Le document n'a pas pu être lu : il est abîmé ou trop complexe. Imprimez-le et numérisez-le.",
                          "The document could not be read: it is damaged or too complex. Print it and scan it." },
    [EXTRACT_CODE_COUNT] = { NULL, NULL, NULL },
};

/* The reading of one document. */
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

    if (!x->ready || x->total || !wire_end(&w) || total == 0 || total > PAGES_MAX)
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
    case EXTRACT_FRAME_END:
        if (!x->total || x->done != x->total || payload.n) return nonsense(e, "end before the last page");
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

enum status extract_pages(struct extractor *extractor, struct arena *a, int bytes_fd,
                          const struct extract_options *options, struct page **pages, size_t *count,
                          struct err *e) {
    static const struct extract_options none = { 0 };
    struct extraction x = { .arena = a, .options = options ? options : &none, .reader = { -1, -1 } };
    int64_t budget_us = x.options->budget_us ? x.options->budget_us : EXTRACT_BUDGET_US;
    enum status s = memory_file_seal(bytes_fd, e);

    if (s == OK) s = extractor_start_reader(extractor, bytes_fd, &x.reader, e);
    if (s != OK) return s;
    x.wait = (struct frame_wait) { clock_monotonic_us() + budget_us, x.options->stopping };
    x.page_budget_us = x.options->page_budget_us ? x.options->page_budget_us : EXTRACT_PAGE_BUDGET_US;
    buf_init(&x.frame, PAGE_WIRE_MAX);
    s = frames_take(&x, e);
    buf_done(&x.frame);
    /* The keeper learns from a reader that ends by itself that the OCR is worth keeping loaded. */
    if (s == OK && x.any_ocr) extractor_end_reader(&x.reader, &(int) { 0 });
    fd_close(&x.reader.pages);
    fd_close(&x.reader.status);
    if (s != OK) return s;
    *pages = x.pages;
    *count = (size_t)x.total;
    return OK;
}
