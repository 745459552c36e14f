#ifndef MESSAGING_WORD_H
#define MESSAGING_WORD_H
/*
 * word -- the words that act when they are a whole message: STOP, START, AIDE, OUI, NON, in French, Wolof
 * and English. Pure.
 */
#include "base/arena.h"

enum word { WORD_NONE, WORD_STOP, WORD_START, WORD_HELP, WORD_YES, WORD_NO };

/* Accents, case, white space and punctuation around do not count. False: the arena is full. */
bool word_of_message(struct arena *, struct str body, enum word *out) MUST_CHECK;

/*
 * The activation token that stands in a message, or an empty str: the words that our link prepares, or the
 * link itself.
 */
struct str word_find_token(struct str body);

#endif
