#ifndef RAG_EVIDENCE_H
#define RAG_EVIDENCE_H
/*
 * evidence -- what a model may read of a record to answer one question: a few passages, as printed, each with its place.
 *
 * First the passages from which the answer without a model was made, then the best that the search finds, then their neighbours on the
 * paper, and where there was no answer the other papers too, without doubles, EVIDENCE_BYTES_MAX in all. Left out is what only we know how to say: passages that were read with doubt, papers that
 * name somebody else, words about the patient's family, texts that speak to a program (injection.h), days that the question does not mean, another language than the patient's. So a sentence that a passage bears may be said
 * without a warning.
 *
 * What is asked for by its kind or as the latest, and what facts answer, is looked for in the papers of the answer without a model alone: an
 * older paper must not speak in the place of a newer one.
 *
 * Everything is copied into the arena: the record may go while the model is waited for.
 */
#include "rag/answer.h"
#include "rag/demand.h"

enum {
    EVIDENCE_PASSAGES_MAX = 10,
    EVIDENCE_BYTES_MAX = 6000 /* titles included: some 2,000 tokens */
};

struct evidence {
    struct rag_source
        passages[EVIDENCE_PASSAGES_MAX]; /* the quote is the whole passage, unless only_judged */
    size_t count, local_count;           /* the first local_count are those of the answer without a model */
    struct str authors[EVIDENCE_PASSAGES_MAX]; /* of their documents */
    size_t author_count;
    struct str subject;     /* what the conversation is about, when the question leaves it out; else empty */
    struct demands demands; /* of the question */
    bool only_judged; /* of some only what the answer quotes is here: no answer can be written from them */
    bool question_is_injected; /* it speaks to the program (injection.h): no passages then */
    /* Lines of facts that the answer without a model quotes: their figures must not get lost. */
    struct str facts[ANSWER_SOURCES_MAX];
    size_t fact_count;
};

/*
 * `local` is the answer without a model to the same question. An evidence without passages is no failure: nothing was found, or what
 * that answer quotes may not be shown. E_LIMIT without memory.
 */
enum status evidence_gather(const struct answer_books *, struct arena *, const struct record *,
                            const struct asked *, const struct rag_answer *local, struct evidence *out,
                            struct err *) MUST_CHECK;

#endif
