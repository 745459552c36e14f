#ifndef RAG_MEANING_H
#define RAG_MEANING_H
/*
 * meaning -- the vector of a patient's question, from the embedder outside.
 *
 * It is asked for only when the patient agrees that text goes to a model outside (CONSENT_EXTERNAL_MODEL), and what leaves says nothing of who
 * asks (pseudonym.h). Whatever goes wrong, or takes longer than EMBED_QUESTION_US, leaves the question without a vector: it is then searched by
 * words alone, and nobody notices. In no transaction.
 */
#include "models/model_call.h"
#include "patients/patient.h"
#include "search/near.h"

struct rag;

#define EMBED_QUESTION_US (1500 * INT64_C(1000))
#define STORE_SEARCH_US   (1000 * INT64_C(1000))

struct meaning {
    bool known;  /* question holds the vector */
    bool called; /* something was sent: log `call` with the question, by model_call_add() */
    struct vector_question question; /* of rag->space */
    const float *values;             /* the same as it came, question.dimensions of them, in the arena */
    struct model_call call;          /* question_id is set by who logs it; strings live in the arena */
};

/* Whether asking could help at all: an embedder is set, and the record or the advice (NULL: none) has all its vectors. */
bool meaning_may_help(const struct rag *, const struct record *, const struct record *advice);

/* *out is always filled. A failure is of our own (database, memory). */
enum status meaning_ask(const struct rag *, struct db *, struct arena *, const struct patient *,
                        struct str question, int64_t now_us, struct meaning *out, struct err *) MUST_CHECK;

/*
 * The nearest chunks of the record to a question that is known: from the store outside when one is set, answers in time and agrees with the
 * record, else from the record itself. Never fails.
 */
void meaning_find_near(const struct rag *, struct arena *, const struct record *, const struct meaning *,
                       struct near_list *out);

#endif
