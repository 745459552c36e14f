#ifndef TRIAGE_TRIAGE_TURN_H
#define TRIAGE_TRIAGE_TURN_H
/*
 * triage_turn -- what takes a danger sign back: it is denied, long past, over, only asked about, or what a paper says.
 *
 * In doubt it stands.
 */
#include "triage/triage.h"
#include "triage/triage_number.h"

/* A sign that was found, until it is taken back. */
struct triage_sign {
    struct phrase_hit hit;
    bool standing;
};

/* What a message says. */
struct triage_said {
    const struct tokens *tokens;
    struct phrase_mark numbers[TRIAGE_NUMBER_KINDS];
    struct triage_sign *signs;
    size_t sign_count;
    struct phrase_hit *turns; /* of the table triage_turn */
    size_t turn_count;
    struct phrase_hit *concepts; /* of the table triage_concept */
    size_t concept_count;
    bool *supposed; /* a token each: only supposed (triage_condition.h) */
    bool supposes;  /* so is a sign */
};

/* Takes `standing` from the signs that are none. */
void triage_take_back(struct triage_said *);

/* Finds what a message says, with what is taken back. */
enum status triage_examine(const struct triage_book *, struct arena *, const struct tokens *,
                           struct triage_said *, struct err *) MUST_CHECK;

#endif
