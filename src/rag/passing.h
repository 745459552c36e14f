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
#include "search/search.h"

enum passing_sign {
    PASSING_COVERAGE, /* share of the question's words that the quote holds, by how rare they are in the record */
    PASSING_CONTENT, /* the same among words with a meaning of their own, each counted once */
    PASSING_NAMED, /* 1: something is asked for by its name (a medicine, a value), and the quote is about it */
    PASSING_BRIEF,  /* 1 / how many of them the question has */
    PASSING_TIGHT,  /* PASSING_CONTENT of the line or sentence that holds most of them */
    PASSING_HELPED, /* words that passages of the asked kind are written in, at most 4, over 4; 0 when the rarest word is not held */
    PASSING_SCORE,  /* of the search, over the highest that the words could reach */
    PASSING_BESIDE, /* of the search, over that of the best passage */
    PASSING_LEAD,   /* PASSING_CONTENT by how far the best passage is before the next, 0..1 */
    PASSING_SHOWN, /* demand_shows() of the best line: 1 the kind of thing that is asked for, -1 it is missing, 0 nothing is */
    PASSING_LINE,    /* PASSING_COVERAGE of the best line with heading and title */
    PASSING_MISSING, /* words with a meaning that the quote does not hold, at most 4, over 4 */
    PASSING_PLANNED, /* 1: the best line says that something is only to be done */
    PASSING_DATED,   /* 1: the best line names a day of the time that is asked about */
    PASSING_LABEL, /* share of the words before the colon of the best line that are asked for: "A éviter : …" */
    PASSING_LACKS_NAMED, /* things that the question names, known as such, and the quote does not hold: at most 2, over 2 */
    PASSING_ELSEWHERE, /* words with a meaning that other passages hold and this quote does not: at most 2, over 2 */
    PASSING_HELD, /* words with a meaning that the quote holds, at most 4, over 4 */
    PASSING_FILE, /* 1: it stands in the patient's file, which lists diseases, and something else is asked for */
    PASSING_REASON, /* 1: why is asked */
    PASSING_DENSE,  /* of the words of the best line, those that are asked for */
    PASSING_NAMES,  /* … those that begin with a capital, as in letterheads and titles */
    PASSING_OWN_WORDS, /* words with a meaning that the best line holds as they were asked, not by another name: their share */
    PASSING_LONG, /* words of the best line, at most 20, over 20 */
    PASSING_SIGN_COUNT
};

struct passing_quote {
    struct str text, line, heading;      /* line: the best of the text (excerpt.h) */
    const struct tokens *title, *asked;  /* asked: the question */
    float score, best_score, next_score; /* of the passage, of the best, and of the one behind it */
    float shown;
    uint64_t kind_groups; /* groups of words that what the line shows stands for */
    bool planned, dated;
    bool of_file;    /* from the patient's file, and not asked for a disease, which it lists */
    bool reason;     /* asks why */
    bool day, price; /* asks when, or how much it costs: what is asked about must stand in the line itself */
};

struct passing {
    float signs[PASSING_SIGN_COUNT];
    bool complete; /* every required group is held */
    bool on_topic; /* it holds something that is asked about, not only the kind of figure ("date") */
    bool met;      /* what is demanded stands there (demand.h); set by who quotes */
    float odds;    /* the model's sum: above 0 it is more likely an answer than not */
};

enum status passing_read(struct text_reader *, struct arena *, const struct record *,
                         const struct search_query *, const struct passing_quote *, struct passing *out,
                         struct err *) MUST_CHECK;

bool passing_passes(const struct passing *); /* all of the above */

/*
 * Likely enough to be shown to who is told that it may not be the answer; never what lacks the kind of thing that is asked for, nor what is
 * only to be done.
 */
bool passing_is_near(const struct passing *);

/* passing_model.c */
extern const float passing_weights[PASSING_SIGN_COUNT], passing_bias;

#endif
