#ifndef MODELS_PROVIDER_H
#define MODELS_PROVIDER_H
/*
 * provider -- what one provider does in its own way: how a request is written and how an answer is read. All the rest (deadlines, trying
 * again, checking what came back) is the same for all, in generator.c and embedder.c. Private to models/.
 *
 * Readers get hostile bytes: whatever they are, they answer an outcome or a status.
 */
#include "net/wire.h"

#include "base/buf.h"
#include "models/embedder.h"
#include "models/generator.h"
#include "models/model_service.h"

/* `plain`: without what an older or smaller server may refuse with 400 (a thinking level, a schema). */
struct generation_task {
    const struct generation_request *request;
    struct str model, host;
    int tokens_max;
    bool plain;
};

struct generator_wire {
    const char *provider;
    void (*write)(const struct generation_task *, struct buf *);
    /* GENERATED: out->json holds what the model wrote, whatever that is; TRUNCATED: the same, cut. Fills the version and the tokens too. */
    enum generation_outcome (*read)(struct arena *, struct str body, struct generation *out);
};
extern const struct generator_wire gemini_generator_wire, openai_generator_wire;

struct embedding_task {
    enum embedding_role role;
    const struct embedding_text *texts;
    size_t count;
    struct str model;
};

struct embedder_wire {
    const char *provider;
    int dimensions; /* that are asked for; 0: those of the model */
    void (*write)(const struct embedding_task *, struct buf *);
    enum status (*read)(struct arena *, struct str body, size_t count, struct embedding *out, struct err *);
};
extern const struct embedder_wire gemini_embedder_wire, openai_embedder_wire;

/* Text and service are borrowed for as long as the process lives. */
enum status generator_new(struct arena *, const struct generator_wire *, struct model_service *,
                          struct str model, struct generator **, struct err *) MUST_CHECK;
enum status embedder_new(struct arena *, const struct embedder_wire *, struct model_service *,
                         struct str model, struct embedder **, struct err *) MUST_CHECK;

/* A short name that a service says of itself, cleaned, at most WIRE_NAME_BYTES_MAX; empty when there is none. */
enum { WIRE_NAME_BYTES_MAX = 128 };
struct str wire_name(struct arena *, const json_t *object, const char *name);

/* Leaves of g->json the JSON within what the model wrote: GENERATED when it is an object of the schema's shape, else EMPTY or MALFORMED. */
enum generation_outcome wire_shape(struct generation *, const json_t *schema);

/*
 * Takes `count` rows of numbers, all of `dimensions` (0: all of the same, at most EMBEDDING_DIMENSIONS_MAX), makes each of unit length and
 * keeps them in the arena. E_INVALID: wrong length, not a number, or zero.
 */
enum status wire_vectors(struct arena *, const json_t *const *rows, size_t count, int dimensions,
                         struct embedding *out, struct err *) MUST_CHECK;

#endif
