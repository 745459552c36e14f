#ifndef LANGUAGE_WHEN_WORD_H
#define LANGUAGE_WHEN_WORD_H
/*
 * when_word -- words of time in French, English and Wolof: numbers, months, days of the week, units, "last" and "next". Wolof counts as it sounds
 * (wolof.h), whoever spelled it.
 */
#include "language/text.h"

enum when_unit { UNIT_NONE, UNIT_DAY, UNIT_WEEK, UNIT_MONTH, UNIT_YEAR };

/* All answer what stands at a token; a token behind the end is none of anything. */
bool when_word_is(const struct tokens *, size_t i,
                  const char *words); /* one of several, separated by spaces */
bool when_word_in(const struct tokens *, size_t i, const struct word_list *);
bool when_sounds(const struct tokens *, size_t i, const char *sounds); /* likewise, as Wolof sounds */

int when_number(const struct tokens *, size_t i);  /* in figures, or as a word up to twelve; -1: none */
int when_month(const struct tokens *, size_t i);   /* 1..12; 0: none */
int when_weekday(const struct tokens *, size_t i); /* 1, Monday, .. 7; 0: none */
enum when_unit when_unit(const struct tokens *, size_t i);

/* How many tokens say "last", "past", "that has gone"; 0: none do. The same for "next". */
size_t when_last(const struct tokens *, size_t i);
size_t when_next(const struct tokens *, size_t i);

#endif
