#ifndef DOCUMENTS_EXTRACT_TALK_H
#define DOCUMENTS_EXTRACT_TALK_H
/*
 * extract_talk -- what one reader says, taken as hostile: each frame is checked before it is believed. Inside of extract.h.
 */
#include "documents/extractor.h"
#include "documents/page_wire.h"
#include "os/frame.h"

#include <pthread.h>

/*
 * What is read of one document, by one reader or, when it is a long scan, by several: each talks to a thread of its
 * own, and the lock protects everything here, the arena included.
 */
struct document_pages {
    pthread_mutex_t lock;
    struct arena *arena;
    int total, done;             /* total 0: not said yet */
    struct page *pages;          /* number 0: not read yet */
    struct page_wire_total said; /* and which pages come from files within the document */
    int64_t until_us, page_budget_us;
    int legible_scans; /* pages that came out legible by OCR */
    bool any_ocr;
    bool keep;   /* what was read is kept when a reader stops */
    bool failed; /* one of the readers: the others stop, and the first reason is that of the document */
    enum extract_code stopped; /* one of the readers, and the others go on; EXTRACT_OK: none */
    enum status result;        /* of the first that did either */
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
    enum extract_code
        stopped; /* an honest reader did, before its end, at a page or by the clock; EXTRACT_OK: it did not */
    enum extract_task task;
    void (*on_scan)(void *team, int pages_left); /* a page came out legible by OCR; NULL: nobody helps */
    void *team;
    struct str picture;
    struct str password;
    const struct extract_sink *file; /* of a task that makes a file */
    uint64_t file_bytes, file_max;
};

/*
 * Has a reader started and listens to it until its last word, or the time is over. bytes_fd is sealed; x->of and what the task needs are
 * set.
 */
enum status extract_talk(struct extractor *, struct extraction *, int bytes_fd,
                         const struct extract_request *, struct err *) MUST_CHECK;

/* What is said of a document of which a reader stopped for this reason. */
const struct message *extract_unread_message(enum extract_code);

/* E_INVALID, for people: the document cannot be read; for the log: the extractor says what it must not. */
enum status extract_nonsense(struct err *, const char *what);

#endif
