#ifndef LANGUAGE_GERM_H
#define LANGUAGE_GERM_H
/*
 * germ -- rows of an antibiogram: they name medicines, but say what a germ resists, never what a patient takes.
 */
#include "documents/fact.h"
#include "language/text.h"

/* The row of a medicine with a minimal concentration or with "S", "I", "R", "Sensible", "Résistant". False also when memory is out. */
bool germ_is_row(struct arena *, const struct fact *);

/* "antibiogramme", "germes", "resistant". */
bool germ_is_word(struct str folded);

/* Does the question ask for germs ("antibiogramme", "résistant à", "quelle bactérie")? Only then are such rows meant. */
bool germ_is_asked(const struct tokens *);

#endif
