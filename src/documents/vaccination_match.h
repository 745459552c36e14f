#ifndef DOCUMENTS_VACCINATION_MATCH_H
#define DOCUMENTS_VACCINATION_MATCH_H
/*
 * vaccination_match -- the parts of what a paper says of one vaccination: its day, its rank, its lot. Pure.
 *
 * Each matcher returns the token behind what it found at token i, or i.
 */
#include "documents/date_fr.h"

/* "12/01/2023", "04/2019", "avril 2019", "2018", "ce jour". Month and day are 0 where they are not said; "ce jour" has year 0. */
size_t match_vaccination_day(const struct tokens *, size_t i, struct date *day);

/* "1ère dose", "2e injection", "dose n° 2", "rappel", "R1", "primovaccination". */
size_t match_vaccine_rank(const struct tokens *, size_t i);

/* "lot n° X1234", "batch AB-12": the number itself goes from *from to what is returned. */
size_t match_vaccine_lot(const struct tokens *, size_t i, size_t *from);

/* A number of a lot that starts at token i, as it stands in a column of lots. */
size_t match_lot_number(const struct tokens *, size_t i);

#endif
