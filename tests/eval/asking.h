#ifndef TESTS_EVAL_ASKING_H
#define TESTS_EVAL_ASKING_H
/*
 * asking -- one question put to one record, and whether its answer is what it should be.
 */
#include "paper_read.h"
#include "rag/answer.h"

struct asking {
    struct arena *arena; /* owns the books */
    struct answer_books books;
    struct date today;
    const struct record *advice; /* what the clinic publishes for everybody; NULL: nothing */
    struct arena *work;          /* of the last question */
};

void asking_open(struct asking *, struct date today);
void asking_close(struct asking *);

/* The answer lives until the next question; its sources point into the record. */
void asking_ask(struct asking *, const struct record *, struct str question, struct rag_answer *out);

/* The patient was told something of the record. */
static inline bool asking_is_answered(const struct rag_answer *a) {
    return a->grounded && a->source_count > 0;
}

/* Folded, without spaces and the bars of tables: how a text is laid out is not what it says. */
struct str asking_squeezed(struct arena *, struct str);

/* The answer holds every one of the words, separated by |, as wanted.h reads them. */
bool asking_holds(struct asking *, const struct rag_answer *, struct str words);

/* A piece of the text stands in what the answer quotes. */
bool asking_quotes(struct asking *, const struct rag_answer *, struct str text);

/*
 * Figures of the answer: how many, and how many stand character by character, and not within a longer figure, in a quote or title that
 * the answer cites, or are the day of a cited document. Looked at in another way than guard/guard.h does, to check it.
 */
struct figures {
    size_t all, borne;
};
void asking_figures(const struct rag_answer *, struct figures *);

/* Quotes of papers, which are not those of the patient's file. */
size_t asking_cited_papers(const struct rag_answer *);

/* How many of them stand in the papers (document i+1 is papers[i]), spaces aside. */
size_t asking_true_quotes(struct asking *, const struct rag_answer *, const struct paper *papers,
                          size_t count);

#endif
