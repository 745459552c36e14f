#ifndef EXTRACTOR_ROLE_H
#define EXTRACTOR_ROLE_H
/*
 * role -- what a reader of a document may still ask of the kernel: memory, its own end, and bytes to and
 * from what it already holds.
 */
#include "os/sandbox.h"

enum { ROLE_CALLS_MAX = 80 };

struct reader_role {
    struct sandbox_role role;
    struct sandbox_call calls[ROLE_CALLS_MAX]; /* role points here: do not copy */
};

/*
 * Who draws a page for people may also read the fonts of the system, which many documents name without
 * holding them. Landlock keeps it from every other file.
 */
void role_drawer(struct reader_role *, size_t memory_bytes, unsigned cpu_s);

/* The rules name this process by number, because abort() signals it. */
void role_reader(struct reader_role *, size_t memory_bytes, unsigned cpu_s);

#endif
