#ifndef UNDERSTANDING_RELATIVES_H
#define UNDERSTANDING_RELATIVES_H
/*
 * relatives -- words for the patient's family: a father's diabetes is not the patient's, but "mon fils" is the patient himself where a mother
 * writes about her child's record, and "mamie" where a granddaughter writes about her grandmother's.
 */
#include "search/record.h"

bool relatives_are_named(const struct tokens *);

/* The token of "sœur" in "sa grande sœur", "mon frère": a relative of the one whom the record is about, whoever writes. t->count: there is none. */
size_t relatives_asked(const struct tokens *t);

/*
 * Words that mean the patient become function words that are the patient's own (struct subject): those for a child of that age and sex, or
 * for somebody old enough to be written for. None when the birth date is not known.
 */
void relatives_mark_patient(const struct record *, struct date today, struct tokens *, bool *own);

#endif
