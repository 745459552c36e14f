#ifndef LANGUAGE_PHRASE_BOOK_H
#define LANGUAGE_PHRASE_BOOK_H
/*
 * phrase_book -- compiled patterns, shared by phrase_book.c, which makes them, and phrase.c, which finds them.
 */
#include "language/phrase.h"

enum {
    PHRASE_ELEMENTS_MAX = 12,
    PHRASE_PREFIX_MIN = 3,
    PHRASE_SOUND_PREFIX_MIN = 4, /* sounds are short and meet French words by chance */
    PHRASE_GAP_SHORT = 3,
    PHRASE_GAP_LONG = 6,
    PHRASE_GAP_ANYWHERE = 16
};

/* Bits of a literal. A word or a mark ("@drug") has none. */
enum {
    LITERAL_PREFIX = 1, /* "respir*" */
    LITERAL_SOUND = 2   /* "~xol": the word is its sound */
};

struct literal {
    struct str word;
    unsigned kind;
    uint16_t *starts; /* phrases whose first element holds it */
    uint16_t start_count;
};

struct element {
    uint16_t *literals;
    uint16_t count;
    uint8_t gap_before; /* words that may stand between this element and the one before */
};

struct compiled {
    struct element elements[PHRASE_ELEMENTS_MAX];
    uint8_t count;
    uint16_t literals; /* of the patterns up to this one */
};

struct phrase_book {
    enum phrase_spelling spelling;
    const struct phrase *phrases;
    struct compiled *compiled;
    size_t count;
    struct literal *literals;
    size_t literal_count;
    bool has_sounds;
    uint16_t *slots; /* literal + 1 by hash of word and kind */
    size_t slot_count;
};

/* FNV-1a, letter by letter: those of all beginnings of a word cost one pass. */
#define PHRASE_HASH_EMPTY UINT64_C(14695981039346656037)
static inline uint64_t phrase_hash_add(uint64_t hash, char c) {
    return (hash ^ (unsigned char)c) * UINT64_C(1099511628211);
}

/* Where the literal of a word and kind is or would be kept; what stands there is its number + 1, or 0. */
uint16_t *phrase_slot(const struct phrase_book *, struct str word, unsigned kind);
/* The same for a word whose hash is known. */
uint16_t *phrase_slot_hashed(const struct phrase_book *, struct str word, unsigned kind, uint64_t hash);

#endif
