#ifndef LANGUAGE_SPELLING_H
#define LANGUAGE_SPELLING_H
/*
 * spelling -- what a short spelling of a message stands for where it stands: "kan" is "quand" in French and "who" before Wolof "moo", "we" is a
 * weekend unless an English verb follows, "me fer mal" is "faire" and "le fer" is iron.
 */
#include "base/base.h"

/*
 * All folded; before and after may be empty. The word itself where its neighbours say that it is one, else the words that it stands for, else
 * empty: its neighbours say nothing (words.h knows the rest).
 */
struct str spelling_beside(struct str word, struct str before, struct str after);

#endif
