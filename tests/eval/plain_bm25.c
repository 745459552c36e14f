#include "plain_bm25.h"

#include <math.h>

#include "eval.h"

static const double K1 = 1.2, B = 0.75;

static void add_word(const struct record *r, const struct vocabulary_word *w, double *score) {
    double chunks = (double)r->chunk_count, with = 0, mean = (double)r->postings.total_words / chunks;
    for (const struct posting_block *b = w->first; b; b = b->next)
        for (uint32_t i = 0; i < b->count; i++) with += b->items[i].in_text > 0;
    double idf = log(1 + (chunks - with + 0.5) / (with + 0.5));
    for (const struct posting_block *b = w->first; b; b = b->next)
        for (uint32_t i = 0; i < b->count; i++) {
            double times = b->items[i].in_text, words = r->chunks[b->items[i].chunk].words;
            score[b->items[i].chunk] += idf * times * (K1 + 1) / (times + K1 * (1 - B + B * words / mean));
        }
}

static bool is_repeated(const struct tokens *t, size_t i) {
    for (size_t k = 0; k < i; k++)
        if (str_eq(t->items[k].stem, t->items[i].stem)) return true;
    return false;
}

size_t plain_bm25(const struct record *r, struct arena *arena, const struct tokens *question, uint32_t *out,
                  size_t max) {
    double *score = eval_need(arena_array(arena, r->chunk_count + 1, sizeof *score));
    size_t count = 0;
    for (size_t i = 0; i < question->count; i++) {
        const struct token *t = &question->items[i];
        const struct vocabulary_word *w = postings_find(&r->postings, text_hash(t->stem), t->stem);
        if (w && !t->stop && !is_repeated(question, i)) add_word(r, w, score);
    }
    for (uint32_t i = 0; i < r->chunk_count; i++) {
        if (score[i] <= 0) continue;
        size_t at = count;
        while (at && score[out[at - 1]] < score[i]) at--;
        if (at >= max) continue;
        size_t end = count < max ? count++ : max - 1;
        for (size_t k = end; k > at; k--) out[k] = out[k - 1];
        out[at] = i;
    }
    return count;
}
