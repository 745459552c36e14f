#ifndef LANGUAGE_LANG_H
#define LANGUAGE_LANG_H
/*
 * lang -- which language a message is written in, by the function words that it uses. Mixed French and Wolof counts as the one that has more.
 */
#include "language/text.h"

/* `otherwise` when nothing tells: the language of the patient's record. */
enum lang lang_read(const struct tokens *, enum lang otherwise);

/* A function word of one of the languages, which names nothing. */
bool lang_knows(struct str folded);

/* The words that hold a sentence of English or Wolof together, as those of French do that a search passes over. */
bool lang_joins(struct str folded);

/* For tests: every table is sorted and without doubles. */
bool lang_tables_are_sorted(void);

#endif
