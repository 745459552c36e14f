#ifndef GUARD_CLAIM_H
#define GUARD_CLAIM_H
/*
 * claim -- does a sentence of a model say only what the passages say that it cites?
 *
 * Nothing is understood here, so nothing is forgiven: a sentence may leave out, it may not add or change, and one passage must bear all of it.
 *   - Every figure must stand in a cited passage with its unit, its period and its sense ("au plus", "toutes les", "avant"), and belong there to
 *     the same medicine or value as in the sentence: two doses that changed places do not pass.
 *   - So must every word that turns the meaning: stop and go on, more and less, before and after, morning and evening, left and right, may,
 *     dangerous, normal. Negations and conditions of the passage's sentence may not be lost, nor others come in; nor may what says
 *     that it was in another year, or is a thing of the past.
 *   - Who says how much to take says it whole: with every rhythm, limit and time of day that the passage gives.
 *   - Every medicine, and every other word with a meaning, must stand there by its stem; only words with which one speaks of a record
 *     ("selon votre ordonnance") are free. So a sentence in another language than its passages does not pass.
 *   - No link, no telephone number that the passage does not hold.
 */
#include "base/clock.h"
#include "language/text.h"

struct claim_passage {
    struct str title, text; /* as printed */
    struct date date;       /* of its document; year 0: not known. A sentence may name it. */
};

enum claim_fault {
    CLAIM_BORNE,
    CLAIM_EMPTY,     /* says nothing */
    CLAIM_NO_SOURCE, /* cites nothing */
    CLAIM_FIGURE,
    CLAIM_TURN, /* a word that turns the meaning, a negation, a condition */
    CLAIM_WORD, /* a medicine, or a word that no passage holds */
    CLAIM_LINK,
    CLAIM_FAULT_COUNT
};
const char *claim_fault_name(enum claim_fault); /* "borne", "figure" … */

/* A passage once read, to check many sentences against it. It and what it holds live in the arena; the passage's texts must live as long. */
struct claim_source;
enum status claim_source_read(struct arena *, struct text_reader *, const struct claim_passage *,
                              const struct claim_source **out, struct err *) MUST_CHECK;

/* E_LIMIT without memory. The reader's arena may be another one. */
enum status claim_check(struct arena *, struct text_reader *, struct str sentence,
                        const struct claim_source *const *cited, size_t count, enum claim_fault *out,
                        struct err *) MUST_CHECK;

#endif
