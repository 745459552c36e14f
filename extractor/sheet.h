#ifndef EXTRACTOR_SHEET_H
#define EXTRACTOR_SHEET_H
/*
 * sheet -- the page that is being read: words are laid on it in reading order, then it is sent as a frame.
 *
 * One sheet is used again for each page of the document; its arena is reset in between, so that memory does
 * not grow with the number of pages.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "documents/extract_code.h"
#include "documents/page_wire.h"

struct sheet {
    struct arena *arena;
    struct page page;
    size_t word_room;
    uint32_t line;
    bool full; /* more words than a page may have, or no memory */
    struct buf frame;
    int fd; /* where pages are sent */
    unsigned char
        *claims; /* PAGES_MAX bytes shared by the readers of the document; NULL: this one reads all pages */
    bool
        within; /* it is a file within the document: its pages follow so many others, and their total was sent */
    int pages_before; /* 0 for the document */
    bool holds_files; /* such a file has files within it */
    bool
        counting; /* nothing is read: sheet_send_total() keeps the number in `counted` and answers EXTRACT_COUNTED */
    int counted;
    /* NULL: pages are sent. Else each page that is ready is given to it instead, and nothing is sent. */
    enum extract_code (*take)(void *ctx, const struct page *);
    void *take_ctx;
};

/* The arena and the frame are bounded. False: no memory. */
bool sheet_init(struct sheet *, int fd);
void sheet_done(struct sheet *);

/* Is the page this reader's? Of all readers that ask one is told so, once. */
bool sheet_claim(struct sheet *, int number);

/* An empty page of the file that is read; sizes in 1/720 inch, brought between 1 and PAGE_SIDE_MAX. */
void sheet_begin(struct sheet *, int number, double width, double height);

/* The words added from now on stand on another printed line. */
void sheet_next_line(struct sheet *);

/*
 * Lays a run of UTF-8 between spaces on the page: ligatures taken apart, what cannot be shown left out,
 * split at Unicode spaces, cut at the page's edges. Nothing readable, or a middle outside the page: nothing
 * happens.
 */
void sheet_add(struct sheet *, struct str text, double x, double y, double w, double h, int confidence);

/* Takes all words away again: another way of reading the page follows. */
void sheet_clear(struct sheet *);

/* Sends the page. */
enum extract_code sheet_send(struct sheet *, enum page_wire_source);

/* Frames without a page. A program that does not listen any more is EXTRACT_INTERNAL. */
enum extract_code sheet_send_total(struct sheet *, int pages);
enum extract_code sheet_send_total_of(struct sheet *, const struct page_wire_total *);

#endif
