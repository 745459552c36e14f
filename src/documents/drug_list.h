#ifndef DOCUMENTS_DRUG_LIST_H
#define DOCUMENTS_DRUG_LIST_H
/*
 * drug_list -- some 5,000 names of drugs and substances, built into the program.
 *
 * Source: Base de données publique des médicaments (France), Licence Ouverte 2.0, shortened by tools/drug_names, with names common in
 * West Africa added. Names are folded: lower case, no accents. A name that is missing here is no reason to doubt a clear
 * medication line: local brands are not in the list.
 */
#include "documents/token.h"

struct drug {
    struct str name;       /* folded: "doliprane", "acide folique" */
    struct str substances; /* folded, separated by '+': "paracetamol"; empty when the name is a substance */
};

/* Finds a folded name exactly. */
bool drug_list_find(struct str fold, struct drug *out);

/*
 * The nearest name within a bounded number of letters put in, left out, changed or swapped: one from 6 letters on, two from 10 on.
 * False when there is none, or two are equally near: a name that could be either is none. The first letter must be right.
 */
bool drug_list_find_near(struct str fold, struct drug *out);

/* Two folded words are the same but for one letter put in, left out, changed or swapped with its neighbour; both begin alike. */
bool drug_names_near(struct str a, struct str b);

/*
 * The one word that a folded word of six letters or more begins, when all names of the list that begin so begin with it:
 * "paracet" is "paracetamol". Empty when there is none, or more than one.
 */
struct str drug_list_complete(struct str fold);

/* The longest name (up to three words) that starts at token i: behind it, or i. `tolerant`: look for a near one too. */
size_t drug_list_match(const struct tokens *, size_t i, bool tolerant, struct drug *out);

/* The generated table: lines "name\tsubstances\n", where each starts, and their number (one more start marks the end). */
extern const char drug_list_text[];
extern const uint32_t drug_list_start[];
extern const size_t drug_list_count;

#endif
