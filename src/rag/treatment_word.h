#ifndef RAG_TREATMENT_WORD_H
#define RAG_TREATMENT_WORD_H
/*
 * treatment_word -- what the record says of a prescribed medicine outside of prescriptions: that it was stopped, that its dose was changed, or
 * when it is to be stopped.
 *
 * A line of a prescription is what was true on its day. A letter or a report that came later may say otherwise ("Passez à 6 comprimés de
 * méthotrexate"), and nobody who asks for his dose may miss it.
 */
#include "search/record.h"

enum treatment_word_kind {
    TREATMENT_STOPPED, /* "Arrêt de l'aspirine"; of the same day or later */
    TREATMENT_CHANGED, /* another dose, or words for a change; in a later paper */
    TREATMENT_STOPPED_IF, /* "stop méthotrexate en cas de fièvre": stops nothing today; of the same day or later */
    TREATMENT_GOES_ON, /* "renouvelé, même dose", "à poursuivre"; in a later paper: its length does not end it */
    TREATMENT_WORD_COUNT
};

struct treatment_word {
    enum treatment_word_kind kind;
    uint32_t document;
    int page;
    struct str quote; /* a line, as it is printed */
};

enum { TREATMENT_STOPS_MAX = 4 };

/* The lines that stop a medicine today, whichever it is, the latest first; of passages read at least as surely as `confidence`. */
enum status treatment_stops(const struct record *, struct arena *, int confidence,
                            struct treatment_word out[TREATMENT_STOPS_MAX], size_t *count,
                            struct err *) MUST_CHECK;

/* The gravest that is said of the medicine of the line, of that the latest; false: nothing. */
enum status treatment_find_word(const struct record *, struct text_reader *, struct arena *,
                                const struct record_fact *line, struct treatment_word *out, bool *found,
                                struct err *) MUST_CHECK;

#endif
