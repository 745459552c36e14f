#ifndef MODELS_MODEL_SITE_H
#define MODELS_MODEL_SITE_H
/*
 * model_site -- models as the program opens them, that ask a fake service: what each test of this room starts from.
 */
#include "models/models.h"
#include "support/fake_service.h"

struct model_site {
    struct arena *arena;
    struct http_client *client;
    struct fake_service *service;
    struct models *models;
};

enum site_kind { SITE_GEMINI, SITE_OPENAI };

/* Both models of a provider, which get the answers in turn. */
void model_site_open(struct model_site *, enum site_kind, const struct fake_answer *, size_t count);
void model_site_close(struct model_site *);

/* Asks for {"answer": "…"} within ten seconds, or what is left until deadline_us. */
struct generation site_generate(struct model_site *, int64_t deadline_us);
struct generation site_generate_for(struct model_site *, int64_t us);

/* The body of a request, read; json_decref() it. */
struct json_t *site_request(struct model_site *, size_t i);

/* Fails the test with the outcome's name. */
void check_outcome(const struct generation *, enum generation_outcome want, const char *about);

#endif
