#ifndef RAG_RAG_JSON_H
#define RAG_RAG_JSON_H
/*
 * rag_json -- answers and their sources as JSON, for the API and for the log of questions.
 */
#include "base/json_out.h"
#include "rag/answer.h"

struct rag_timings {
    int64_t record_us, total_us; /* the other steps are in the answer */
    int64_t model_us, proof_us;  /* waited for a model; our own share of asking it: evidence, names, proof */
    const char *fallback;        /* why the answer without a model stands; NULL: not to be told */
    bool cached;
};

void rag_sources_json(struct json_out *, const struct rag_source *, size_t count);
void rag_timings_json(struct json_out *, const struct rag_answer *, const struct rag_timings *);
/* The same with `fallback`, for the log of questions. */
void rag_timings_log_json(struct json_out *, const struct rag_answer *, const struct rag_timings *);

/* Reads sources back; E_INTERNAL when they are not of the form above. */
enum status rag_sources_read(struct arena *, struct str json, struct rag_source *out, size_t max,
                             size_t *count, struct err *) MUST_CHECK;

#endif
