#ifndef LANGUAGE_DRUG_CLASS_H
#define LANGUAGE_DRUG_CLASS_H
/*
 * drug_class -- medicines that are asked for by what they are for or look like: "mon antibiotique", "le comprimé pour la tension", "le sirop".
 *
 * Only narrows what the record has: a medicine of the record that no class claims is never given a purpose.
 */
#include "documents/fact.h"
#include "language/text.h"

struct drug_class;

/* The class that the token asks for; NULL: none. A disease or a symptom asks only behind a word for medicine ("cachet pour le sucre"). */
const struct drug_class *drug_class_asked(const struct tokens *, size_t token);

/* The class must be found in the record to be answered: "antibiotique". Else a record without one is answered as if it had not been named. */
bool drug_class_is_strict(const struct drug_class *);

bool drug_class_has(const struct drug_class *, struct arena *, const struct fact *);

/* Does a word of the name, or of the substances that the list knows of it, match: "*cilline", "cef*", "quinine"? Both folded. */
bool drug_class_matches(struct str members, struct str name);

#endif
