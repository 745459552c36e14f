#ifndef RAG_PROOF_H
#define RAG_PROOF_H
/*
 * proof -- which sentences of a model's answer may be said: those that a passage of the evidence bears.
 *
 * Each sentence is judged alone by claim.h, against the passages as they are printed, after the names were put back. Then against what stands before it:
 * "Prenez 2 comprimés." means the medicine that was named last, by a sentence that is said or by the patient, and must be
 * borne of that one; where nothing was named it must not be a medicine's at all. What is dropped is said by nobody.
 * Doses and values are said only from the passages of the answer without a model, which knows what is the latest.
 *
 * When a sentence is not borne, or the model may not put anything in its own words, the papers are quoted where its sentences point
 * (citation.h); how to take a medicine only when no later paper names it.
 */
#include "rag/evidence.h"
#include "guard/model_reply.h"
#include "guard/pseudonym.h"

struct proven {
    struct {
        struct str text;
        size_t passage; /* index of the one that bears it */
    } sentences[REPLY_SENTENCES_MAX];
    size_t count;
    int dropped;
    bool quoted; /* the texts are the papers' own words, not the model's */
};

/* Without may_say nothing but quotes. E_LIMIT without memory. */
enum status proof_take(struct arena *, struct pseudonym *, const struct evidence *, struct str question,
                       const struct model_reply *, bool may_say, struct proven *out, struct err *) MUST_CHECK;

/*
 * The figures of facts that the answer without a model states (evidence.facts) stand in the model's text too: neither dose nor rhythm got
 * lost.
 */
enum status proof_is_complete(struct arena *, const struct evidence *, struct str local, struct str text,
                              bool *complete, struct err *) MUST_CHECK;

#endif
