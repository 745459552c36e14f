#ifndef LANGUAGE_WHEN_H
#define LANGUAGE_WHEN_H
/*
 * when -- days and times that a question names: "le 4 janvier 2024", "en mars", "la semaine dernière", "il y a 3 mois", "demain".
 *
 * A span of days, both ends in it, and another one where two are compared. A month without a year is the last one that has begun; weeks start on Monday. Days are UTC (which is
 * the time of Senegal).
 */
#include "base/clock.h"
#include "language/text.h"

/* The year in which a time begins that has no beginning: "avant 2026". */
enum { WHEN_OPEN_YEAR = 1900 };

struct when {
    bool said, future; /* future: "demain", "la semaine prochaine" */
    struct date from, to;
    bool also; /* a second time of the past is named beside the first: "en mai et en février" */
    struct date also_from, also_to;
    bool *tokens; /* a token each: part of the words that name it */
};

enum status when_read(struct arena *, const struct tokens *, struct date today, struct when *out,
                      struct err *) MUST_CHECK;

/* False for a day that is not known. */
bool when_holds(const struct when *, struct date);

#endif
