#ifndef UNIT_TEST_H
#define UNIT_TEST_H
/*
 * test -- cmocka with what it wants included before it, and the few checks that every unit test uses.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

/* cmocka's fail() takes the name of ours (base/status.h), and its fail_msg() uses it. */
#undef fail
#undef fail_msg
#define fail_msg(...) (print_error("ERROR: " __VA_ARGS__), print_error("\n"), _fail(__FILE__, __LINE__))

#include "base/base.h"

/* Equal text, with both shown when they differ. */
#define assert_str_equal(got, want)                                                                          \
    do {                                                                                                     \
        struct str got_ = (got), want_ = (want);                                                             \
        if (!str_eq(got_, want_)) fail_msg("got \"%.*s\", want \"%.*s\"", STR_ARG(got_), STR_ARG(want_));    \
    } while (0)

#endif
