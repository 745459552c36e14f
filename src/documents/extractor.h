#ifndef DOCUMENTS_EXTRACTOR_H
#define DOCUMENTS_EXTRACTOR_H
/*
 * extractor -- the keeper process and the start of a reader; inside of extract.h.
 */
#include "documents/extract.h"
#include "documents/extract_code.h"

/*
 * The program's ends of the two sockets of one reader. Closing `status` kills the reader if it still lives.
 */
struct extract_reader {
    int pages, status;
};

/* What a reader is asked for (extract_code.h). */
struct extract_request {
    enum extract_task task;
    int page, width, height;
    struct turn turn;
    int beside_fd; /* borrowed: PAGES_MAX bytes of claims, shared by the readers of one document; to export, its pages */
};

/*
 * Cores that no document uses: who reads one may have helpers for its other pages, *count at the most and at least 0.
 * Each document that is read counts as one from extractor_begin() to extractor_end(); helpers are given back one by one.
 */
void extractor_begin(struct extractor *);
void extractor_end(struct extractor *);
int extractor_take_helpers(struct extractor *, int wanted);

/*
 * A place among those that draw: waits for one, EXTRACT_PICTURE_BUDGET_US at most. E_RETRY with a message: too many
 * wait already, or too long. Who got one leaves it again.
 */
enum status extractor_take_place(struct extractor *, struct err *) MUST_CHECK;
void extractor_leave_place(struct extractor *);

/* Has a reader forked for the document, on a keeper that is started if there is none. */
enum status extractor_start_reader(struct extractor *, int bytes_fd, const struct extract_request *,
                                   struct extract_reader *, struct err *) MUST_CHECK;

/*
 * How the reader ended, as of waitpid(); waits a little for it. False: it lives still. Closes both sockets.
 */
bool extractor_end_reader(struct extract_reader *, int *wait_status);

#endif
