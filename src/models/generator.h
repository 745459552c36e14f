#ifndef MODELS_GENERATOR_H
#define MODELS_GENERATOR_H
/*
 * generator -- a language model that writes JSON of a given shape: Gemini, or any server that speaks OpenAI's chat completions.
 *
 * Whoever calls it owns what is sent: it must hold no personal data and the person's consent. What comes back is as hostile as any input.
 * A generator never waits longer than the deadline, never repeats within it more than helps, and any outcome but
 * GENERATED means: answer without a model.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/status.h"

enum generation_outcome {
    GENERATED,
    GENERATION_BLOCKED,     /* refused for its content */
    GENERATION_TRUNCATED,   /* cut by its length */
    GENERATION_EMPTY,       /* nothing was said */
    GENERATION_MALFORMED,   /* not JSON of the shape asked for, or not UTF-8 */
    GENERATION_LATE,        /* no answer before the deadline */
    GENERATION_BUSY,        /* 429, quota, overload; or the breaker is open */
    GENERATION_REFUSED,     /* key, model or request is wrong: somebody has to mend the settings */
    GENERATION_UNREACHABLE, /* no connection */
    GENERATION_OUTCOME_COUNT
};
const char *generation_outcome_name(enum generation_outcome); /* "generated", "blocked" … */

struct generation_request {
    struct str instruction; /* what the model is told to be, ours alone */
    struct str content;     /* evidence and question, pseudonymised */
    struct str
        schema; /* JSON Schema of the answer (object, string, array, integer, boolean, enum, required, items) */
    int tokens_max;      /* of the answer */
    int64_t deadline_us; /* clock_monotonic_us() */
};

struct generation {
    enum generation_outcome outcome;
    struct str json;               /* GENERATED: a JSON object; in the arena */
    struct str model_version;      /* as the service said; in the arena */
    int http_code;                 /* of the last call; 0: none came */
    int calls;                     /* made to the service */
    size_t sent_bytes;             /* of them */
    int64_t tokens_in, tokens_out; /* as the service counted; 0: not said */
    int64_t duration_us;
};

struct generator {
    const char *provider; /* "gemini", "openai" */
    struct str model;     /* as set */
    struct str host;      /* where texts go, for the log of calls: "generativelanguage.googleapis.com" */
    void *ctx;
    /* OK with any outcome in *out; another status only without memory. Any thread; holds no transaction. */
    enum status (*generate)(void *ctx, struct arena *, const struct generation_request *,
                            struct generation *out, struct err *);
};

#endif
