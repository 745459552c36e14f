/*
 * Learns what speaks for a quoted passage being an answer (src/rag/passing.h), and writes the weights as src/rag/passing_model.c.
 *
 *   learn_passing OUT.c RECORDS MEDIRECORD_EXTRACT [QA-FOLDER]
 *
 * Each passage that was thought of for a question is an example: right when what would be quoted holds what is expected. They come
 * from our own made-up records of odd numbers and, where they are, from the halves of the public sets that weights were always set on (a
 * few numbers are learned of them, none of their words); the others judge. A set weighs no more than SET_WEIGHT examples, a made-up
 * record's question as much as OWN_WEIGHT of them, and as FRESH_WEIGHT where the record was written by people who did not know how answers
 * are made. A logistic model with a small L2 penalty by gradient descent: the same examples give the same weights. Prints what comes of it on records that were left out of the learning, a sixth at a time.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "asking.h"
#include "eval.h"
#include "made_set.h"
#include "qa_records.h"

enum { EXAMPLES_MAX = 100000, ROUNDS = 4000, FOLDS = 6, NO_FOLD = -1, FRESH_FIRST = 201, SET_FIRST = 1000 };
static const double STEP = 0.7, PENALTY = 0.002, SET_WEIGHT = 500, OWN_WEIGHT = 8, FRESH_WEIGHT = 16;

struct example {
    float signs[PASSING_SIGN_COUNT];
    int record; /* number of the made-up record; SET_FIRST and on: a public set */
    size_t question;
    bool right, unanswerable;
    double weight, odds; /* odds: by a model that never saw its record */
};

struct learner {
    struct asking asking;
    struct example *examples;
    size_t count, questions, unanswerable; /* unanswerable: questions of made-up records */
};

struct model {
    double weights[PASSING_SIGN_COUNT], bias;
};

/* A question weighs the same however many passages were thought of; NULL: rules already refuse this one. */
static struct example *add_example(struct learner *l, const struct rag_answer *a, size_t i, int record,
                                   bool unanswerable) {
    const struct passing *p = &a->weighed[i].passing;
    if (!p->complete || !p->met || l->count == EXAMPLES_MAX) return NULL;
    struct example *e = &l->examples[l->count++];
    *e = (struct example) { .record = record,
                            .question = l->questions,
                            .unanswerable = unanswerable,
                            .weight = record >= FRESH_FIRST ? FRESH_WEIGHT : OWN_WEIGHT };
    memcpy(e->signs, p->signs, sizeof e->signs);
    return e;
}

static void ask_made(struct learner *l, const struct made_question *q) {
    struct rag_answer a;
    l->asking.today = made_today(q->of);
    asking_ask(&l->asking, q->of->record, q->text, &a);
    l->questions++;
    l->unanswerable += !q->answerable;
    for (size_t i = 0; i < a.weighed_count; i++) {
        struct example *e = add_example(l, &a, i, q->of->number, !q->answerable);
        a.text = a.weighed[i].text;
        if (e) e->right = q->answerable && asking_holds(&l->asking, &a, q->words);
    }
}

static void ask_public(struct learner *l, const struct qa_records *r, const struct qa_question *q, int number,
                       bool with) {
    struct rag_answer a;
    const struct record *record = with ? qa_record_with(r, q->right) : qa_record_without(r, q->right);
    asking_ask(&l->asking, record, q->text, &a);
    l->questions++;
    for (size_t i = 0; i < a.weighed_count; i++) {
        struct example *e = add_example(l, &a, i, number, !with);
        a.sources[0].quote = a.weighed[i].text;
        a.source_count = 1;
        if (e) e->right = with && asking_quotes(&l->asking, &a, r->set.passages[q->right].text);
    }
}

static void ask_set(struct learner *l, struct paper_reader *reader, const char *folder, int number) {
    struct arena *arena = eval_need(arena_new((size_t)256 << 20));
    struct qa_records *r = eval_need(arena_alloc(arena, sizeof *r));
    size_t first = l->count;
    l->asking.today = (struct date) { 2026, 11, 26 };
    if (!qa_records_read(arena, reader, folder, qa_names[number - SET_FIRST], r))
        eval_end("no such public set");
    for (size_t i = 0; i < r->set.question_count; i++) {
        if (text_hash(r->set.questions[i].group) & 1) continue; /* kept out */
        ask_public(l, r, &r->set.questions[i], number, true);
        ask_public(l, r, &r->set.questions[i], number, false);
    }
    double weight = SET_WEIGHT / (double)(l->count - first + 1);
    for (size_t k = first; k < l->count; k++) l->examples[k].weight = weight < 1 ? weight : 1;
    qa_records_done(r);
    arena_free(arena);
}

static double odds_of(const struct model *m, const struct example *e) {
    double sum = m->bias;
    for (int i = 0; i < PASSING_SIGN_COUNT; i++) sum += m->weights[i] * (double)e->signs[i];
    return sum;
}

static int fold_of(int record) {
    return record >= SET_FIRST ? NO_FOLD : record / 2 % FOLDS;
}

/* From all examples but those of the made-up records of the fold `left_out`. */
static struct model learn(const struct learner *l, int left_out) {
    struct model m = { 0 };
    for (int round = 0; round < ROUNDS; round++) {
        struct model slope = { 0 };
        double n = 0;
        for (size_t k = 0; k < l->count; k++) {
            const struct example *e = &l->examples[k];
            if (left_out != NO_FOLD && fold_of(e->record) == left_out) continue;
            double error = e->weight * ((double)e->right - 1 / (1 + exp(-odds_of(&m, e))));
            for (int i = 0; i < PASSING_SIGN_COUNT; i++) slope.weights[i] += error * (double)e->signs[i];
            slope.bias += error;
            n += e->weight;
        }
        for (int i = 0; i < PASSING_SIGN_COUNT; i++)
            m.weights[i] += STEP * (slope.weights[i] / n - PENALTY * m.weights[i]);
        m.bias += STEP * slope.bias / n;
    }
    return m;
}

/* Of each question the likeliest passage counts, as when it is answered. */
static void print_step(const struct learner *l, double threshold) {
    size_t right = 0, rights = 0, wrong = 0, none = 0;
    for (size_t k = 0, end; k < l->count; k = end) {
        const struct example *best = &l->examples[k];
        bool possible = false;
        for (end = k; end < l->count && l->examples[end].question == l->examples[k].question; end++) {
            possible |= l->examples[end].right;
            if (l->examples[end].odds > best->odds) best = &l->examples[end];
        }
        if (best->record >= SET_FIRST) continue;
        bool passes = best->odds > threshold;
        rights += possible;
        right += best->right && passes;
        none += best->unanswerable && passes;
        wrong += !best->right && !best->unanswerable && passes;
    }
    printf("threshold %+.2f: right %zu of %zu pass, beside the point %zu, without an answer %zu of %zu\n",
           threshold, right, rights, wrong, none, l->unanswerable);
}

static void write_model(const char *path, const struct model *m) {
    FILE *f = fopen(path, "w");
    if (!f) eval_end(path);
    fputs("/* Made by tests/eval/learn_passing.c. */\n#include \"rag/passing.h\"\n\n"
          "const float passing_weights[PASSING_SIGN_COUNT] = {",
          f);
    for (int i = 0; i < PASSING_SIGN_COUNT; i++) fprintf(f, "%s%.3ff", i ? ", " : " ", m->weights[i]);
    fprintf(f, " };\nconst float passing_bias = %.3ff;\n", m->bias);
    if (fclose(f) != 0) eval_end(path);
}

int main(int argc, char **argv) {
    if (argc < 4) eval_end("usage: learn_passing OUT.c RECORDS MEDIRECORD_EXTRACT [QA-FOLDER]");
    struct arena *arena = eval_need(arena_new((size_t)64 << 20));
    struct paper_reader *reader = paper_reader_open(arena, argv[3]);
    struct made_set *set = eval_need(arena_alloc(arena, sizeof *set));
    struct learner *l = eval_need(arena_alloc(arena, sizeof *l));
    l->examples = eval_need(arena_array(arena, EXAMPLES_MAX, sizeof *l->examples));
    asking_open(&l->asking, (struct date) { 0 });
    made_set_read(arena, reader, argv[2], set);
    for (size_t i = 0; i < set->question_count; i++)
        if (!made_is_kept_out(set->questions[i].of)) ask_made(l, &set->questions[i]);
    for (int k = 0; argc > 4 && qa_names[k]; k++) ask_set(l, reader, argv[4], SET_FIRST + k);
    for (int fold = 0; fold < FOLDS; fold++) {
        struct model m = learn(l, fold);
        for (size_t k = 0; k < l->count; k++)
            if (fold_of(l->examples[k].record) == fold) l->examples[k].odds = odds_of(&m, &l->examples[k]);
    }
    for (double threshold = -2.5; threshold < 2.1; threshold += 0.1) print_step(l, threshold);
    struct model m = learn(l, NO_FOLD);
    write_model(argv[1], &m);
    made_set_done(set);
    paper_reader_close(reader);
    asking_close(&l->asking);
    arena_free(arena);
    return 0;
}
