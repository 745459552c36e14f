#include "triage/triage.h"

#include "triage/triage_feature.h"

/* Above this score a message speaks of danger; where a known sign stands in it, above the lower one. Chosen on messages kept out of learning, so
 * that hardly a danger is missed and one in thirty harmless messages, most of them full of such words, raises an alarm. */
#define TRIAGE_ALARM       (-0.03)
#define TRIAGE_ALARM_SIGN  (-0.15)
#define TRIAGE_ALARM_PLAIN (-1.0)

enum { STRETCH_WORDS = 60, STRETCH_STEP = 30, SHORT_WORDS = 4 };

/* The gravest sign that stands; DANGER_UNNAMED when there is none. */
static enum danger gravest_sign(const struct triage_said *m) {
    int gravest = DANGER_UNNAMED;
    for (size_t i = 0; i < m->sign_count; i++) {
        int danger = triage_danger[m->signs[i].hit.phrase].tag;
        if (m->signs[i].standing && danger < gravest) gravest = danger;
    }
    return (enum danger)gravest;
}

/* How much it takes for an alarm: less where a known sign stands, least where it is a wish to die or nearly all that is said. */
static double alarm_at(const struct triage_said *m, size_t from, size_t to) {
    double at = TRIAGE_ALARM;
    for (size_t i = 0; i < m->sign_count; i++) {
        const struct triage_sign *s = &m->signs[i];
        if (!s->standing || s->hit.first < from || s->hit.last >= to) continue;
        bool plain = triage_danger[s->hit.phrase].tag == DANGER_SUICIDE || to - from <= SHORT_WORDS;
        if (plain) return TRIAGE_ALARM_PLAIN;
        at = TRIAGE_ALARM_SIGN;
    }
    return at;
}

static enum status weigh(struct arena *arena, const struct triage_said *m, size_t from, size_t to,
                         bool *danger, struct err *err) {
    struct features features = { 0 };
    double score;
    enum status s = triage_features(arena, m, from, to, &features, err);
    if (s != OK) return s;
    features_weigh(&features, &triage_weights, &score);
    if (score > alarm_at(m, from, to)) *danger = true;
    return OK;
}

/* What a long message says beside a danger does not drown it. */
static enum status weigh_stretches(struct arena *arena, const struct triage_said *m, bool *danger,
                                   struct err *err) {
    size_t count = m->tokens->count, to = 0;
    enum status s = OK;
    for (size_t from = 0; s == OK && to < count && !*danger; from += STRETCH_STEP) {
        to = count - from > STRETCH_WORDS ? from + STRETCH_WORDS : count;
        s = weigh(arena, m, from, to, danger, err);
    }
    return s;
}

/* A sentence with a sign, by itself: "J'ai eu un AVC en 2012. J'ai mal à la poitrine." */
static enum status weigh_sentences(struct arena *arena, const struct triage_said *m, bool *danger,
                                   struct err *err) {
    enum status s = OK;
    for (size_t from = 0, to; s == OK && from < m->tokens->count && !*danger; from = to) {
        for (to = from + 1; to < m->tokens->count && !m->tokens->items[to].sentence_start;) to++;
        if (alarm_at(m, from, to) < TRIAGE_ALARM) s = weigh(arena, m, from, to, danger, err);
    }
    return s;
}

enum status triage_read(const struct triage_book *book, struct arena *arena, const struct tokens *tokens,
                        struct triage_reading *out, struct err *err) {
    struct triage_said m;
    bool danger = false;
    enum status s = triage_examine(book, arena, tokens, &m, err);
    if (s == OK) s = weigh_stretches(arena, &m, &danger, err);
    if (s == OK) s = weigh_sentences(arena, &m, &danger, err);
    if (s == OK)
        *out = (struct triage_reading) { danger ? gravest_sign(&m) : DANGER_NONE, !danger && m.supposes };
    return s;
}
