#ifndef RAG_EVALUATION_API_H
#define RAG_EVALUATION_API_H
/* evaluation_api -- what the handlers of golden questions and of runs share. */
#include "http/route.h"
#include "rag/evaluation.h"

handler_fn golden_questions_get, golden_questions_post, golden_question_get, golden_question_patch,
    golden_question_delete;

/* The members of a golden question, in an open object. */
void golden_json(struct json_out *, const struct golden_question *);

#endif
