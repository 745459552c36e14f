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

/* A unit as it was meant: "g/1" is how OCR reads "g/l", "109/L" is "10^9/L" laid flat. The same text when the arena is full. */
struct str lab_mend_unit(struct arena *, struct str unit);

/*
 * OCR reads "µ" as "p", and a millionth of what was measured looks as likely. Of some analytes nobody measures so
 * little: their "pmol/L" is "µmol/L", and the inhibiting concentration of an antibiotic is in "µg/mL". `name` is folded. The
 * same text for all others.
 */
struct str lab_mend_micro(struct arena *, struct str unit, struct str name);

/* "0,70 - 1,10", "(4.0 à 10.0 G/L)", "N : 50-70%", "< 5", "inf. à 5,0", "Homme : 35 - 72". *from and *to: without brackets and "N :". */
size_t match_reference(const struct tokens *, size_t i, size_t *from, size_t *to);

/* "H", "L", "*", "↑", "+", "Haut": *direction is 1 above, -1 below, 0 only remarkable. */
size_t match_flag(const struct tokens *, size_t i, int *direction);

/* A result in words starts here ("Négatif", "absence", "non détecté"). */
bool is_qualitative(const struct tokens *, size_t i);

/* How far a printed value is from the middle of a printed range, as a ratio from 1 on; 0: not to be told. */
double lab_distance(struct str value, struct str reference);

/* "412" beside "4,00 - 5,30": OCR lost the comma, and the number is not to be believed. */
bool lab_lost_comma(struct str value, struct str reference);

/* False for a range that runs backwards ("85.0 - 50.0"): a figure of it was misread. */
bool lab_range_is_sane(struct str reference);

/* The same range in two units, "12,0 - 16,0" and "7,4 - 9,9": one is a multiple of the other. False when that cannot be told. */
bool lab_ranges_agree(struct str, struct str);

/*
 * Where a printed value lies with regard to a printed range: 1 above, -1 below, 0 inside or not to be told (no number, several
 * ranges, another unit).
 */
int lab_compare(struct str value, struct str unit, struct str reference);

#endif
