#include "search/search.h"

#include <math.h>

/* BM25F: counts in the title and the heading weigh more than in the text; only the text is measured against its length. */
static const float TITLE_WEIGHT = 10.0F, HEADING_WEIGHT = 3.0F, SATURATION = 1.0F, LENGTH_PART = 0.75F;
static const float HELPER_LENGTH_PART = 1.0F; /* helpers look for dense passages */

/* Reciprocal rank fusion's constant: 60 in Cormack et al. */
static const float FUSE_RANK = 60.0F;

/* A hint moves a passage by a few places, it does not make one. */
static const float HINT_WEIGHT = 0.1F;

/*
 * What the nearest in meaning weighs beside the best by words, and how much more as words hold less than enough of the question. Weighed on public
 * questions with the vectors of multilingual-e5-small (tests/eval/eval_meaning.c): of leaflets, which ask in the papers' own words, meaning costs
 * 2 to 3 first places of a hundred and brings a few among the first five; everywhere else it brings 3 to 6 of both. Rankings of equal weight
 * cost the leaflets 12.
 */
static const float MEANING_WEIGHT = 0.2F, MEANING_MORE = 2.0F, COVERAGE_ENOUGH = 0.5F;

static const float COVERAGE_MIN = 0.5F;

enum { BY_WORDS_MAX = 2 * SEARCH_PASSAGES_MAX, CANDIDATES_MAX = BY_WORDS_MAX + NEAR_MAX };

struct scoring {
    const struct vocabulary_word *words[SEARCH_TERMS_MAX]; /* of the record, a term each; NULL: it has none */
    float *score;                                          /* a chunk */
    float *of_group;                                       /* a chunk: its share from the group under way */
    int group;
    uint64_t *held; /* groups that a chunk holds, a bit each */
    double mean_words;
    size_t chunks;
};

static float rarity(size_t chunks, size_t with) {
    return logf(1.0F + ((float)(chunks - with) + 0.5F) / ((float)with + 0.5F));
}

static void score_posting(const struct record *r, const struct search_term *t, const struct posting *p,
                          float weight, struct scoring *s) {
    float part = t->group < 0 ? HELPER_LENGTH_PART : LENGTH_PART;
    float length = 1.0F - part + part * (float)r->chunks[p->chunk].words / (float)s->mean_words;
    float times = t->group >= 0 && p->in_title ? 0 : (float)p->in_text / length;
    if (t->group >= 0) {
        times += HEADING_WEIGHT * (float)p->in_heading + TITLE_WEIGHT * (float)p->in_title;
        s->held[p->chunk] |= UINT64_C(1) << t->group;
    }
    /* Names of one thing are not counted twice. */
    float worth = weight * times / (times + SATURATION);
    if (worth <= s->of_group[p->chunk]) return;
    s->score[p->chunk] += worth - s->of_group[p->chunk];
    s->of_group[p->chunk] = worth;
}

static size_t texts_with(const struct vocabulary_word *w) {
    /* A title says its words once, whatever number of chunks stand under it. */
    return w->texts ? w->texts : 1;
}

/* Another name of a thing says no more than the word that was asked with, however rare it is. */
static size_t texts_with_name(const struct search_query *q, const struct scoring *s, size_t term) {
    size_t most = texts_with(s->words[term]);
    for (size_t i = 0; i < q->count && q->terms[term].group >= 0; i++) {
        bool asked = q->terms[i].group == q->terms[term].group && q->terms[i].weight >= q->terms[term].weight;
        if (asked && s->words[i] && texts_with(s->words[i]) > most) most = texts_with(s->words[i]);
    }
    return most;
}

static void score_term(const struct record *r, const struct search_query *q, size_t term, struct scoring *s) {
    const struct search_term *t = &q->terms[term];
    if (!s->words[term]) return;
    if (t->group != s->group || t->group < 0) memset(s->of_group, 0, s->chunks * sizeof *s->of_group);
    s->group = t->group;
    float weight = t->weight * rarity(s->chunks, texts_with_name(q, s, term)) * (SATURATION + 1.0F);
    for (const struct posting_block *b = s->words[term]->first; b; b = b->next)
        for (uint32_t i = 0; i < b->count; i++) score_posting(r, t, &b->items[i], weight, s);
}

static void score_terms(const struct record *r, const struct search_query *q, struct scoring *s) {
    for (size_t i = 0; i < q->count; i++)
        s->words[i] = postings_find(&r->postings, q->terms[i].hash, q->terms[i].stem);
    for (size_t i = 0; i < q->count; i++) score_term(r, q, i, s);
}

/* A word that the record does not hold counts as the rarest. */
const float *search_weigh(const struct record *r, const struct search_query *q,
                          float weights[SEARCH_GROUPS_MAX]) {
    float none = rarity(r->chunk_count, 0);
    for (int g = 0; g < q->groups; g++) {
        float commonest = none;
        for (size_t i = 0; i < q->count; i++) {
            if (q->terms[i].group != g) continue;
            const struct vocabulary_word *w = postings_find(&r->postings, q->terms[i].hash, q->terms[i].stem);
            float idf = w ? rarity(r->chunk_count, w->chunks) : none;
            if (idf < commonest) commonest = idf;
        }
        weights[g] = q->group_weight[g] * commonest;
    }
    return weights;
}

float search_score_max(const struct record *r, const struct search_query *q) {
    float none = rarity(r->chunk_count, 0), best[SEARCH_GROUPS_MAX] = { 0 }, sum = 0;
    for (size_t i = 0; i < q->count; i++) {
        const struct vocabulary_word *w = postings_find(&r->postings, q->terms[i].hash, q->terms[i].stem);
        int group = q->terms[i].group;
        if (group < 0) continue;
        float most = q->terms[i].weight * (w ? rarity(r->chunk_count, w->chunks) : none);
        if (most > best[group]) best[group] = most;
    }
    for (int g = 0; g < q->groups; g++) sum += best[g] * (SATURATION + 1.0F);
    return sum;
}

static void measure(const struct record *r, const struct search_query *q, const struct scoring *s,
                    struct passage *out, size_t count) {
    float weights[SEARCH_GROUPS_MAX], all = 0;
    search_weigh(r, q, weights);
    for (int g = 0; g < q->groups; g++) all += weights[g];
    for (size_t i = 0; i < count; i++) {
        float held = 0;
        out[i].complete = true;
        out[i].score = s->held[out[i].chunk] ? s->score[out[i].chunk] : 0;
        for (int g = 0; g < q->groups; g++) {
            bool holds = s->held[out[i].chunk] >> g & 1;
            if (holds)
                held += weights[g];
            else if (q->group_required[g])
                out[i].complete = false;
        }
        out[i].coverage = all > 0 ? held / all : 0;
    }
}

static bool is_double(const struct record *r, const struct passage *list, size_t count, uint32_t chunk) {
    for (size_t i = 0; i < count; i++)
        if (str_eq(r->chunks[list[i].chunk].text, r->chunks[chunk].text)) return true;
    return false;
}

/* Inserts a chunk into the best `max`, kept in order; of equal scores the earlier chunk comes first. */
static void keep_best(struct passage *list, size_t *count, size_t max, uint32_t chunk, float score) {
    size_t at = *count;
    while (at && list[at - 1].score < score) at--;
    if (at >= max) return;
    size_t end = *count < max ? (*count)++ : max - 1;
    for (size_t i = end; i > at; i--) list[i] = list[i - 1];
    list[at] = (struct passage) { .chunk = chunk, .score = score };
}

/* Of the kind that the question names; of a known day when it wants the latest. */
static bool is_hinted(const struct record *r, const struct search_query *q, uint32_t chunk) {
    const struct record_document *d = &r->documents[r->chunks[chunk].document];
    return q->kind_asked ? d->kind == q->kind : d->date.year != 0;
}

static bool is_later(const struct record *r, uint32_t a, uint32_t b) {
    return date_compare(r->documents[r->chunks[a].document].date, r->documents[r->chunks[b].document].date) >
           0;
}

/* The candidates that the question hints at, later days first when it wants the latest. */
static size_t rank_by_hint(const struct record *r, const struct search_query *q, const struct passage *list,
                           size_t count, uint32_t *out) {
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_hinted(r, q, list[i].chunk)) continue;
        size_t at = n++;
        for (; at && q->recent_asked && is_later(r, list[i].chunk, out[at - 1]); at--) out[at] = out[at - 1];
        out[at] = list[i].chunk;
    }
    return n;
}

/* The worthiest first, equal ones as they stand. */
static void sort_by(const float *worth, struct passage *list, size_t count) {
    for (size_t i = 1; i < count; i++) {
        struct passage p = list[i];
        size_t at = i;
        while (at && worth[list[at - 1].chunk] < worth[p.chunk]) at--;
        for (size_t k = i; k > at; k--) list[k] = list[k - 1];
        list[at] = p;
    }
}

static float weight_of_meaning(const struct passage *list, size_t count) {
    float held = count ? list[0].coverage : 0;
    return MEANING_WEIGHT + MEANING_MORE * fmaxf(0, 1 - held / COVERAGE_ENOUGH);
}

/* 1 for the nearest, 0 for the last of the list: models spread their cosines differently, some over a tenth. */
static float nearness(const struct near_list *near, float cosine) {
    float first = near->items[0].cosine, last = near->items[near->count - 1].cosine;
    return first > last ? (cosine - last) / (first - last) : 1;
}

/* The nearest in meaning join the candidates, which are put in order by words and meaning. */
static enum status add_near(const struct record *r, const struct near_list *near, struct arena *arena,
                            struct passage *list, size_t *count, struct err *err) {
    size_t by_words = *count;
    float weight = weight_of_meaning(list, by_words), best = by_words ? list[0].score : 1;
    float *worth = arena_array(arena, r->chunk_count + 1, sizeof *worth);
    if (!worth) return fail(err, E_LIMIT, NULL, "no memory to fuse %zu chunks", r->chunk_count);
    for (size_t i = 0; i < near->count; i++) {
        const struct near_chunk *n = &near->items[i];
        size_t at = 0;
        while (at < by_words && list[at].chunk != n->chunk) at++;
        if (at == by_words) list[at = (*count)++] = (struct passage) { .chunk = n->chunk };
        list[at].cosine = n->cosine;
        worth[n->chunk] = weight * nearness(near, n->cosine);
    }
    for (size_t i = 0; i < *count; i++) worth[list[i].chunk] += list[i].score / best;
    sort_by(worth, list, *count);
    return OK;
}

/* Fuses the ranking so far with the one that the question hints at. */
static enum status apply_hints(const struct record *r, const struct search_query *q, struct arena *arena,
                               struct passage *list, size_t count, struct err *err) {
    uint32_t so_far[CANDIDATES_MAX], by_hint[CANDIDATES_MAX];
    float *fused = NULL;
    for (size_t i = 0; i < count; i++) so_far[i] = list[i].chunk;
    size_t hinted = rank_by_hint(r, q, list, count, by_hint);
    const struct ranking rankings[] = { { so_far, count, 1.0F }, { by_hint, hinted, HINT_WEIGHT } };
    enum status s = search_fuse(arena, rankings, COUNT_OF(rankings), r->chunk_count, &fused, err);
    if (s == OK) sort_by(fused, list, count);
    return s;
}

/* What words found, with what is near in meaning and what the question hints at. */
static enum status put_in_order(const struct record *r, const struct search_query *q,
                                const struct scoring *scoring, struct arena *arena, struct passage *list,
                                size_t *count, struct err *err) {
    enum status s = OK;
    if (q->near && q->near->record == r && q->near->count) {
        measure(r, q, scoring, list, *count);
        s = add_near(r, q->near, arena, list, count, err);
    }
    if (s == OK && (q->recent_asked || q->kind_asked)) s = apply_hints(r, q, arena, list, *count, err);
    return s;
}

enum status search_passages(const struct record *record, const struct search_query *q, struct arena *arena,
                            struct passage *out, size_t max, size_t *count, struct err *err) {
    struct scoring s = { .chunks = record->chunk_count, .group = -1 };
    *count = 0;
    if (s.chunks == 0) return OK;
    s.score = arena_array(arena, s.chunks, sizeof *s.score);
    s.of_group = arena_array(arena, s.chunks, sizeof *s.of_group);
    s.held = arena_array(arena, s.chunks, sizeof *s.held);
    if (!s.score || !s.of_group || !s.held)
        return fail(err, E_LIMIT, NULL, "no memory to score %zu chunks", s.chunks);
    s.mean_words = (double)record->postings.total_words / (double)s.chunks;
    if (s.mean_words < 1) s.mean_words = 1;
    score_terms(record, q, &s);

    struct passage best[CANDIDATES_MAX];
    size_t found = 0, kept = 0;
    for (uint32_t i = 0; i < s.chunks; i++)
        if (s.score[i] > 0 && s.held[i]) keep_best(best, &found, BY_WORDS_MAX, i, s.score[i]);
    enum status status = put_in_order(record, q, &s, arena, best, &found, err);
    if (status != OK) return status;
    for (size_t i = 0; i < found && kept < max; i++)
        if (!is_double(record, out, kept, best[i].chunk)) out[kept++] = best[i];
    measure(record, q, &s, out, kept);
    *count = kept;
    return OK;
}

bool search_passes(const struct passage *p) {
    return p->complete && p->coverage >= COVERAGE_MIN;
}

enum status search_fuse(struct arena *arena, const struct ranking *rankings, size_t count, size_t chunk_count,
                        float **scores, struct err *err) {
    float *sums = arena_array(arena, chunk_count + 1, sizeof *sums);
    if (!sums) return fail(err, E_LIMIT, NULL, "no memory to fuse %zu chunks", chunk_count);
    for (size_t k = 0; k < count; k++)
        for (size_t i = 0; i < rankings[k].count; i++)
            sums[rankings[k].chunks[i]] += rankings[k].weight / (FUSE_RANK + (float)(i + 1));
    *scores = sums;
    return OK;
}
