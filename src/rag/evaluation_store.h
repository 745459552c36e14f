#ifndef RAG_EVALUATION_STORE_H
#define RAG_EVALUATION_STORE_H
/*
 * evaluation_store -- golden questions and runs in the database. Writes are made in the caller's transaction unless it is said otherwise.
 */
#include "rag/evaluation.h"

extern const struct message golden_unknown, evaluation_unknown;

typedef enum status golden_fn(void *ctx, const struct golden_question *, struct err *);
typedef enum status evaluation_fn(void *ctx, const struct evaluation *, struct err *);

/* Sets q->id. E_CONFLICT with a message: this question of a conversation is in the set already. */
enum status golden_add(struct db *, struct golden_question *, struct err *) MUST_CHECK;
enum status golden_save(struct db *, const struct golden_question *, struct err *) MUST_CHECK;
enum status golden_remove(struct db *, int64_t id, struct err *) MUST_CHECK;

/* E_NOT_FOUND with a message when there is none. Strings live in the arena. */
enum status golden_get(struct db *, struct arena *, int64_t id, struct golden_question *,
                       struct err *) MUST_CHECK;

/* patient_id 0: of everybody. Latest first. Strings are borrowed. */
enum status golden_count(struct db *, int64_t patient_id, int64_t *count, struct err *) MUST_CHECK;
enum status golden_each(struct db *, int64_t patient_id, int64_t limit, int64_t offset, golden_fn *,
                        void *ctx, struct err *) MUST_CHECK;

/* The first question behind `after` up to `up_to`; *found false: none is left. */
enum status golden_next(struct db *, struct arena *, int64_t after, int64_t up_to, struct golden_question *,
                        bool *found, struct err *) MUST_CHECK;

/* Patient, words and answer of a question that was logged; E_NOT_FOUND without a message when there is none. */
enum status golden_take_logged(struct db *, struct arena *, int64_t question_id, struct golden_question *,
                               struct err *) MUST_CHECK;

/* Over the whole set as it is now. E_CONFLICT without a message: one is open. Sets *id. */
enum status evaluation_add(struct db *, int64_t user_id, int64_t now_us, int64_t *id,
                           struct err *) MUST_CHECK;
enum status evaluation_get(struct db *, struct arena *, int64_t id, struct evaluation *,
                           struct err *) MUST_CHECK;
enum status evaluation_count(struct db *, int64_t *count, struct err *) MUST_CHECK;
enum status evaluation_each(struct db *, int64_t limit, int64_t offset, evaluation_fn *, void *ctx,
                            struct err *) MUST_CHECK;
/* The last one that ended well before this one; 0: none. */
enum status evaluation_before(struct db *, int64_t id, int64_t *before, struct err *) MUST_CHECK;

enum status evaluation_begin(struct db *, int64_t id, int64_t now_us, struct err *) MUST_CHECK;
enum status evaluation_end(struct db *, int64_t id, struct str state, int64_t now_us,
                           struct err *) MUST_CHECK;
/* The result of one question, and that it was tried. */
enum status evaluation_put_result(struct db *, struct arena *, int64_t id, const struct golden_question *,
                                  const struct rag_answer *, const struct evaluation_verdict *,
                                  struct err *) MUST_CHECK;

struct evaluation_row {
    struct golden_question golden; /* what was asked and expected as they were then */
    bool passed;
    struct str answer, why, missing_json, sources_json;
    int before; /* in the run before: 1 passed, 0 not, -1 it was not in it */
};
typedef enum status evaluation_row_fn(void *ctx, const struct evaluation_row *, struct err *);
enum status evaluation_each_row(struct db *, int64_t id, int64_t before, evaluation_row_fn *, void *ctx,
                                struct err *) MUST_CHECK;

#endif
