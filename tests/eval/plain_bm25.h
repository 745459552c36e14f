#ifndef TESTS_EVAL_PLAIN_BM25_H
#define TESTS_EVAL_PLAIN_BM25_H
/*
 * plain_bm25 -- the baseline that search is held against: BM25 as in the textbooks (k1 1.2, b 0.75) over the stems of the texts, without titles,
 * spelling, other names or hints. It reads the same stems of the same record, so that only the ranking differs.
 */
#include "search/record.h"

/* Chunks of the record that hold a word of the question, best first, at most max; answers how many. */
size_t plain_bm25(const struct record *, struct arena *, const struct tokens *question, uint32_t *out,
                  size_t max);

#endif
