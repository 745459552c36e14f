/* Any bytes as the stored terms of a chunk: read within bounds, or refused; what is read whole makes postings. */
#include <stdlib.h>

#include "rag/postings.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const struct str blob = { (const char *)data, size };
    const struct tokens no_title = { 0 };
    struct arena *arena = arena_new((size_t)16 << 20);
    struct postings postings;
    uint16_t words;
    if (!arena || postings_init(&postings, arena, NULL) != OK) abort();
    enum status s = postings_add_chunk(&postings, blob, &no_title, &words, NULL);
    if (s == OK) {
        struct terms terms;
        struct term t;
        if (!terms_open(blob, &terms)) abort();
        while (terms_next(&terms, &t))
            if (!postings_find(&postings, t.hash, t.stem)) abort();
    }
    arena_free(arena);
    return 0;
}
