#ifndef DOCUMENTS_EXTRACTOR_H
#define DOCUMENTS_EXTRACTOR_H
/*
 * extractor -- the keeper process and the start of a reader; inside of extract.h.
 */
#include "documents/extract.h"

/*
 * The program's ends of the two sockets of one reader. Closing `status` kills the reader if it still lives.
 */
struct extract_reader {
    int pages, status;
};

/* Has a reader forked for the document, on a keeper that is started if there is none. */
enum status extractor_start_reader(struct extractor *, int bytes_fd, struct extract_reader *,
                                   struct err *) MUST_CHECK;

/*
 * How the reader ended, as of waitpid(); waits a little for it. False: it lives still. Closes both sockets.
 */
bool extractor_end_reader(struct extract_reader *, int *wait_status);

#endif
