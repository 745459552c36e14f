#ifndef MESSAGING_WORD_H
#define MESSAGING_WORD_H
/*
 * word -- the words that act when they are a whole message: STOP, START, AIDE, MEDECIN, EFFACER, CONFIRMER, MON DOSSIER, CHANGER,
 * OUI, NON, in French, Wolof and English, as people spell them. Pure.
 */
#include "base/arena.h"

enum word {
    WORD_NONE,
    WORD_STOP,
    WORD_START,
    WORD_HELP,
    WORD_YES,
    WORD_NO,
    WORD_CONFIRM, /* a yes, and the second word of an erasure */
    WORD_DOCTOR,
    WORD_ERASE,
    WORD_RECORD,
    WORD_CHANGE
};

/* Accents, case, spaces, signs and a "svp" behind do not count. False: the arena is full. */
bool word_of_message(struct arena *, struct str body, enum word *out) MUST_CHECK;

/* The digits of a message that is a code of 4 to 6 of them and nothing else, NUL-terminated. */
enum { WORD_CODE_BYTES = 7 };
bool word_find_code(struct str body, char code[WORD_CODE_BYTES]) MUST_CHECK;

/*
 * The activation token that stands in a message, or an empty str: the words that our link prepares, or the
 * link itself.
 */
struct str word_find_token(struct str body);

#endif
