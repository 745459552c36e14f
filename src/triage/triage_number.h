#ifndef TRIAGE_TRIAGE_NUMBER_H
#define TRIAGE_TRIAGE_NUMBER_H
/*
 * triage_number -- what the numbers of a message may be: a fever, a blood pressure, too many tablets. Which of these a number is, the words
 * beside it say; here is only whether it could be dangerous as such.
 */
#include "language/phrase.h"

enum { TRIAGE_NUMBER_KINDS = 9 };

/* Marks for phrase_find(), in the arena: "@number", "@year", "@many", "@hot", "@fever", "@fever_written", "@pulse", "@sugar", "@pressure". */
enum status triage_number_marks(struct arena *, const struct tokens *,
                                struct phrase_mark[TRIAGE_NUMBER_KINDS], struct err *) MUST_CHECK;

#endif
