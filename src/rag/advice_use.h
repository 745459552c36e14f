#ifndef RAG_ADVICE_USE_H
#define RAG_ADVICE_USE_H
/*
 * advice_use -- which questions a sheet of the clinic's advice was quoted to.
 *
 * Written with the answer, in its transaction, and gone with the sheet or the question. Only answers that were logged count: what a run over
 * golden questions tries is no use of a sheet. Of this room only.
 */
#include "rag/answer.h"

struct db;

enum { ADVICE_USE_DAYS = 90 };

struct advice_use {
    int64_t lately;  /* questions of the last ADVICE_USE_DAYS days */
    int64_t last_us; /* of them all, when the last was asked; 0: it never answered */
};

/* In the caller's transaction: the sheets among the sources of an answer. One that was erased meanwhile is left out. */
enum status advice_use_add(struct db *, int64_t question_id, int64_t asked_us, const struct rag_source *,
                           size_t count, struct err *) MUST_CHECK;
enum status advice_use_get(struct db *, int64_t advice_id, int64_t now_us, struct advice_use *,
                           struct err *) MUST_CHECK;

/* One question that a sheet answered; strings are borrowed. */
struct advice_answer {
    int64_t question_id, asked_us, patient_id;
    int64_t message_id; /* 0: not asked by WhatsApp */
    struct str patient_name, query, answer, language;
    bool refused; /* the doctor was told as well: a part is not answered, or the patient wants a change */
};
typedef enum status advice_answer_fn(void *ctx, const struct advice_answer *, struct err *);
enum status advice_answer_count(struct db *, int64_t advice_id, int64_t *count, struct err *) MUST_CHECK;
/* Latest first. */
enum status advice_answer_each(struct db *, int64_t advice_id, int64_t limit, int64_t offset,
                               advice_answer_fn *, void *ctx, struct err *) MUST_CHECK;

#endif
