#ifndef MODELS_MODEL_CALL_H
#define MODELS_MODEL_CALL_H
/*
 * model_call -- the log of what was sent to models outside: what kind, where to, how large, what it cost, how it ended. Never its content.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/status.h"
#include "http/route.h"
#include "models/embedder.h"
#include "patients/part.h"

struct db;

enum model_call_kind { CALL_GENERATE, CALL_EMBED_QUESTION, CALL_EMBED_PASSAGES };
const char *model_call_kind_name(enum model_call_kind); /* "generate", "embed_question", "embed_passages" */

struct model_call {
    enum model_call_kind kind;
    int64_t patient_id;  /* 0: the clinic's own collection */
    int64_t question_id; /* the logged question; 0: none */
    const char *provider;
    struct str model, model_version, host;
    struct str outcome; /* "generated", "late", "OK", "E_RETRY" … */
    int http_code, calls;
    size_t texts, sent_bytes;
    int64_t tokens_in, tokens_out, duration_us;
    int64_t at_us;
};

/* What is known of a call of an embedder that ended so; kind, texts, whose they were and when are the caller's to add. */
struct model_call model_call_of_embedding(const struct embedder *, const struct embedding *,
                                          enum status outcome);

/*
 * Inside the caller's transaction. A service that refuses key, model or request is told to the clinic ("model.refused"), once until
 * somebody has read it: answers go on without it, and nobody would know.
 */
enum status model_call_add(struct db *, const struct model_call *, struct err *) MUST_CHECK;

/* Deletes what is older than `before_us`, some hundreds a transaction. */
enum status model_call_clean_up(struct db *, int64_t before_us, struct err *) MUST_CHECK;

/* The prices by which costs are estimated. Constant. */
struct model_prices {
    struct price in, out, embed;
};

/* Dollars; false: the price or the number of tokens is not known. kind: a name of model_call_kind_name(). */
bool model_call_cost(const struct model_prices *, struct str kind, int64_t tokens_in, int64_t tokens_out,
                     double *usd) MUST_CHECK;

/* GET /api/models/calls/ and /api/models/days/, for administrators. Room: struct model_prices. */
extern const struct route model_call_routes[];

/* "model_calls" in a patient's export: what of the record went where. Rows stay when a patient is erased, without saying whose they were. */
extern const struct patient_part model_call_patient_part;

#endif
