#ifndef LANGUAGE_WORDS_H
#define LANGUAGE_WORDS_H
/*
 * words -- lists of words as data: what is a function word, what an SMS spelling means, which words everybody uses.
 *
 * All entries are folded (lower case, no accents). The tables are sorted; a test holds them to it.
 */
#include "base/base.h"

/* "de", "est", "pour", "the": words that say nothing about what is asked. */
bool words_is_stop(struct str folded);

/* "slt" -> "salut", "rdv" -> "rendez vous". Empty: no such spelling. */
struct str words_spelled_out(struct str folded);

/* A word of everyday French (or of politeness), so not the name of a drug, a test or a disease and not a typing error of one. */
bool words_is_common(struct str folded);

/* Looks a word up in a sorted table of C strings. */
bool words_in_sorted(const char *const *table, size_t count, struct str folded);

/* For tests: every table is sorted and without doubles. */
bool words_tables_are_sorted(void);

#endif
