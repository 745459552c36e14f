#ifndef LANGUAGE_TERMS_H
#define LANGUAGE_TERMS_H
/*
 * terms -- the stems of a chunk with their counts, packed once at indexing so that a question need not read words again.
 *
 * Format 1, little-endian: byte 1, u16 number of words of the text (function words not counted), u16 number of entries, then for each
 * entry: u32 text_hash(stem), u8 times in the text, u8 times in the heading, u8 length, the stem. Counts end at 255.
 * A blob that is not of this form is never believed: terms_next() answers false and terms_whole() stays false.
 */
#include "language/text.h"

enum { TERMS_FORMAT = 1, TERMS_ENTRIES_MAX = 2000 };

struct term {
    uint32_t hash;
    uint8_t in_text, in_heading;
    struct str stem; /* points into the blob */
};

struct terms {
    struct str blob;
    size_t at;
    uint16_t words; /* of the text */
    uint16_t left;
    bool bad;
};

/* The blob of a chunk, in the arena. Function words are left out. */
enum status terms_pack(struct text_reader *, struct arena *, struct str heading, struct str text,
                       struct str *blob, struct err *) MUST_CHECK;

/* Starts reading; false: not a blob of ours. */
bool terms_open(struct str blob, struct terms *) MUST_CHECK;
bool terms_next(struct terms *, struct term *) MUST_CHECK;

/* After the last entry: everything was read and nothing was left over. */
bool terms_whole(const struct terms *);

#endif
