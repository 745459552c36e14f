#ifndef DOCUMENTS_LAB_MATCH_H
#define DOCUMENTS_LAB_MATCH_H
/*
 * lab_match -- the pieces of a laboratory row: values, units, ranges, flags. A matcher answers the token behind its piece, or i.
 */
#include "documents/token.h"

/* "1,05", "4 700 000", "< 0,3", ">= 0.512", "-2,3", "1/80". Never a date or a time. */
size_t match_value(const struct tokens *, size_t i);

/* "g/L", "10^9/L", "/mm3", "%", "mL/min/1,73m2", "UI/L", "x10E3/µL". */
size_t match_unit(const struct tokens *, size_t i);

/* "0,70 - 1,10", "(4.0 à 10.0 G/L)", "N : 50-70%", "< 5", "inf. à 5,0", "Homme : 35 - 72". *from and *to: without brackets and "N :". */
size_t match_reference(const struct tokens *, size_t i, size_t *from, size_t *to);

/* "H", "L", "*", "↑", "+", "Haut": *direction is 1 above, -1 below, 0 only remarkable. */
size_t match_flag(const struct tokens *, size_t i, int *direction);

/* A result in words starts here ("Négatif", "absence", "non détecté"). */
bool is_qualitative(const struct tokens *, size_t i);

/* How far a printed value is from the middle of a printed range, as a ratio from 1 on; 0: not to be told. */
double lab_distance(struct str value, struct str reference);

/*
 * Where a printed value lies with regard to a printed range: 1 above, -1 below, 0 inside or not to be told (no number, several
 * ranges, another unit).
 */
int lab_compare(struct str value, struct str unit, struct str reference);

#endif
