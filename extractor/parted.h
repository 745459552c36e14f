#ifndef EXTRACTOR_PARTED_H
#define EXTRACTOR_PARTED_H
/*
 * parted -- words that the OCR ran together because print sets them close: a range ("6à12") and a number with its word
 * ("3fois"). In such a range an "a" is an "à": nothing else stands between two numbers.
 */
#include "base/base.h"

enum { PARTED_ROOM = 8 }; /* bytes that may be added */

/* The word with spaces where it should be parted, or the same word; out has room for word.n + PARTED_ROOM bytes. */
struct str parted_word(struct str word, char *out);

#endif
