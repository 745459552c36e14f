#ifndef DOCUMENTS_EXTRACT_H
#define DOCUMENTS_EXTRACT_H
/*
 * extract -- the pages of one document, read by medirecord-extract in its sandbox.
 *
 * One process a document: it gets the bytes as a sealed memory file, owns nothing else, and is killed at its limits (time, memory,
 * output). What it answers is treated as hostile and checked before it is believed. A process that dies, hangs or
 * talks nonsense makes this call fail with a message for the doctor; nothing else happens to the program.
 */
#include "base/status.h"
#include "documents/page.h"

struct extract_options {
    struct str program;  /* path of medirecord-extract */
    int64_t deadline_us; /* for the whole document */
    size_t memory_bytes;
    const bool *stopping; /* may be NULL */
    /* Called after each page; may be NULL. A failure ends the extraction. */
    enum status (*on_page)(void *ctx, int done, int total, struct err *);
    void *ctx;
};

/* bytes_fd: a memory file (memfd) with the document; borrowed. E_INVALID with a message says what is wrong with the
 * document (encrypted, empty, damaged, too many pages, too large a picture, not a document); E_RETRY: try again. */
enum status extract_pages(struct arena *, int bytes_fd, const struct extract_options *, struct page **pages,
                          size_t *count, struct err *) MUST_CHECK;

#endif
