#ifndef MODELS_MODELS_H
#define MODELS_MODELS_H
/*
 * models -- which model and embedder this installation uses, made once at start from the settings.
 */
#include "base/config.h"
#include "http/route.h"
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

extern const struct route models_routes[]; /* room: NULL */

#endif
