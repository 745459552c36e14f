#ifndef RAG_SENTENCE_H
#define RAG_SENTENCE_H
/*
 * sentence -- where a sentence of a paper ends, which lines of print do not say.
 */
#include "language/text.h"

/* The end of the sentence that begins at `at`: a full stop before a blank or a line's end, or a line with which the next does not go on. */
size_t sentence_end(struct str text, size_t at);

/* The next sentence at or behind *at, without blanks around it, and moves *at behind it; empty: there is none. */
struct str sentence_next(struct str text, size_t *at);

#endif
