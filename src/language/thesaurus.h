#ifndef LANGUAGE_THESAURUS_H
#define LANGUAGE_THESAURUS_H
/*
 * thesaurus -- the tables made from thesaurus.txt (tools/gen_thesaurus.py): what patients ask for, and what papers call it.
 */
#include "language/phrase.h"

struct thesaurus_concept {
    const char *same;  /* folded words that say it */
    const char *shown; /* folded words that only show it: its unit, its heading */
    bool everyday;     /* such words are in many questions and say little */
};

/* A single word that says a concept, or only asks for it; in the order of bytes, one row a concept. */
struct thesaurus_word {
    const char *word;
    uint16_t concept;
    bool says;
};

extern const struct thesaurus_concept thesaurus_concepts[];
extern const size_t thesaurus_concept_count;
extern const struct thesaurus_word thesaurus_words[];
extern const size_t thesaurus_word_count;
/* Turns of phrase that ask for it. tag: the concept; weight: 1 when words may stand in between. */
extern const struct phrase thesaurus_names[];

#endif
