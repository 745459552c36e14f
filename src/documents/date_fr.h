#ifndef DOCUMENTS_DATE_FR_H
#define DOCUMENTS_DATE_FR_H
/*
 * date_fr -- days as French documents write them: 15/11/2024, 15.11.24, 2024-11-15, "1er mars 2024", "15 nov. 24".
 *
 * A year of two digits is of this century below 50 and of the last one from 50 on; who reads a birth date, where that
 * guess is dangerous, looks at `short_year`. What is no real day is no date.
 */
#include "base/clock.h"
#include "documents/token.h"

struct date_found {
    struct date date;
    size_t from, to; /* tokens */
    bool short_year;
};

/* True if a date starts at token i. */
bool date_fr_at(const struct tokens *, size_t i, struct date_found *) MUST_CHECK;

/* The first date at or behind token `from`. */
bool date_fr_next(const struct tokens *, size_t from, struct date_found *) MUST_CHECK;

/* "22/10", a day that leaves its year out (which is 0 then), at token i. */
bool date_fr_short_at(const struct tokens *, size_t i, struct date_found *) MUST_CHECK;

/* The month that a word names ("avril", "sept"), or -1. */
int date_fr_month(const struct tokens *, size_t i);

/* "14:05", "14h05", "14 h", "09:30:27": behind the time of day at token i, or i. */
size_t date_fr_skip_time(const struct tokens *, size_t i);

#endif
