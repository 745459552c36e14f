#ifndef RAG_MODEL_STEP_H
#define RAG_MODEL_STEP_H
/*
 * model_step -- the part of one question that may go to a model: whether it may, what goes, and what is logged of it.
 *
 * It needs the patient's agreement (CONSENT_EXTERNAL_MODEL), read from the database right before anything leaves. At most MODEL_WAITING_MAX wait
 * for a model or an embedder at the same time; who comes then gets the answer without one at once. So a slow service holds some of the threads that
 * answer, never all: a danger sign is always answered.
 */
#include "models/model_call.h"
#include "rag/model_answer.h"

struct db;
struct rag;
struct rag_question;

enum { MODEL_WAITING_MAX = 4 };

struct model_step {
    struct arena *work; /* NULL: no model is asked */
    struct evidence evidence;
    struct model_report report; /* zeroed before model_step_prepare() */
    struct model_call call;     /* when something was sent */
};

/* While the record is there: what of it the model may read. Without a generator, or for a question that is not a model's, nothing. */
void model_step_prepare(const struct rag *, const struct record *, const struct asked *,
                        const struct rag_answer *local, struct model_step *);

/* In no transaction. A failure is the database's; whatever else goes wrong leaves the answer as it is. */
enum status model_step_ask(struct rag *, struct db *, struct arena *, const struct rag_question *,
                           struct rag_answer *, struct model_step *, struct err *) MUST_CHECK;

/* In the transaction that logs the question: the call, if one was made. */
enum status model_step_log(struct db *, const struct model_step *, int64_t question_id,
                           struct err *) MUST_CHECK;

void model_step_done(struct model_step *);

/*
 * One of the MODEL_WAITING_MAX places for those who wait for something outside; every true must be followed by model_place_leave(). The
 * embedder is waited for in the same places (meaning.h).
 */
bool model_place_take(struct rag *) MUST_CHECK;
void model_place_leave(struct rag *);

#endif
