#include <math.h>

#include "understanding/intent_feature.h"
#include "understanding/intent_follow.h"

/* Below this score nothing is known to be wanted: the passages are searched. */
static const double SCORE_MIN = -0.9;

/* An intent this little less likely than the best may be meant as well. */
static const double SECOND_MARGIN = 1.0;

/* Somebody else's record, or what is no question to a record, whatever else the message asks. */
static enum intent barred(const struct intent_said *m) {
    if (m->scores[INTENT_OTHER_PERSON] >= INTENT_SCORE_SURE) return INTENT_OTHER_PERSON;
    return m->scores[INTENT_OUT_OF_SCOPE] >= INTENT_SCORE_SURE ? INTENT_OUT_OF_SCOPE : INTENT_NONE;
}

/* The best but one, when it is nearly as good. */
static enum intent second_of(const double scores[INTENT_COUNT], enum intent best) {
    enum intent second = INTENT_NONE;
    for (int i = 1; i < INTENT_COUNT; i++)
        if (i != (int)best && (second == INTENT_NONE || scores[i] > scores[second])) second = (enum intent)i;
    return scores[second] > scores[best] - SECOND_MARGIN ? second : INTENT_NONE;
}

static enum status choose(const struct intent_book *book, struct arena *arena, const struct intent_said *m,
                          struct intent_reading *out, struct err *err) {
    struct features features = { 0 };
    double scores[INTENT_COUNT];
    enum status s = intent_features(book, arena, m, &features, err);
    if (s != OK) return s;
    features_weigh(&features, &intents_weights, scores);
    /* "Salam docteur, ma radio a donné quoi ?" */
    if (m->asks) scores[INTENT_GREETING] = -INFINITY;
    enum intent best = INTENT_NONE;
    for (int i = 1; i < INTENT_COUNT; i++)
        if (scores[i] > scores[best]) best = (enum intent)i;
    out->second = second_of(scores, best);
    bool unsupported = best == INTENT_STOP && m->scores[INTENT_STOP] < INTENT_SCORE_MIN;
    out->intent = scores[best] < SCORE_MIN || unsupported ? INTENT_NONE : best;
    return OK;
}

enum status intent_read(const struct intent_book *book, struct arena *arena, const struct tokens *tokens,
                        const struct subject *subject, const struct when *when,
                        const struct intent_context *context, struct intent_reading *out, struct err *err) {
    struct intent_said said;
    *out = (struct intent_reading) { 0 };
    enum status s = intent_examine(book, arena, tokens, subject, when, &said, err);
    if (s != OK) return s;
    out->other = said.other;
    out->disease = said.disease;
    for (size_t i = 0; i < tokens->count; i++) {
        out->names_disease |= said.disease[i];
        out->has_other |= said.other[i];
    }
    for (int i = 1; i < INTENT_COUNT; i++)
        if (i != INTENT_GREETING && i != INTENT_THANKS && said.scores[i] > out->cues)
            out->cues = said.scores[i];
    out->of_somebody = said.turn_at[FOLLOW_SOMEBODY];
    out->intent = barred(&said);
    out->sure = out->intent != INTENT_NONE;
    if (out->sure) return OK;
    s = choose(book, arena, &said, out, err);
    if (s != OK) return s;
    out->likely = said.scores[out->intent] < INTENT_SCORE_MIN;
    intent_follow(&said, context, out);
    return OK;
}
