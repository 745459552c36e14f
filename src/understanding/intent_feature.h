#ifndef UNDERSTANDING_INTENT_FEATURE_H
#define UNDERSTANDING_INTENT_FEATURE_H
/*
 * intent_feature -- what a message is made of, as short texts that can be weighed for each intent (feature.h):
 *
 *   w:prescrit  b:qui_prescrit  k:qui_prescrit   the stem of a word (or what it is: @drug, @lab, @past …), two neighbours, two with one between
 *   c:^ordo                                      a piece of a word, whose misspellings share most of theirs
 *   s:garab                                      how a word that is not French sounds in Wolof
 *   g:$take  p:$how_many_$take                   a word of a class of intents.txt, and two that stand close to each other
 *   r:dosage  R:dosage                           the cues speak for an intent, and for no other as much
 *   n:2                                          how many words it has, of few
 *
 * The first FEATURE_TOKENS_MAX words count: nobody asks after so many.
 */
#include "language/feature.h"
#include "understanding/intent_examine.h"

enum { FEATURE_TOKENS_MAX = 80 };

enum status intent_features(const struct intent_book *, struct arena *, const struct intent_said *,
                            struct features *out, struct err *) MUST_CHECK;

/* What they weigh, a class for each intent: learned from intents_messages.tsv (tools/learn_intents.c). */
extern const struct weight_table intents_weights;

#endif
