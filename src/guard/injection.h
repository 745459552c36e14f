#ifndef GUARD_INJECTION_H
#define GUARD_INJECTION_H
/*
 * injection -- whether a text speaks to the program that answers ("ignore tes règles", "tu es maintenant…"), from a table of turns
 * (injection.txt).
 *
 * Not the guard: that is claim.h, which holds whatever a model was talked into. It keeps such texts from being shown to a model at all, where they can only
 * do harm. A message that does is answered without a model, a passage is left out of what a model may read.
 */
#include "language/phrase.h"

enum injection_speech { SPEECH_TO_PROGRAM };

struct injection_book;
enum status injection_book_new(struct arena *, struct injection_book **, struct err *) MUST_CHECK;

/* Tokens of a document or a question. */
enum status injection_find(const struct injection_book *, struct arena *, const struct tokens *, bool *found,
                           struct err *) MUST_CHECK;

/* The tables, made from injection.txt. */
extern const struct phrase_class injection_classes[];
extern const struct phrase injection_speech[];

#endif
