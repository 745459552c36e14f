#include "search/near.h"

/* What the patient's file itself says stands in the record, and is never sent out: its chunks have no vectors. */
static size_t chunks_of_file(const struct record *r) {
    size_t n = 0;
    while (n < r->chunk_count && r->documents[r->chunks[n].document].id == 0) n++;
    return n;
}

bool near_is_complete(const struct record *r) {
    return r->vectors.count && r->vectors.count == r->chunk_count - chunks_of_file(r);
}

void near_find(const struct record *r, const struct vector_question *question, struct near_list *out) {
    struct vector_near rows[NEAR_MAX];
    out->record = r;
    out->count = near_is_complete(r) ? vector_nearest(&r->vectors, question, rows, NEAR_MAX) : 0;
    for (size_t i = 0; i < out->count; i++)
        out->items[i] = (struct near_chunk) { r->vector_chunks[rows[i].row], rows[i].cosine };
}
