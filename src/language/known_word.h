#ifndef LANGUAGE_KNOWN_WORD_H
#define LANGUAGE_KNOWN_WORD_H
/*
 * known_word -- what a reader of texts has found out about the words that it met: papers say the same few hundred words again and again, and
 * stemming one takes most of the time of reading it.
 *
 * A word takes the place of another one of the same slot: the table never grows. Not shared between threads.
 */
#include "base/base.h"

enum { KNOWN_WORD_SLOTS = 512, KNOWN_WORD_BYTES_MAX = 30 };

struct known_word {
    char folded[KNOWN_WORD_BYTES_MAX], stem[KNOWN_WORD_BYTES_MAX];
    uint8_t bytes, stem_bytes; /* bytes 0: nothing is known in this slot */
    bool stop;                 /* a function word */
};

struct known_words {
    struct known_word slots[KNOWN_WORD_SLOTS];
};

/* What is known of the folded word, or NULL. */
const struct known_word *known_word_find(const struct known_words *, struct str folded);

/* Remembers it, unless word or stem is too long. */
void known_word_add(struct known_words *, struct str folded, struct str stem, bool stop);

#endif
