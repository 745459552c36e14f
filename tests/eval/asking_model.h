#ifndef TESTS_EVAL_ASKING_MODEL_H
#define TESTS_EVAL_ASKING_MODEL_H
/*
 * asking_model -- an answer that was made without a model put to one, as rag_ask does it, without what a database keeps.
 */
#include "asking.h"
#include "extreme_reader.h"
#include "patients/patient.h"
#include "rag/model_answer.h"

struct model_asking {
    struct extreme_reader reader; /* asked where there is no real model: set its words before */
    const struct generator *generator;
    struct arena *keep; /* what the model said, of the last question */
};

/* Of the question that was asked last: *a becomes what the patient gets, *report what became of the call; end MODEL_NOT_OPEN: none was made. */
void asking_model(struct asking *, struct model_asking *, const struct record *, const struct patient *,
                  struct str question, struct rag_answer *a, struct model_report *report);

#endif
