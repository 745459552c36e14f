#ifndef SEARCH_POSTINGS_H
#define SEARCH_POSTINGS_H
/*
 * postings -- which chunks of one record hold which stem, in memory.
 *
 * Built while the chunks of a patient are read and constant afterwards. Chunks are numbered in the order in which they are added, from 0.
 * A stem also counts for a chunk when it stands in the title of its document. Strings are copied into the arena.
 */
#include "language/terms.h"

struct posting {
    uint32_t chunk;
    uint8_t in_text, in_heading, in_title;
};

/*
 * Postings of one stem lie side by side, in blocks that double: a stem of every chunk is read as fast as memory goes, one of a single chunk
 * takes little room. Newest block first; chunks rise within a block.
 */
struct posting_block {
    struct posting_block *next;
    uint32_t count, capacity;
    struct posting items[];
};

struct vocabulary_word {
    uint32_t hash;
    uint32_t chunks; /* number of its postings */
    uint32_t texts;  /* of them those whose text or heading holds it: the others have it from their title */
    struct str stem;
    struct posting_block *first;
};

struct postings {
    struct arena *arena;
    struct vocabulary_word *table; /* open addressing by hash; stem.p NULL: free */
    size_t capacity, words;
    uint64_t total_words; /* of all texts */
    uint32_t chunk_count;
};

enum status postings_init(struct postings *, struct arena *, struct err *) MUST_CHECK;

/* Adds the next chunk. title: the stems of its document's title. E_INTERNAL when the blob is not one of terms_pack(). */
enum status postings_add_chunk(struct postings *, struct str blob, const struct tokens *title,
                               uint16_t *words, struct err *) MUST_CHECK;

/* Sets the bool of each chunk that holds the stem; the others stay as they are. */
void postings_mark(const struct postings *, struct str stem, bool *chunks);

/* NULL: no chunk holds it. */
const struct vocabulary_word *postings_find(const struct postings *, uint32_t hash, struct str stem);

#endif
