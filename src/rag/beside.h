#ifndef RAG_BESIDE_H
#define RAG_BESIDE_H
/*
 * beside -- lines that share words with a question and still speak of something else: the other eye, another week, a day that has passed where the
 * next one is asked for, somebody's name further down. Quoting them would be a wrong answer, so whoever quotes looks here first.
 */
#include "rag/excerpt.h"

enum status beside_check(struct draft *, const struct record_chunk *, const struct excerpt *,
                         bool *beside) MUST_CHECK;

#endif
