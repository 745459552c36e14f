#ifndef LANGUAGE_INSULIN_H
#define LANGUAGE_INSULIN_H
/*
 * insulin -- which kind of insulin is meant. All are one substance, and yet no two kinds are ever answered for each other: the dose of the slow
 * one before a meal can kill.
 */
#include "language/text.h"

enum insulin {
    INSULIN_NONE,
    INSULIN_ANY, /* "insuline", without more */
    INSULIN_RAPID,
    INSULIN_BASAL, /* long and intermediate: once or twice a day, whatever is eaten */
    INSULIN_MIXED
};

/* What the token asks for, by its brand or by the words beside it: "insuline rapide", "insuline du soir" is any. *by: the token that tells the kind. */
enum insulin insulin_asked(const struct tokens *, size_t token, size_t *by);

/* Of the folded name of a medicine; INSULIN_NONE: it is another medicine. */
enum insulin insulin_of(struct str name_folded);

/* Both may be the same: one is none, or says no kind, or both are of one kind. */
bool insulin_may_be(enum insulin, enum insulin);

#endif
