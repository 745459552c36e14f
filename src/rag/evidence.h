#ifndef RAG_EVIDENCE_H
#define RAG_EVIDENCE_H
/*
 * evidence -- what a model may read of a record to answer one question: a few passages, as printed, each with its place.
 *
 * First the passages from which the answer without a model was made, then the best that the search finds, then their neighbours on the
 * paper, then whatever else there is room for, the latest papers first; without doubles, EVIDENCE_BYTES_MAX in all. Our words may have missed what a
 * reader finds. Left out is what only we know how to say: papers that name somebody else, texts that speak to a program (injection.h), and the patient's file where
 * nothing of it was found. Of how to take a medicine that facts answer, no other paper than theirs is shown.
 *
 * Everything is copied into the arena: the record may go while the model is waited for.
 */
#include "rag/answer.h"
#include "rag/demand.h"

enum {
    EVIDENCE_PASSAGES_MAX = 24,
    EVIDENCE_BYTES_MAX = 6000 /* titles included: some 2,000 tokens */
};

/* What has to be known of a passage beside its words. */
struct evidence_standing {
    size_t heading_bytes; /* of the quote, before its text: they need not stand side by side on the page */
    struct str
        outdated; /* stems of medicines of which a later paper says something else, blanks between: how to take them is said there */
    bool prescribes; /* it stands in a prescription, or in the patient's file */
    bool unsure;     /* it was read with doubt, which is said of it */
    bool
        quoted; /* it may only be quoted, not said: in another language than the patient's, of the family, or unsure */
};

struct evidence {
    struct rag_source
        passages[EVIDENCE_PASSAGES_MAX]; /* the quote is the whole passage, unless only_judged */
    struct evidence_standing standing[EVIDENCE_PASSAGES_MAX];
    size_t count, local_count; /* the first local_count are those of the answer without a model */
    struct str authors[EVIDENCE_PASSAGES_MAX]; /* of their documents */
    size_t author_count;
    struct str subject; /* what the conversation is about, when the question leaves it out; else empty */
    struct str
        medicines; /* stems of those that the question, or its subject, names, blanks between: no other's dose answers */
    struct str words;       /* stems of its words with a meaning, likewise */
    struct demands demands; /* of the question */
    bool only_judged; /* of some only what the answer quotes is here: no answer can be written from them */
    bool names_time;  /* the question says of when: an older paper may answer it */
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
