#ifndef LANGUAGE_TYPO_H
#define LANGUAGE_TYPO_H
/*
 * typo -- how far two words are apart when people type badly.
 *
 * Damerau-Levenshtein distance in its restricted form (optimal string alignment: insert, delete, replace, swap of neighbours; Damerau 1964,
 * Wagner & Lowrance 1975), bounded: work stops as soon as the answer can only be "too far". Words are compared byte by byte, which is
 * character by character for folded French.
 */
#include "base/base.h"

enum { TYPO_WORD_BYTES_MAX = 64 };

/* The distance, or max + 1 when it is greater than max (or a word is longer than TYPO_WORD_BYTES_MAX). */
int typo_distance(struct str a, struct str b, int max);

/* How many errors a word of so many letters may hold: 0 below 4, 1 below 8, 2 from there on. */
int typo_allowed(size_t letters);

/* True when `typed` may be a misspelling of `word`: within typo_allowed() of the shorter one, and short words keep their first letter. */
bool typo_is_near(struct str typed, struct str word);

/*
 * Are both written for the same sound, as far as French spelling goes: "glucofage" and "glucophage", "glicemi" and "glycemie"? Words of
 * fewer than five letters never are. Folded ASCII; other letters must be equal.
 */
bool typo_sounds_same(struct str a, struct str b);

#endif
