#ifndef DOCUMENTS_PERSON_NAME_H
#define DOCUMENTS_PERSON_NAME_H
/*
 * person_name -- what a name looks like, and whether it is that of somebody beside the patient. For person.c and person_birth.c. Pure.
 */
#include "documents/token.h"

/* All letters capital, at least two of them. */
bool person_is_all_capital(struct str);

/* Behind the name that starts at token i: capitalised words, joined by hyphens, apostrophes, particles; or i. */
size_t person_match_name(const struct tokens *, size_t i);

/* Behind the initials before a name: "S. M. DIENG"; i when there are none. */
size_t person_skip_initials(const struct tokens *, size_t i);

/* Shortly before token i stands who is no patient ("mère", "personne à prévenir", "secrétaire", "adressé par"); or behind it ("…, biologiste"). */
bool person_is_another_before(const struct tokens *, size_t i);
bool person_is_another_behind(const struct tokens *, size_t i);

#endif
