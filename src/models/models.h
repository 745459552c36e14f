#ifndef MODELS_MODELS_H
#define MODELS_MODELS_H
/*
 * models -- which model and embedder this installation uses, made once at start from the settings.
 */
#include "base/config.h"
#include "models/embedder.h"
#include "models/generator.h"
#include "net/http_client.h"

struct models;

/* In the arena but for what models_close() gives back. E_INVALID: a setting is missing or wrong, and which. */
enum status models_open(struct arena *, const struct config *, struct http_client *, struct models **,
                        struct err *) MUST_CHECK;
void models_close(struct models *); /* NULL is fine */

const struct generator *models_generator(const struct models *); /* NULL: LLM=local */
const struct embedder *models_embedder(const struct models *);   /* NULL: EMBEDDER=none */

/*
 * Asks the generator's service whether it has the model, whatever its breaker says, without sending any text. There must
 * be a generator.
 */
struct model_probe {
    enum generation_outcome outcome; /* GENERATED: it answers */
    int http_code;
    bool listed;               /* it names the model among those it has; some servers take any name */
    const struct message *why; /* no answer came; or NULL */
};
struct model_probe models_probe(const struct models *, struct arena *, int64_t deadline_us);

/* For health: whether calls are made now (monotonic time); paused: the service is down or asked to be left alone (net/breaker.h); refused:
 * it answers that key, model or request is wrong, and somebody has to mend the settings. */
enum model_state { MODEL_NONE, MODEL_READY, MODEL_PAUSED, MODEL_REFUSED };
enum model_state models_generator_state(const struct models *, int64_t now_us);
enum model_state models_embedder_state(const struct models *, int64_t now_us);
const char *model_state_name(enum model_state); /* "none", "ok", "paused", "refused" */

#endif
