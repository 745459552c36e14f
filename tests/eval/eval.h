#ifndef TESTS_EVAL_EVAL_H
#define TESTS_EVAL_EVAL_H
/* eval -- how the evaluation programs end when something goes wrong. */
#include "base/base.h"

/* Says what went wrong and ends the program. */
_Noreturn void eval_end(const char *what);
void *eval_need(void *);

/* "0.987"; 1 of nothing. */
double eval_share(size_t part, size_t all);

#endif
