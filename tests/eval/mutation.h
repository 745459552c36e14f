#ifndef TESTS_EVAL_MUTATION_H
#define TESTS_EVAL_MUTATION_H
/* mutation -- true answers made wrong in one place, as a model might make them. */
#include "base/arena.h"

enum mutation {
    MUTATE_NUMBER,
    MUTATE_UNIT,
    MUTATE_DAY,
    MUTATE_MEDICINE,
    MUTATE_ADD,
    MUTATE_SWAP,
    MUTATION_COUNT
};

const char *mutation_name(enum mutation); /* "number" … */

/* The text made wrong; false: there is nothing in it to be made wrong so. */
bool mutate(struct arena *, enum mutation, struct str text, struct str *out);

#endif
