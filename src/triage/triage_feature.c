#include "triage/triage_feature.h"

#include "language/wolof.h"
#include "language/words.h"

enum {
    FEATURES_A_WORD = 4 + FEATURE_PIECES_MAX,
    PAIR_WORDS = 8, /* how far apart concepts belong together */
    PAIRS_MAX = 4000
};

/* The features of the words from..to of what is said. */
struct collecting {
    const struct triage_said *said;
    size_t from, to;
    struct features *out;
};

/* What is only supposed says nothing. */
static bool is_inside(const struct collecting *c, const struct phrase_hit *hit) {
    if (hit->first < c->from || hit->last >= c->to) return false;
    for (size_t i = hit->first; i <= hit->last; i++)
        if (!c->said->supposed[i]) return true;
    return false;
}

static bool is_said(const struct collecting *c, size_t i) {
    return i < c->to && !c->said->supposed[i];
}

static void add_word(struct collecting *c, size_t i) {
    const struct token *w = &c->said->tokens->items[i];
    const struct phrase_mark *numbers = c->said->numbers;
    char sound[WOLOF_SOUND_BYTES_MAX];
    if (w->number) { /* "@number" itself says nothing */
        for (size_t k = 1; k < TRIAGE_NUMBER_KINDS; k++)
            if (numbers[k].tokens[i]) features_add(c->out, "n:%s", numbers[k].name);
        return;
    }
    features_add(c->out, "w:%.*s", STR_ARG(w->folded));
    if (is_said(c, i + 1)) features_add(c->out, "b:%.*s_%.*s", STR_ARG(w->folded), STR_ARG(w[1].folded));
    if (is_said(c, i + 2)) features_add(c->out, "k:%.*s_%.*s", STR_ARG(w->folded), STR_ARG(w[2].folded));
    if (w->stop) return;
    features_add_pieces(c->out, w->folded);
    if (words_is_common(w->folded)) return;
    struct str heard = { sound, wolof_sound(w->folded, sound) };
    if (heard.n) features_add(c->out, "s:%.*s", STR_ARG(heard));
}

/* Concepts, and which stand close to each other in which order. */
static void add_concepts(struct collecting *c) {
    const struct phrase_hit *hits = c->said->concepts;
    size_t pairs = 0;
    for (size_t i = 0; i < c->said->concept_count; i++) {
        int tag = triage_concept[hits[i].phrase].tag;
        if (!is_inside(c, &hits[i])) continue;
        features_add(c->out, "g:%d", tag);
        for (size_t k = i + 1; k < c->said->concept_count && pairs < PAIRS_MAX; k++) {
            if (hits[k].first > hits[i].first + PAIR_WORDS || !is_inside(c, &hits[k])) break;
            if (hits[k].first == hits[i].first) continue;
            features_add(c->out, "p:%d_%d", tag, triage_concept[hits[k].phrase].tag);
            pairs++;
        }
    }
}

enum status triage_features(struct arena *arena, const struct triage_said *m, size_t from, size_t to,
                            struct features *out, struct err *err) {
    struct collecting c = { m, from, to, out };
    size_t room =
        (to - from) * FEATURES_A_WORD + m->sign_count + m->turn_count + m->concept_count + PAIRS_MAX;
    if (!features_open(out, arena, room))
        return fail(err, E_LIMIT, NULL, "no memory for the features of a message");
    for (size_t i = from; i < to; i++)
        if (is_said(&c, i)) add_word(&c, i);
    for (size_t i = 0; i < m->sign_count; i++)
        if (is_inside(&c, &m->signs[i].hit)) {
            enum danger d = (enum danger)triage_danger[m->signs[i].hit.phrase].tag;
            features_add(out, m->signs[i].standing ? "r:%s" : "x:%s", danger_name(d));
        }
    for (size_t i = 0; i < m->turn_count; i++)
        if (is_inside(&c, &m->turns[i]) && triage_turn[m->turns[i].phrase].tag < TURN_KINDS_WEIGHED)
            features_add(out, "t:%d", triage_turn[m->turns[i].phrase].tag);
    add_concepts(&c);
    return features_finish(out, err);
}
