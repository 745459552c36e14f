#ifndef DOCUMENTS_EXTRACT_H
#define DOCUMENTS_EXTRACT_H
/*
 * extract -- the pages of one document, read by medirecord-extract in its sandbox.
 *
 * A `struct extractor` holds the keeper process, which is started at the first document and again whenever
 * it has gone. Each document is read by a process of its own that gets the bytes as a sealed memory file,
 * owns nothing else, and is killed at its limits (time, memory, output). What it answers is treated as
 * hostile and checked before it is believed. A process that dies, hangs or talks nonsense makes
 * extract_pages() fail with a message for the doctor, or leave pages out; nothing else happens to the program.
 *
 * Any number of threads may read documents through one extractor at the same time.
 */
#include "base/clock.h"
#include "base/status.h"
#include "documents/page.h"

struct extractor;

struct extractor_options {
    struct str program;  /* path of medirecord-extract */
    size_t memory_bytes; /* of address space, for one reader; 0: EXTRACT_MEMORY_BYTES */
    int readers_max; /* cores: a scan of several pages is read by so many readers at once while they are free */
};

/*
 * A hostile file must not hold a worker: EXTRACT_BUDGET_US is all the time that a document gets. An honest
 * file of many scanned pages needs more and earns it: EXTRACT_PAGE_BUDGET_US for each page that came out
 * legible by OCR, once there are more of them than EXTRACT_PAGES_WITHIN, for whose sake the budget is so long.
 */
enum { EXTRACT_PAGES_WITHIN = 5 };
#define EXTRACT_MEMORY_BYTES   ((size_t)1000 * 1000 * 1000)
#define EXTRACT_BUDGET_US      (50 * SECOND_US)
#define EXTRACT_PAGE_BUDGET_US (10 * SECOND_US)

struct extract_options {
    int64_t budget_us, page_budget_us; /* 0: those above */
    const bool *stopping;              /* may be NULL */
    /* Called after each page; may be NULL. A failure ends the extraction. */
    enum status (*on_page)(void *ctx, int done, int total, struct err *);
    void *ctx;
    /*
     * NULL: a page that cannot be read fails the document. Else what was read before the time or the memory was over is kept, and so is
     * what follows a page at which a reader died; the other pages are PAGE_UNREAD and *unread says why, one of
     * extract_unread_messages, or that files within the document are left out. It is left alone when all was read.
     */
    const struct message **unread;
};

/* Starts nothing yet. Lives in the arena, which must outlive it. */
enum status extractor_open(struct arena *, const struct extractor_options *, struct extractor **,
                           struct err *) MUST_CHECK;
void extractor_close(struct extractor *); /* no extract_pages() may be running; NULL is fine */

/*
 * bytes_fd: a memory file (os/file.h) with the document; sealed here, borrowed. options may be NULL.
 * E_INVALID with a message says what is wrong with the document (encrypted, empty, damaged, too many pages,
 * too large a picture, not a document, too slow to read, killed its reader); E_RETRY: try again; E_LIMIT:
 * the arena is full; E_INTERNAL: the program is missing or its sandbox cannot be closed here.
 */
enum status extract_pages(struct extractor *, struct arena *, int bytes_fd, const struct extract_options *,
                          struct page **pages, size_t *count, struct err *) MUST_CHECK;

/*
 * A page as a picture for people, upright and level as it was read: its width and height are those of the page
 * (number, width, height and turn must be set) at EXTRACT_PICTURE_DPI or a little less, so a box of the page times
 * the picture's width over the page's width is the box in the picture. *jpeg lives in the arena.
 * At most EXTRACT_PICTURES_AT_ONCE are drawn at the same time; who finds as many waiting, or waits too long,
 * gets E_RETRY with a message. Else as extract_pages().
 */
#define EXTRACT_PICTURE_BUDGET_US (20 * SECOND_US)
enum {
    EXTRACT_PICTURE_DPI = 150,
    EXTRACT_PICTURE_SIDE_MAX = 4000,
    EXTRACT_PICTURE_PIXELS_MAX = 5 * 1000 * 1000,
    EXTRACT_PICTURES_AT_ONCE = 2,
    EXTRACT_PICTURES_WAITING = 4, /* a browser asks for six at once */
};
enum status extract_picture(struct extractor *, struct arena *, int bytes_fd, const struct page *,
                            struct str *jpeg, struct err *) MUST_CHECK;

/*
 * A PDF without its password: its bytes are given to `take` in pieces as they come, EXTRACT_FILE_BYTES at most.
 * The password (at most EXTRACT_PASSWORD_MAX bytes) goes to the reader's process and nowhere else. E_DENIED with a
 * message: it is wrong. Shares the places, time and memory of pictures. Else as extract_pages().
 */
enum { EXTRACT_PASSWORD_MAX = 127 };
struct extract_sink {
    enum status (*take)(void *ctx, struct str piece, struct err *);
    void *ctx;
};
enum status extract_unlock(struct extractor *, struct arena *, int bytes_fd, struct str password,
                           const struct extract_sink *, struct err *) MUST_CHECK;

/*
 * The document as a PDF that looks like it and whose words can be searched and copied: its bytes are given to `take` as above,
 * EXTRACT_FILE_BYTES at most. pages_fd: a memory file, borrowed and sealed here, of what was read (extract_code.h), every page of the
 * document in order. Shares the places and the memory of pictures. Else as extract_pages(); the message speaks of reading.
 */
#define EXTRACT_EXPORT_BUDGET_US (50 * SECOND_US)
enum status extract_export(struct extractor *, struct arena *, int bytes_fd, int pages_fd,
                           const struct extract_sink *, struct err *) MUST_CHECK;

/* All messages of a failed extraction, and of one that left pages out; the lists end with code NULL. */
extern const struct message extract_messages[], extract_unread_messages[], extract_left_out;

#endif
