#ifndef RAG_ALLERGY_H
#define RAG_ALLERGY_H
/*
 * allergy -- whether a medicine may be meant by a noted allergy: by name, by a substance in it, or by the family that the note names.
 *
 * Errs towards yes: a yes only says "not without your doctor".
 */
#include "base/base.h"

/* Both folded: the medicine as it was asked for ("augmentin"), the note as it is printed ("allergie a la penicilline"). */
bool allergy_concerns(struct str medicine, struct str note);

#endif
