#ifndef SEARCH_NEAR_H
#define SEARCH_NEAR_H
/*
 * near -- the chunks of one record that are nearest to a question in meaning, whatever words they use.
 *
 * search.h puts them beside those that hold the question's words. They are compared only when every chunk of the record's documents has its vector: while they are
 * being made, what has none yet must not fall behind. Pure.
 */
#include "search/record.h"

enum { NEAR_MAX = 20 };

struct near_list {
    const struct record *record; /* whose chunks they are: search.h takes no others */
    size_t count;
    struct near_chunk {
        uint32_t chunk;
        float cosine;
    } items[NEAR_MAX]; /* nearest first */
};

/* Whether nearness may be asked for. */
bool near_is_complete(const struct record *);

/* Exact: every vector of the record is compared. Leaves *out empty when the record is not complete or its vectors are of another length. */
void near_find(const struct record *, const struct vector_question *, struct near_list *out);

#endif
