#ifndef RAG_BEARING_H
#define RAG_BEARING_H
/*
 * bearing -- does what an answer cites speak of all that was asked? Facts are found by the name of a medicine or value; what else the question
 * says of it must stand there too.
 */
#include "rag/draft.h"

/* The text holds the word of the question, or another name of what it names. */
bool bearing_holds(const struct draft *, const struct tokens *text, size_t word);

/* A value was asked for that was measured with, or after, something that the text does not name; or a medicine told for a value. */
bool bearing_is_of_another_kind(const struct draft *, const struct tokens *text);

/* "Ophtalmo", "le docteur des yeux". */
bool bearing_names_specialist(const struct draft *, size_t word);

/* The beginning of a paper that may say the word of whom it is from: others soon write whom they send one to. */
struct str bearing_letterhead(const struct draft *, struct str text, size_t word);

/* The word stands in what a source says of itself (title, author, letterhead) or is quoted to say. */
enum status bearing_source(struct draft *, const struct rag_source *, size_t word, bool *bears) MUST_CHECK;

/* Empties a draft whose sources do not. */
enum status bearing_check(struct draft *) MUST_CHECK;

#endif
