#ifndef MAIN_OPTIONS_H
#define MAIN_OPTIONS_H
/*
 * options -- the options of a subcommand, from a small table over getopt_long.
 *
 * A value option stores the word after it, a flag stores true. The first argument that is not an option follows at *first.
 */
#include "main/command.h"

struct option_row {
    const char *name;   /* without dashes; NULL ends the table */
    const char **value; /* NULL for a flag */
    bool *flag;
};

/* EXIT_DONE, or EXIT_USAGE after having said on stderr what is wrong. argv may be reordered. */
int options_parse(const struct command *, const struct option_row *, int argc, char **argv,
                  int *first) MUST_CHECK;

/* The same for a subcommand that takes neither options nor arguments. */
int options_none(const struct command *, int argc, char **argv) MUST_CHECK;

#endif
