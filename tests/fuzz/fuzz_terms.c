/*
 * Any bytes as what is stored of a chunk. Its terms: read within bounds, or refused; what is read whole makes postings. Its vector: numbers, or
 * refused. The id under which a store outside knows it: written again as it was read, or refused.
 */
#include <math.h>
#include <stdlib.h>

#include "search/postings.h"
#include "vectors/vector.h"
#include "vectors/vector_store.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_vector(struct arena *arena, struct str blob) {
    size_t n = blob.n > VECTOR_SCALE_BYTES ? blob.n - VECTOR_SCALE_BYTES : 1;
    struct vector_rows rows;
    float *v = arena_array(arena, n, sizeof *v);
    if (!v || vector_rows_init(&rows, arena, n, 1, NULL) != OK) abort();
    bool kept = vector_rows_add(&rows, blob);
    if (vector_unpack(blob, n, v) != kept) abort();
    for (size_t i = 0; kept && i < n; i++)
        if (!isfinite(v[i])) abort();
}

static void check_id(struct str text) {
    struct vector_item item = { 0 };
    char again[VECTOR_ID_BYTES];
    if (!vector_id_read(text, &item.document_id, &item.chunk_id)) return;
    vector_id_write(&item, again);
    if (!str_eq(str_from_c(again), text)) abort();
}

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
    check_vector(arena, blob);
    check_id(blob);
    arena_free(arena);
    return 0;
}
