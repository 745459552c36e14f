#ifndef LANGUAGE_DAY_TOKEN_H
#define LANGUAGE_DAY_TOKEN_H
/*
 * day_token -- a whole day written over some tokens of a text: "12/03/1975", "12.3.75", "1975-03-12", "1er mars 1975", "March 12, 1975".
 *
 * Day before month, as in Senegal and France. A year of two digits is of this century below 50. On one line only.
 */
#include "base/clock.h"
#include "language/text.h"

struct day_token {
    struct date date;
    size_t last; /* token */
};

/* True when a day starts at token i of the tokens of `text` (TEXT_DOCUMENT). */
bool day_token_at(struct str text, const struct tokens *, size_t i, struct day_token *out) MUST_CHECK;

/*
 * A day of which the year is left out: "24 mars", and "le 24/03" behind a word that asks for a day (a pressure of "12/08" is none).
 * The year of the date is 0.
 */
bool day_token_short_at(struct str text, const struct tokens *, size_t i, struct day_token *out) MUST_CHECK;

/* "mars", "sept", "march". */
bool day_token_names_month(struct str folded);

#endif
