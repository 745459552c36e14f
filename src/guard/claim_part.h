#ifndef GUARD_CLAIM_PART_H
#define GUARD_CLAIM_PART_H
/*
 * claim_part -- what the files of claim.h share: one sentence against one passage, which must bear it alone.
 */
#include "guard/claim.h"
#include "guard/statement.h"

struct claim_source {
    struct statement text, title;
    struct str printed; /* the text with its own line breaks */
    struct date date;
};

struct claim {
    struct statement said;
    const struct claim_source *source;
};

/* Figures and turns of a medicine or value; those that belong to none stand all in one sentence of the passage, which shares a word with
 * what is said. CLAIM_BORNE, CLAIM_FIGURE or CLAIM_TURN. */
enum claim_fault claim_judge_owned(const struct claim *);
enum claim_fault claim_judge_unowned(const struct claim *);

/* Who says how much of a medicine to take says it whole: every rhythm, limit and time of day that the passage gives it. */
bool claim_intakes_are_whole(const struct claim *);

/* Order, negation, condition, stop, prohibition, allergy and whether it is done are as in the sentence of the passage that is nearest. */
bool claim_is_meant_alike(const struct claim *);

#endif
