#ifndef DOCUMENTS_DOSAGE_H
#define DOCUMENTS_DOSAGE_H
/*
 * dosage -- what stands behind the name of a drug: strength, form, and how it is taken.
 *
 * Each field is a part of the text (joined by ", " where it stands in two places), nothing is computed. What belongs to no field
 * but says something ends in `instruction`, so that nothing of a prescription is lost: conditions, limits, later phases ("puis 1 cp …").
 * Where two doses are named for different moments ("1 cp le matin et 2 cp le soir") the dose stays empty and the frequency tells both.
 */
#include "documents/token.h"

struct dosage {
    struct str strength, form, dose, route, frequency, duration, renewals, instruction;
    bool stopped; /* the text says to stop the drug: dose, frequency, duration are empty */
};

enum dosage_part {
    DOSAGE_PRODUCT, /* directly behind a name: strength and form may come first */
    DOSAGE_TAKING   /* a posology alone: a mass is a dose */
};

/* Reads tokens from..to. False when the arena is full. */
bool dosage_read(struct arena *, const struct tokens *, size_t from, size_t to, enum dosage_part,
                 struct dosage *) MUST_CHECK;

/* True if it says how to take something: a dose, a frequency or a duration. */
bool dosage_is_given(const struct dosage *);

/* Joins two parts of a field with a separator; an empty one leaves the other. */
bool dosage_join(struct arena *, struct str a, const char *separator, struct str b,
                 struct str *out) MUST_CHECK;

#endif
