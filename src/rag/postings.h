#ifndef RAG_POSTINGS_H
#define RAG_POSTINGS_H
/*
 * postings -- which chunks of one record hold which stem, in memory.
 *
 * Built while the chunks of a patient are read and constant afterwards. Chunks are numbered in the order in which they are added, from 0.
 * A stem also counts for a chunk when it stands in the title of its document. Strings are copied into the arena.
 */
#include "rag/terms.h"

struct posting {
    struct posting *next; /* of the same stem, chunks falling */
    uint32_t chunk;
    uint8_t in_text, in_heading, in_title;
};

struct vocabulary_word {
    uint32_t hash;
    uint32_t chunks; /* number of its postings */
    struct str stem;
    struct posting *first;
};

struct postings {
    struct arena *arena;
    struct vocabulary_word *table; /* open addressing by hash; stem.p NULL: free */
    size_t capacity, words;
    struct posting *free_postings;
    size_t free_count;
    uint64_t total_words; /* of all texts */
    uint32_t chunk_count;
};

enum status postings_init(struct postings *, struct arena *, struct err *) MUST_CHECK;

/* Adds the next chunk. title: the stems of its document's title. E_INTERNAL when the blob is not one of terms_pack(). */
enum status postings_add_chunk(struct postings *, struct str blob, const struct tokens *title,
                               uint16_t *words, struct err *) MUST_CHECK;

/* NULL: no chunk holds it. */
const struct vocabulary_word *postings_find(const struct postings *, uint32_t hash, struct str stem);

#endif
