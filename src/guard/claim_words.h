#ifndef GUARD_CLAIM_WORDS_H
#define GUARD_CLAIM_WORDS_H
/*
 * claim_words -- words that a sentence about a record may use though its passage does not: tables for claim.h.
 */
#include "language/text.h"

/* With these one speaks of a record; they say nothing about anybody's health. */
bool claim_word_is_framing(struct str folded);

/* What was done, and what is still to be done. */
bool claim_word_is_done(struct str folded);
bool claim_word_is_to_do(struct str folded);

/* "Antécédents": what was, and need not be any more. */
bool claim_word_is_past(struct str folded);

/* The same word, or another writing of it: inflected, abbreviated ("cp", "comprimé"; "RDV", "rendez-vous"), or of one family ("prendre", "prise"). */
bool claim_words_agree(const struct token *, const struct token *);

#endif
