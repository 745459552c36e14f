#ifndef RAG_VISIT_H
#define RAG_VISIT_H
/*
 * visit -- the days on which papers call the patient back: "Contrôle Dr MANGA : mardi 14/04/2026 à 10 h", "je le reverrai le 2 septembre", "Cs neurologie
 * le 09/06/2026". Whole sentences, over the ends of lines. A day that is not after the paper's own calls nobody.
 */
#include "search/record.h"

struct visit {
    uint32_t chunk;
    struct str text; /* the sentence, and the next one where that says what to bring: a piece of the chunk */
    struct date day;
    bool clock; /* it says the hour */
    bool bring; /* … and what or whom to bring */
};

/* All that the record's papers name, in their order. */
enum status visits_find(struct text_reader *, struct arena *, const struct record *, struct visit **items,
                        size_t *count, struct err *) MUST_CHECK;

/* "10 h", "8h30". */
bool visit_names_clock(const struct tokens *);

/* "Apporter", "venir avec", "amène": what is to be brought is told, or asked for. */
bool visit_names_bringing(const struct tokens *);

#endif
