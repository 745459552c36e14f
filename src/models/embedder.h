#ifndef MODELS_EMBEDDER_H
#define MODELS_EMBEDDER_H
/*
 * embedder -- what turns texts into vectors whose nearness is nearness in meaning: Gemini, or any server that speaks OpenAI's embeddings.
 *
 * Vectors of two models must never meet: `space` names the room in which they may be compared. As with generator.h, what is
 * sent holds no personal data and has the person's consent.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/status.h"

enum { EMBEDDING_DIMENSIONS_MAX = 4096, EMBEDDING_BATCH_MAX = 100, EMBEDDING_TEXT_BYTES_MAX = 6000 };

enum embedding_role { EMBED_PASSAGE, EMBED_QUESTION };

struct embedding_text {
    struct str title; /* of a passage; may be empty */
    struct str text;
};

struct embedding {
    int http_code;     /* of the last call; 0: none came */
    int calls;         /* made to the service */
    size_t sent_bytes; /* of them */
    int64_t tokens_in; /* as the service counted; 0: not said */
    int64_t duration_us;
    int64_t retry_after_us; /* with E_RETRY: not before; 0: not said */
    int dimensions;         /* of each vector */
    float *vectors;         /* count x dimensions, unit length, in the arena */
};

struct embedder {
    const char *provider; /* "gemini", "openai" */
    struct str model;     /* as set */
    struct str space;     /* "gemini/gemini-embedding-001/768": provider, model, dimensions asked for */
    struct str host;      /* where texts go */
    void *ctx;
    /*
     * All texts or none; count <= EMBEDDING_BATCH_MAX. Texts longer than EMBEDDING_TEXT_BYTES_MAX are cut at a character. E_RETRY: busy, late or not
     * reachable, the same may work later. E_INVALID: key, model or request is wrong, or what came back is none (wrong count or
     * length, NaN, zero): somebody has to mend the settings. E_LIMIT: no memory.
     */
    enum status (*embed)(void *ctx, struct arena *, enum embedding_role, const struct embedding_text *,
                         size_t count, int64_t deadline_us, struct embedding *out, struct err *);
};

#endif
