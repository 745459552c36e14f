#ifndef RAG_DOSE_QUOTE_H
#define RAG_DOSE_QUOTE_H
/*
 * dose_quote -- whether lines that would be quoted to somebody who asks how much of a medicine to take say how much.
 *
 * "ATCD : diabète (glibenclamide), suivi depuis 2020" and "vit D + calcium 3 mois" name the medicine and hold figures, but no dose: whoever reads
 * them as one takes a wrong one. Lines that say the medicine was stopped are news to who asks, and pass.
 */
#include "rag/draft.h"

enum status dose_quote_check(const struct draft *, struct str quote, bool *lacks) MUST_CHECK;

#endif
