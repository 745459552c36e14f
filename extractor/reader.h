#ifndef EXTRACTOR_READER_H
#define EXTRACTOR_READER_H
/*
 * reader -- the process of one document: shuts itself in, reads it, answers, ends.
 */
#include "drawing.h"

enum { READER_DOCUMENT_FD = 3, READER_PAGES_FD = 4, READER_BESIDE_FD = 5 };

struct reader_request {
    enum extract_task task;
    size_t memory_bytes;
    unsigned cpu_s;
    struct drawing drawing; /* of EXTRACT_TASK_DRAW */
};

/* In the forked process, with the three descriptors in place and no other open. Never returns. */
_Noreturn void reader_run(const struct reader_request *, struct ocr *);

#endif
