#ifndef TRIAGE_TRIAGE_FEATURE_H
#define TRIAGE_TRIAGE_FEATURE_H
/*
 * triage_feature -- what a message is made of, as short texts that can be weighed (feature.h):
 *
 *   w:souffle  b:du_sang  k:plus_bras   a word, two neighbours, two with one word between
 *   c:^ouff                             a piece of a word, whose misspellings share most of theirs
 *   s:noyi                              how a word that is not French sounds in Wolof
 *   n:@fever  r:chest  x:chest  t:3     a number, a sign that stands, one that was taken back, a turn of phrase
 *   g:7  p:7_12                         a concept, and two that stand close to each other
 */
#include "language/feature.h"
#include "triage/triage_turn.h"

enum status triage_features(struct arena *, const struct triage_said *, size_t from, size_t to,
                            struct features *out, struct err *) MUST_CHECK;

/*
 * What they weigh, for the one class of messages of danger: learned from triage_messages.tsv (tools/learn_triage.c); who finds a message judged
 * wrongly adds it there with its right label.
 */
extern const struct weight_table triage_weights;

#endif
