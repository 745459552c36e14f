#ifndef TESTS_EVAL_EXTREME_READER_H
#define TESTS_EVAL_EXTREME_READER_H
/*
 * extreme_reader -- the best and the worst that can stand in a model's place: between them lies every real one.
 *
 * The perfect one knows the answer: it cites the fewest sentences of one passage that hold the expected words, else those of several, and says that it does not know where they do not stand
 * or there is no answer. What is refused with it was not shown to it, or not believed. The eager one never says so, and cites the sentence that has
 * most words in common with the question: what it gets past us any model may.
 */
#include "models/generator.h"
#include "rag/evidence.h"

enum reader_kind { READER_PERFECT, READER_EAGER };

struct extreme_reader {
    enum reader_kind kind;
    /* Set before each question. */
    struct str question;
    struct str words;                /* expected, separated by |; empty: there is no answer */
    const struct evidence *evidence; /* what it is shown, before names are hidden */
    struct generator generator;
};

/* The generator is the reader's own, and lives as long. */
const struct generator *extreme_reader_open(struct extreme_reader *, enum reader_kind);

#endif
