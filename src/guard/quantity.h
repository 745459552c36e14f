#ifndef GUARD_QUANTITY_H
#define GUARD_QUANTITY_H
/*
 * quantity -- figures with all that gives them their meaning: unit, period, and whether they are a limit, a rhythm, a delay.
 *
 * "sans dépasser 3 g par jour" is 3 · gram · a day · a limit; "toutes les 8 heures" is 8 · hour · a rhythm; "deux gélules" is 2 · capsule. Figures in
 * words count, and "un", "une" before a unit. Units are the same in any writing ("cp", "comprimés", "tablets") in French, English and, for
 * times and days, Wolof. A day ("15/11/2024") is one quantity.
 */
#include "language/day_token.h"

/* How a figure is meant. */
enum quantity_sense {
    SENSE_PLAIN,  /* also "pendant": a length of time */
    SENSE_MOST,   /* "sans dépasser", "au plus" */
    SENSE_LEAST,  /* "au moins", "à partir de" */
    SENSE_EVERY,  /* "toutes les" */
    SENSE_DELAY,  /* "dans 3 mois" */
    SENSE_AFTER,  /* "2 heures après" */
    SENSE_BEFORE, /* "30 minutes avant" */
    SENSE_SINCE   /* "depuis 3 mois", "il y a 3 mois" */
};

struct quantity {
    struct str digits; /* "1.5": no trailing zeros behind the point */
    struct str unit;   /* one name for all writings: "comprime", "mg", "fois"; empty: none that is known */
    struct str period; /* "jour", "semaine" …: per what; empty: not said */
    enum quantity_sense sense;
    struct date day;    /* day 0: none; year 0: not said */
    size_t first, last; /* tokens of the figure itself */
};

/* Every quantity of a text, in its order; tokens of TEXT_DOCUMENT. */
enum status quantities_read(struct arena *, struct str text, const struct tokens *, struct quantity **out,
                            size_t *count, struct err *) MUST_CHECK;

/* Whether what a source says is what is said of it: same figure, unit, period and sense. */
bool quantity_is_said(const struct quantity *said, const struct quantity *source);

/* How much or how often something is taken. */
bool quantity_is_intake(const struct quantity *);

#endif
