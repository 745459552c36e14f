#ifndef RAG_WHOSE_H
#define RAG_WHOSE_H
/*
 * whose -- of whom an answer speaks, where the question says of whom: "et son petit frère, quelle dose ?", "mon groupe sanguin à moi" on the paper of
 * her newborn. A dose or value of the patient is a wrong one for somebody else.
 */
#include "rag/draft.h"

/* Empties a draft that cites facts of another person than is asked about. */
enum status whose_check(struct draft *) MUST_CHECK;

/* A relative is asked about, and no sentence of the quote that names him shows what is wanted of him. */
enum status whose_lacks(struct draft *, struct str quote, bool *lacks) MUST_CHECK;

#endif
