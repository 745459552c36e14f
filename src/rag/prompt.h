#ifndef RAG_PROMPT_H
#define RAG_PROMPT_H
/*
 * prompt -- what a model is asked: an instruction of ours, and one JSON object with the question and the numbered passages.
 *
 * All that comes from people or papers is a JSON string, which no text can close, and names nobody any more (pseudonym.h). The answer that is
 * asked for is what model_reply.h reads.
 */
#include "models/generator.h"
#include "rag/evidence.h"
#include "guard/pseudonym.h"

struct prompt {
    struct str question; /* as the patient wrote it */
    const struct evidence *evidence;
};

/* Fills instruction, content, schema and tokens_max; the deadline is the caller's. E_LIMIT: too much to hide names in, or no memory. */
enum status prompt_write(struct arena *, struct pseudonym *, const struct prompt *,
                         struct generation_request *out, struct err *) MUST_CHECK;

#endif
