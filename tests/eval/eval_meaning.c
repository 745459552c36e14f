/*
 * What nearness in meaning adds to search by words on public questions, beside nearness alone and the plain fusion of both as equal rankings; and
 * how near right and wrong passages lie. The vectors are any embedder's: NAME_passages.f32 and NAME_questions.f32 in a folder, float32 one after
 * the other in the order of the files; a question of zeros is left out.
 *
 *   eval_meaning VECTORS DIMENSIONS [FOLDER]
 */
#include <stdio.h>
#include <stdlib.h>

#include "corpus.h"
#include "eval.h"
#include "language/expand.h"
#include "search/search.h"

enum { WITHIN = 5, STEPS = 20 };
enum way { BY_WORDS, BY_BOTH, BY_MEANING, AS_EQUALS, WAYS };

struct counts {
    size_t questions, first[WAYS], within[WAYS];
    size_t right_at[STEPS], wrong_at[STEPS]; /* cosine of the right passage, and of the nearest wrong one */
};

static float *read_floats(struct arena *arena, const char *folder, const char *name, const char *kind,
                          size_t count) {
    char path[512];
    float *out = eval_need(arena_array(arena, count, sizeof *out));
    snprintf(path, sizeof path, "%s/%s_%s.f32", folder, name, kind);
    FILE *f = fopen(path, "rb");
    if (!f) return NULL;
    if (fread(out, sizeof *out, count, f) != count) eval_end("a file of vectors is too short");
    fclose(f);
    return out;
}

static void add_vectors(struct record *r, const float *v, size_t dimensions) {
    unsigned char packed[VECTOR_SCALE_BYTES + DOT_DIMENSIONS_MAX];
    for (uint32_t i = 0; i < r->chunk_count; i++) {
        if (!vector_pack(v + i * dimensions, dimensions, packed)) eval_end("no vector");
        if (record_add_vector(r, i, (struct str) { (const char *)packed, vector_packed_bytes(dimensions) },
                              NULL) != OK)
            eval_end("no memory for vectors");
    }
}

static size_t place_among(const struct passage *list, size_t count, size_t right) {
    for (size_t i = 0; i < count; i++)
        if (list[i].chunk == right) return i;
    return SIZE_MAX;
}

static size_t place_near(const struct near_list *near, size_t right) {
    for (size_t i = 0; i < near->count; i++)
        if (near->items[i].chunk == right) return i;
    return SIZE_MAX;
}

/* By reciprocal rank alone. */
static size_t place_as_equals(const struct record *r, struct arena *arena, const struct passage *words,
                              size_t count, const struct near_list *near, size_t right) {
    uint32_t by_words[SEARCH_PASSAGES_MAX], by_meaning[NEAR_MAX];
    float *fused;
    size_t place = 0;
    for (size_t i = 0; i < count; i++) by_words[i] = words[i].chunk;
    for (size_t i = 0; i < near->count; i++) by_meaning[i] = near->items[i].chunk;
    const struct ranking rankings[] = { { by_words, count, 1 }, { by_meaning, near->count, 1 } };
    if (search_fuse(arena, rankings, COUNT_OF(rankings), r->chunk_count, &fused, NULL) != OK)
        eval_end("fuse");
    for (size_t i = 0; i < r->chunk_count; i++) place += fused[i] > fused[right];
    return fused[right] > 0 ? place : SIZE_MAX;
}

static void add_place(struct counts *n, enum way way, size_t place) {
    n->first[way] += place == 0;
    n->within[way] += place < WITHIN;
}

static size_t step_of(float cosine) {
    return cosine <= 0 ? 0 : cosine >= 1 ? STEPS - 1 : (size_t)(cosine * STEPS);
}

static void add_cosines(struct counts *n, const struct near_list *near, size_t right) {
    bool told_wrong = false;
    for (size_t i = 0; i < near->count; i++) {
        bool is_right = near->items[i].chunk == right;
        if (is_right) n->right_at[step_of(near->items[i].cosine)]++;
        if (!is_right && !told_wrong) n->wrong_at[step_of(near->items[i].cosine)]++;
        told_wrong |= !is_right;
    }
}

static void ask(const struct corpus *c, const struct expander *expander, const struct qa_question *q,
                const struct vector_question *vector, struct counts *n) {
    struct arena *arena = eval_need(arena_new((size_t)16 << 20));
    struct text_reader *reader;
    struct tokens tokens;
    struct search_query query;
    struct passage words[SEARCH_PASSAGES_MAX], both[SEARCH_PASSAGES_MAX];
    struct near_list near;
    size_t word_count, both_count;
    if (text_reader_open(arena, &reader, NULL) != OK ||
        text_tokens(reader, arena, q->text, TEXT_QUESTION, &tokens, NULL) != OK ||
        search_query_read(reader, arena, expander, c->record, &tokens, NULL, &query, NULL) != OK ||
        search_passages(c->record, &query, arena, words, SEARCH_PASSAGES_MAX, &word_count, NULL) != OK)
        eval_end("search");
    near_find(c->record, vector, &near);
    query.near = &near;
    if (search_passages(c->record, &query, arena, both, SEARCH_PASSAGES_MAX, &both_count, NULL) != OK)
        eval_end("search");
    n->questions++;
    add_place(n, BY_WORDS, place_among(words, word_count, q->right));
    add_place(n, BY_BOTH, place_among(both, both_count, q->right));
    add_place(n, BY_MEANING, place_near(&near, q->right));
    add_place(n, AS_EQUALS, place_as_equals(c->record, arena, words, word_count, &near, q->right));
    add_cosines(n, &near, q->right);
    arena_free(arena);
}

static void ask_all(const struct corpus *c, const struct expander *expander, const float *questions,
                    size_t dimensions, struct counts *n) {
    struct vector_question v;
    for (size_t i = 0; i < c->set.question_count; i++)
        if (vector_question_read(questions + i * dimensions, dimensions, &v))
            ask(c, expander, &c->set.questions[i], &v, n);
}

static void print(const char *name, const struct counts *n) {
    static const char *const ways[WAYS] = { "words", "words_and_meaning", "meaning", "as_equals" };
    for (enum way w = 0; w < WAYS; w++)
        printf("meaning %-18s %-17s questions=%zu first=%.3f within_5=%.3f\n", name, ways[w], n->questions,
               eval_share(n->first[w], n->questions), eval_share(n->within[w], n->questions));
    for (size_t i = 0; i < STEPS; i++)
        if (n->right_at[i] + n->wrong_at[i])
            printf("meaning %-18s cosine=%.2f right=%zu nearest_wrong=%zu\n", name, (double)i / STEPS,
                   n->right_at[i], n->wrong_at[i]);
}

static void run_set(struct arena *arena, const char *folder, const char *vectors, size_t dimensions,
                    const char *name) {
    struct counts n = { 0 };
    struct expander *expander;
    struct corpus c;
    if (expander_new(arena, &expander, NULL) != OK) eval_end("no memory");
    if (!corpus_read(arena, folder, name, &c)) return;
    const float *passages = read_floats(arena, vectors, name, "passages", c.set.passage_count * dimensions);
    const float *questions =
        read_floats(arena, vectors, name, "questions", c.set.question_count * dimensions);
    if (passages && questions) {
        add_vectors(c.record, passages, dimensions);
        ask_all(&c, expander, questions, dimensions, &n);
        print(name, &n);
    } else {
        printf("meaning %s: left out, no vectors in %s\n", name, vectors);
    }
    record_free(c.record);
}

int main(int argc, char **argv) {
    static const char *const names[] = { "leaflets", "mesconseilscovid", "admin_cnil", "fquad_valid" };
    size_t dimensions = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;
    if (dimensions == 0 || dimensions > DOT_DIMENSIONS_MAX) {
        fputs("usage: eval_meaning VECTORS DIMENSIONS [FOLDER]\n", stderr);
        return 2;
    }
    for (size_t k = 0; k < COUNT_OF(names); k++) {
        struct arena *arena = eval_need(arena_new((size_t)512 << 20));
        run_set(arena, argc > 3 ? argv[3] : "../shared/data/qa", argv[1], dimensions, names[k]);
        arena_free(arena);
    }
    return 0;
}
