#ifndef RAG_TRIAGE_MODEL_H
#define RAG_TRIAGE_MODEL_H
/*
 * triage_model -- weighs the features of a message (triage_feature.h): above TRIAGE_ALARM it speaks of danger.
 *
 * The weights are learned at build time from the labelled messages of triage_messages.tsv (tools/learn_triage.c): who finds a message
 * judged wrongly adds it there with its right label.
 */
#include "base/base.h"

struct triage_weight {
    struct str feature;
    float weight;
};

/* Above this score a message speaks of danger; where a known sign stands in it, above the lower one. Chosen on messages kept out of learning, so
 * that hardly a danger is missed and one in twenty harmless messages, most of them full of such words, raises an alarm. */
#define TRIAGE_ALARM       0.05
#define TRIAGE_ALARM_SIGN  (-0.1)
#define TRIAGE_ALARM_PLAIN (-1.0)

double triage_score(const struct str *features, size_t count);

/* The table, in the order of triage_feature_compare(). */
extern const struct triage_weight triage_weights[];
extern const size_t triage_weight_count;
extern const float triage_bias;

#endif
