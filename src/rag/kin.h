#ifndef RAG_KIN_H
#define RAG_KIN_H
/*
 * kin -- a medicine asked for by the name on its box, where the papers say what it is made of: "le doliprane, combien au maximum ?" and "pas de
 * paracétamol à plus de 2 g par jour". A combination ("coartem") is found only by all that it is made of.
 */
#include "rag/draft.h"

struct kin {
    struct str substances; /* separated by '+'; empty: the medicine is not asked for by another name */
    struct tokens tokens;  /* the question's, with the substance in the place of the name */
    struct subject subject;
};

/* The medicine that is asked for and of which no fact answered, if its substances are known. */
enum status kin_read(const struct draft *, struct kin *out) MUST_CHECK;

/* Every source names all that it is made of. */
enum status kin_is_borne(const struct draft *, const struct kin *, bool *borne) MUST_CHECK;

#endif
