#ifndef MAIN_PROGRESS_H
#define MAIN_PROGRESS_H
/*
 * progress -- how far something long is, on stderr: a bar on a terminal, else a line at each tenth.
 */
#include "main/command.h"

struct progress {
    struct words what; /* of the phase at hand */
    int told;          /* tenths, of the plain lines */
    bool terminal, drawn;
};

void progress_start(struct progress *);
/* total 0: not known. Another `what` begins a new line. */
void progress_tell(struct progress *, struct words what, uint64_t done, uint64_t total);
void progress_end(struct progress *);

#endif
