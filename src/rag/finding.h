#ifndef RAG_FINDING_H
#define RAG_FINDING_H
/*
 * finding -- sentences in which papers say what an examination showed of what a question names: "calcul vésiculaire de 11 mm".
 */
#include "rag/draft.h"

/* Quotes those of the document that `said`, which is quoted already, does not hold; as many as there is room for. */
enum status finding_add_details(struct draft *, uint32_t document, struct str said) MUST_CHECK;

#endif
