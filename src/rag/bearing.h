#ifndef RAG_BEARING_H
#define RAG_BEARING_H
/*
 * bearing -- does what an answer cites speak of all that was asked? Facts are found by the name of a medicine or value; what else the question
 * says of it must stand there too.
 */
#include "rag/draft.h"

/* The text holds the word of the question, or another name of what it names. */
bool bearing_holds(const struct draft *, const struct tokens *text, size_t word);

/* Empties a draft whose sources do not. */
enum status bearing_check(struct draft *) MUST_CHECK;

#endif
