#ifndef TESTS_SANDBOX_PLACE_H
#define TESTS_SANDBOX_PLACE_H
/*
 * place -- the real extractor with an arena of its own, for one test.
 */
#include "test.h"

#include "base/arena.h"
#include "documents/extract.h"

struct place {
    struct arena *arena;
    struct extractor *extractor;
};

/* For cmocka: *state is a struct place. */
int place_open(void **state);
int place_close(void **state);

#define PLACED(test) cmocka_unit_test_setup_teardown(test, place_open, place_close)

#endif
