#ifndef RAG_TOLD_H
#define RAG_TOLD_H
/*
 * told -- does what a composer of facts tells bear what the question says beside its kind? A value of another time, the second dose where the
 * third is asked for, one value where two are: all are facts of the record, and none is the answer. Whatever composer told them, they pass here.
 */
#include "rag/draft.h"

/* Empties a draft of facts that does not bear the time, the rank, the end or the number of values that are asked for. */
enum status told_check(struct draft *) MUST_CHECK;

/* Empties a list of all medicines or papers, where the question names something that none of them bears. */
enum status told_check_list(struct draft *) MUST_CHECK;

#endif
