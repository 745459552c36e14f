#ifndef DOCUMENTS_PERSON_BIRTH_H
#define DOCUMENTS_PERSON_BIRTH_H
/*
 * person_birth -- the patient's birth date: behind a label, below one, or in a header block that has none. For person.c.
 *
 * An age ("Âge : 45 ans") is no birth. A year of two digits that could be of either century is none either, and the birth of a
 * relative or of a newborn that a report tells of is not the patient's.
 */
#include "documents/person.h"

/* Looks at a line for a labelled birth. */
void person_read_birth(const struct sheet *, size_t line, struct persons *);

/* Looks at a line in the head of a page for what person_signs holds. */
void person_read_signs(const struct sheet *, size_t line, struct person_signs *);

/* The first token of the cell below that of token i of a line, or SIZE_MAX: what a label in a row of labels stands over. */
size_t person_cell_below(const struct sheet *, size_t line, size_t i);

/* True if a label on the line above says that the day is a birth. */
bool person_is_birth_below(const struct sheet *, size_t line, const struct date_found *);

/* True if the day stands right behind a name with a civility, as births do: "M. Modou FALL 12/03/1980". */
bool person_is_behind_name(const struct tokens *, const struct date_found *);

/* Behind the name that the words "né(e) le" follow directly, from *from on, on that line; or *from. */
size_t person_name_before_birth(const struct tokens *, size_t *from);

#endif
