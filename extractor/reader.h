#ifndef EXTRACTOR_READER_H
#define EXTRACTOR_READER_H
/*
 * reader -- the process of one document: shuts itself in, reads it, answers, ends.
 */
#include "drawing.h"

enum { READER_DOCUMENT_FD = 3, READER_PAGES_FD = 4, READER_CLAIMS_FD = 5 };

struct reader_limits {
    size_t memory_bytes;
    unsigned cpu_s;
};

/*
 * In the forked process, with the three descriptors in place and no other open. drawing.page 0: the document is
 * read; else that page is drawn. Never returns.
 */
_Noreturn void reader_run(const struct reader_limits *, const struct drawing *, struct ocr *);

#endif
