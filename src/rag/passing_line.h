#ifndef RAG_PASSING_LINE_H
#define RAG_PASSING_LINE_H
/*
 * passing_line -- what the best line of a quote looks like: a sentence about what was asked, or a letterhead, title or long row that only
 * holds a word of it. Signs of passing.h. Pure.
 */
#include "rag/passing.h"

/* `asked`: the words of the question. Sets LABEL, DENSE, NAMES, OWN_WORDS and LONG. */
enum status passing_read_line(struct text_reader *, struct arena *, const struct search_query *,
                              const struct tokens *asked, struct str line, struct str heading,
                              struct passing *, struct err *) MUST_CHECK;

#endif
