#ifndef RAG_TRIAGE_FEATURE_H
#define RAG_TRIAGE_FEATURE_H
/*
 * triage_feature -- what a message is made of, as short texts that can be weighed (triage_model.h):
 *
 *   w:souffle  b:du_sang  k:plus_bras   a word, two neighbours, two with one word between
 *   c:^ouff                             a piece of a word, whose misspellings share most of theirs
 *   s:noyi                              how a word that is not French sounds in Wolof
 *   n:@fever  r:chest  x:chest  t:3     a number, a sign that stands, one that was taken back, a turn of phrase
 *   g:7  p:7_12                         a concept, and two that stand close to each other
 */
#include "rag/triage_turn.h"

/* The different features of the words from..to of a message, in the order of triage_feature_compare(), in the arena. */
enum status triage_features(struct arena *, const struct triage_said *, size_t from, size_t to,
                            struct str **out, size_t *count, struct err *) MUST_CHECK;

/* By bytes, and the shorter first. */
int triage_feature_compare(struct str a, struct str b);

#endif
