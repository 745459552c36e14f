#include "rag/intent_feature.h"
#include "rag/intent_follow.h"

/* Below this score nothing is known to be wanted: the passages are searched. */
static const double SCORE_MIN = -0.9;

/* Somebody else's record, or what is no question to a record, whatever else the message asks. */
static enum intent barred(const struct intent_said *m) {
    if (m->scores[INTENT_OTHER_PERSON] >= INTENT_SCORE_SURE) return INTENT_OTHER_PERSON;
    return m->scores[INTENT_OUT_OF_SCOPE] >= INTENT_SCORE_SURE ? INTENT_OUT_OF_SCOPE : INTENT_NONE;
}

static enum status choose(const struct intent_book *book, struct arena *arena, const struct intent_said *m,
                          enum intent *out, struct err *err) {
    struct features features = { 0 };
    double scores[INTENT_COUNT];
    enum status s = intent_features(book, arena, m, &features, err);
    if (s != OK) return s;
    features_weigh(&features, &intents_weights, scores);
    *out = INTENT_NONE;
    for (int i = 1; i < INTENT_COUNT; i++)
        if (scores[i] > scores[*out]) *out = (enum intent)i;
    bool unsupported = *out == INTENT_STOP && m->scores[INTENT_STOP] < INTENT_SCORE_MIN;
    if (scores[*out] < SCORE_MIN || unsupported) *out = INTENT_NONE;
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
    s = choose(book, arena, &said, &out->intent, err);
    if (s != OK) return s;
    out->likely = said.scores[out->intent] < INTENT_SCORE_MIN;
    intent_follow(&said, context, out);
    return OK;
}
