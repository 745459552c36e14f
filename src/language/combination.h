#ifndef LANGUAGE_COMBINATION_H
#define LANGUAGE_COMBINATION_H
/*
 * combination -- a product of several substances, known by its brand: "coartem" is artéméther with luméfantrine.
 *
 * One of its substances alone is another medicine, and so is the same with a third one. All names folded.
 */
#include "base/base.h"

/* The substances of the combination that the word is the brand of, separated by '+'; empty: it is the brand of none. */
struct str combination_of(struct str folded, bool tolerant);

/* The text names every substance of the set. */
bool combination_stands_in(struct str substances, struct str folded);

/* The same, and no other medicine; or it is another brand of the same. */
bool combination_is(struct str substances, struct str folded);

/* The word that names one substance best: "clavulanique" of "acide clavulanique". */
struct str combination_key(struct str substance);

#endif
