#ifndef RAG_EVALUATION_EVENT_H
#define RAG_EVALUATION_EVENT_H
/*
 * evaluation_event -- how far a run is, told on /api/events/ as "evaluation" once the caller's transaction is committed.
 */
#include "rag/evaluation.h"

enum status evaluation_event(const struct rag *, struct db *, struct arena *, const struct evaluation *,
                             struct err *) MUST_CHECK;

#endif
