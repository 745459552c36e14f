#include "eval.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void eval_end(const char *what) {
    fprintf(stderr, "eval: %s\n", what);
    exit(1);
}

void *eval_need(void *p) {
    if (!p) eval_end("no memory");
    return p;
}

double eval_share(size_t part, size_t all) {
    return all ? (double)part / (double)all : 1;
}
