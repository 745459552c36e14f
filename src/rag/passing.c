#include "rag/passing.h"

enum { HELPERS_MAX = 4 };

/* Where few of the questions that have no answer pass (eval_records, eval_answers), and those that have one mostly do. */
static const float THRESHOLD = -0.5F;

/* Groups of at least this weight in the coverage have a meaning of their own: no everyday words, no forms. */
static const float MEANING_WEIGHT_MIN = 0.5F;

struct measure {
    const struct search_query *query;
    uint64_t held, tight; /* groups of all and of the best sentence, a bit each */
    int helpers;
};

static int meaning_held(const struct search_query *q, uint64_t held) {
    int n = 0;
    for (int g = 0; g < q->groups; g++) n += q->group_weight[g] >= MEANING_WEIGHT_MIN && (held >> g & 1);
    return n;
}

static enum status add_text(struct text_reader *reader, struct arena *arena, struct str text,
                            struct measure *m, struct err *err) {
    struct tokens t;
    bool helped[SEARCH_TERMS_MAX] = { false };
    uint64_t sentence = 0;
    enum status s = text_tokens(reader, arena, text, TEXT_DOCUMENT, &t, err);
    for (size_t i = 0; s == OK && i < t.count; i++) {
        if (t.items[i].sentence_start) sentence = 0;
        if (t.items[i].stop) continue;
        uint32_t hash = text_hash(t.items[i].stem);
        for (size_t k = 0; k < m->query->count; k++) {
            const struct search_term *term = &m->query->terms[k];
            if (term->hash != hash || !str_eq(term->stem, t.items[i].stem)) continue;
            if (term->group >= 0)
                sentence |= UINT64_C(1) << term->group;
            else if (!helped[k])
                m->helpers += helped[k] = true;
        }
        m->held |= sentence;
        if (meaning_held(m->query, sentence) > meaning_held(m->query, m->tight)) m->tight = sentence;
    }
    return s;
}

static float share(float part, float all) {
    return all > 0 ? part / all : 0;
}

static void weigh(const struct measure *m, const float *weights, struct passing *out) {
    const struct search_query *q = m->query;
    float all = 0, held = 0, meaning = 0, heaviest = 0;
    bool heaviest_held = false, named = false;
    out->complete = true;
    for (int g = 0; g < q->groups; g++) {
        bool holds = m->held >> g & 1;
        all += weights[g];
        held += holds ? weights[g] : 0;
        out->complete = out->complete && (holds || !q->group_required[g]);
        named |= q->group_required[g];
        if (q->group_weight[g] < MEANING_WEIGHT_MIN) continue;
        meaning++;
        if (weights[g] < heaviest) continue;
        heaviest = weights[g];
        heaviest_held = holds;
    }
    float found = (float)meaning_held(q, m->held);
    out->signs[PASSING_COVERAGE] = share(held, all);
    out->signs[PASSING_CONTENT] = meaning > 0 ? share(found, meaning) : 0;
    out->signs[PASSING_HEAVIEST] = heaviest_held;
    out->signs[PASSING_NAMED] = named && out->complete;
    out->signs[PASSING_BRIEF] = meaning > 0 ? 1 / meaning : 1;
    out->signs[PASSING_TIGHT] = meaning > 0 ? share((float)meaning_held(q, m->tight), meaning) : 0;
    out->signs[PASSING_HELPED] =
        !heaviest_held ? 0 : (float)(m->helpers < HELPERS_MAX ? m->helpers : HELPERS_MAX) / HELPERS_MAX;
}

enum status passing_read(struct text_reader *reader, struct arena *arena, const struct record *record,
                         const struct search_query *q, const struct passing_quote *quote, struct passing *out,
                         struct err *err) {
    float weights[SEARCH_GROUPS_MAX];
    struct measure m = { .query = q };
    enum status s = add_text(reader, arena, quote->text, &m, err);
    if (s == OK) s = add_text(reader, arena, quote->heading, &m, err);
    if (s == OK) s = add_text(reader, arena, quote->title, &m, err);
    if (s != OK) return s;
    *out = (struct passing) { 0 };
    weigh(&m, search_weigh(record, q, weights), out);
    out->signs[PASSING_SCORE] = share(quote->score, search_score_max(record, q));
    out->signs[PASSING_LEAD] = quote->score > 0 ? 1 - share(quote->next_score, quote->score) : 0;
    out->signs[PASSING_VISIBLE] = quote->visible;
    out->odds = passing_bias;
    for (int i = 0; i < PASSING_SIGN_COUNT; i++) out->odds += passing_weights[i] * out->signs[i];
    return OK;
}

bool passing_passes(const struct passing *p) {
    return p->complete && p->met && p->signs[PASSING_COVERAGE] > 0 && p->odds > THRESHOLD;
}
