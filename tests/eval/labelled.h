#ifndef TESTS_EVAL_LABELLED_H
#define TESTS_EVAL_LABELLED_H
/*
 * labelled -- lines "label<TAB>group<TAB>text" of our own evaluation sets; lines that begin with # are remarks.
 */
#include "base/arena.h"

struct labelled {
    struct str label, group, text;
    bool kept_out; /* every second line: not to be looked at when tables are tuned */
};

/* Ends the program when the file is not there or not of this form. */
void labelled_read(struct arena *, const char *path, struct labelled **out, size_t *count);

/* "--misses" among the arguments: print each line that is wrong. */
bool labelled_wants_misses(int argc, char **argv);

#endif
