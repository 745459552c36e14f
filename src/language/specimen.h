#ifndef LANGUAGE_SPECIMEN_H
#define LANGUAGE_SPECIMEN_H
/*
 * specimen -- what was examined: leucocytes of the blood are not leucocytes of the urine.
 *
 * Laboratories name the specimen only where it is not blood, as a rule: a value without one counts as of the blood.
 */
#include "language/text.h"

enum specimen { SPECIMEN_NONE, SPECIMEN_BLOOD, SPECIMEN_URINE, SPECIMEN_STOOL, SPECIMEN_OTHER };

/* Of one folded word of a question or a paper: "sang", "urinaire", "ecbu", "selles"; NONE: it names none. */
enum specimen specimen_of_word(struct str folded);

/* Of the words that a paper prints ("Urines de 24 h"): OTHER when they name one that we do not know, a germ for instance. */
enum specimen specimen_of_text(struct arena *, struct str printed);

/* The one that the question names. */
enum specimen specimen_asked(const struct tokens *);

/* May a value of `printed` answer a question about `asked`? */
bool specimen_answers(enum specimen asked, enum specimen printed);

#endif
