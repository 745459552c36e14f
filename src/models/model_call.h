#ifndef MODELS_MODEL_CALL_H
#define MODELS_MODEL_CALL_H
/*
 * model_call -- the log of what was sent to models outside: what kind, where to, how large, what it cost, how it ended. Never its content.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/status.h"

struct db;

enum model_call_kind { CALL_GENERATE, CALL_EMBED_QUESTION, CALL_EMBED_PASSAGES };

struct model_call {
    enum model_call_kind kind;
    int64_t patient_id;  /* 0: the clinic's own collection */
    int64_t question_id; /* the logged question; 0: none */
    const char *provider;
    struct str model, model_version, host;
    struct str outcome; /* "generated", "late", "E_RETRY" … */
    int http_code, calls;
    size_t texts, sent_bytes;
    int64_t tokens_in, tokens_out, duration_us;
    int64_t at_us;
};

/* Inside the caller's transaction. */
enum status model_call_add(struct db *, const struct model_call *, struct err *) MUST_CHECK;

#endif
