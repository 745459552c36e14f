#ifndef RAG_PASSING_H
#define RAG_PASSING_H
/*
 * passing -- whether the words that would be quoted answer the question, or only speak of something like it.
 *
 * Some signs are measured on what the patient would see (the quoted lines, with heading and title of the paper) and weighed by a logistic
 * model. Its weights are learned from the made-up records of odd numbers and from half of the public questions of the evaluation, of which
 * nothing but these few numbers is kept (tests/eval/learn_passing.c writes passing_model.c), and the
 * threshold lies where hardly anything that is not in a record passes: a refusal costs a call, a wrong quote costs trust.
 */
#include "rag/search.h"

enum passing_sign {
    PASSING_COVERAGE, /* share of the question's words that the quote holds, by how rare they are in the record */
    PASSING_CONTENT,  /* the same among words with a meaning of their own, each counted once */
    PASSING_HEAVIEST, /* 1: the rarest of them is held */
    PASSING_NAMED, /* 1: something is asked for by its name (a medicine, a value), and the quote is about it */
    PASSING_BRIEF,  /* 1 / how many of them the question has */
    PASSING_TIGHT,  /* PASSING_CONTENT of the line or sentence that holds most of them */
    PASSING_HELPED, /* words that passages of the asked kind are written in, at most 4, over 4; 0 when the rarest word is not held */
    PASSING_SCORE,  /* of the search, over the highest that the words could reach */
    PASSING_LEAD,   /* how far the best passage is before the next, 0..1 */
    PASSING_VISIBLE, /* 1: a figure, day, price … was demanded, which the quote holds */
    PASSING_SIGN_COUNT
};

struct passing_quote {
    struct str text, heading, title;
    float score, next_score; /* of the passage, and of the one behind it */
    bool visible;            /* demand_is_visible() */
};

struct passing {
    float signs[PASSING_SIGN_COUNT];
    bool complete; /* every required group is held */
    bool met;      /* what is demanded stands there (demand.h); set by who quotes */
    float odds;    /* the model's sum: above 0 it is more likely an answer than not */
};

enum status passing_read(struct text_reader *, struct arena *, const struct record *,
                         const struct search_query *, const struct passing_quote *, struct passing *out,
                         struct err *) MUST_CHECK;

bool passing_passes(const struct passing *); /* all of the above */

/* passing_model.c */
extern const float passing_weights[PASSING_SIGN_COUNT], passing_bias;

#endif
