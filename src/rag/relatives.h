#ifndef RAG_RELATIVES_H
#define RAG_RELATIVES_H
/*
 * relatives -- words for the patient's family: a father's diabetes is not the patient's.
 */
#include "rag/text.h"

bool relatives_are_named(const struct tokens *);

#endif
