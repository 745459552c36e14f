#ifndef DOCUMENTS_LINE_TOKENS_H
#define DOCUMENTS_LINE_TOKENS_H
/*
 * line_tokens -- the tokens of a line (or of a cell of it) that still know which words they came from.
 */
#include "documents/layout.h"
#include "documents/token.h"

struct line_tokens {
    struct tokens tokens; /* .cell of each token is set */
    uint32_t *word;       /* for each token, its index in line.words */
};

/* False when the arena is full. */
bool line_tokens_split(struct arena *, const struct line *, struct line_tokens *out) MUST_CHECK;

/* The box around the words of tokens from..to-1. */
struct box line_tokens_box(const struct line *, const struct line_tokens *, size_t from, size_t to);

/* The lowest confidence of some words; 100 when there are none. */
uint8_t words_confidence(const struct word *, size_t count);

#endif
