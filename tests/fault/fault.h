#ifndef FAULT_FAULT_H
#define FAULT_FAULT_H
/*
 * fault -- makes the n-th allocation of our own code fail. The test programs are linked with --wrap for malloc, calloc, realloc and strndup;
 * libraries keep theirs.
 *
 * A scenario is run with n = 1, 2, 3, … until nothing failed in it: each time it must end without a crash, a leak (the sanitizer build
 * says so) or a claim of success that is not true.
 */
#include <stdbool.h>

/* The n-th allocation from now on fails, once. 0: none. */
void fault_arm(long n);

/* Did it? */
bool fault_fired(void);

#endif
