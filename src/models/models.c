#include "models/models.h"

#include "models/provider.h"

enum { SERVICES = 2 }; /* one that writes, one that embeds */

struct models {
    struct model_service services[SERVICES]; /* client NULL: not used */
    struct generator *generator;
    struct embedder *embedder;
};

static const struct message not_set = { "setting_missing", "Il manque le réglage {}.",
                                        "The setting {} is missing." };
static const struct message not_a_model = {
    "setting_model_invalid", "{} n’est pas le nom d’un modèle de Gemini, comme gemini-3.5-flash-lite.",
    "{} is not the name of a model of Gemini, like gemini-3.5-flash-lite."
};

static enum status must_be_set(struct str value, const char *name, struct err *e) {
    if (value.n) return OK;
    enum status s = fail(e, E_INVALID, &not_set, "the setting %s is missing", name);
    err_arg(e, str_from_c(name));
    return s;
}

static enum status no_memory(struct err *e) {
    return fail(e, E_LIMIT, NULL, "no memory for models");
}

static enum status open_service(struct arena *a, struct http_client *client, struct str url,
                                struct http_header key, struct model_service *out, struct err *e) {
    out->client = client;
    out->url = url;
    out->key = key;
    atomic_init(&out->refused, false);
    return breaker_new(a, &out->breaker, e);
}

/* "models/x" is how Google's own pages name x. */
static struct str gemini_model(struct str name) {
    return str_starts(name, STR("models/")) ? str_sub(name, 7, name.n) : name;
}

static enum status open_gemini(struct arena *a, const struct config *c, struct http_client *client,
                               struct str model, const char *setting, const char *verb,
                               struct model_service *out, struct err *e) {
    struct http_header key = { STR("x-goog-api-key"), c->gemini_api_key };
    struct str url;
    enum status s;

    if ((s = must_be_set(c->gemini_api_key, "GEMINI_API_KEY", e)) != OK) return s;
    if ((s = must_be_set(model, setting, e)) != OK) return s;
    if (str_find_char(model, '/') < model.n || str_find_char(model, ':') < model.n) {
        s = fail(e, E_INVALID, &not_a_model, "the setting %s is no name of a model", setting);
        err_arg(e, str_from_c(setting));
        return s;
    }
    if (!arena_printf(a, &url, "%.*s/v1beta/models/%.*s:%s", STR_ARG(c->gemini_api_base_url), STR_ARG(model),
                      verb))
        return no_memory(e);
    return open_service(a, client, url, key, out, e);
}

static enum status open_openai(struct arena *a, const struct config *c, struct http_client *client,
                               struct str model, const char *setting, const char *path,
                               struct model_service *out, struct err *e) {
    struct http_header key = { 0 };
    struct str url;
    enum status s;

    if ((s = must_be_set(c->openai_base_url, "OPENAI_BASE_URL", e)) != OK) return s;
    if ((s = must_be_set(model, setting, e)) != OK) return s;
    if (!arena_printf(a, &url, "%.*s/%s", STR_ARG(c->openai_base_url), path)) return no_memory(e);
    if (c->openai_api_key.n) {
        key.name = STR("Authorization");
        if (!arena_printf(a, &key.value, "Bearer %.*s", STR_ARG(c->openai_api_key))) return no_memory(e);
    }
    return open_service(a, client, url, key, out, e);
}

static enum status open_generator(struct arena *a, const struct config *c, struct http_client *client,
                                  struct models *m, struct err *e) {
    struct model_service *service = &m->services[0];
    struct str model = c->llm == LLM_GEMINI ? gemini_model(c->gemini_model) : c->openai_model;
    enum status s;

    if (c->llm != LLM_GEMINI && c->llm != LLM_OPENAI) return OK;
    s = c->llm == LLM_GEMINI
            ? open_gemini(a, c, client, model, "GEMINI_MODEL", "generateContent", service, e)
            : open_openai(a, c, client, model, "OPENAI_MODEL", "chat/completions", service, e);
    if (s != OK) return s;
    return generator_new(a, c->llm == LLM_GEMINI ? &gemini_generator_wire : &openai_generator_wire, service,
                         model, &m->generator, e);
}

static enum status open_embedder(struct arena *a, const struct config *c, struct http_client *client,
                                 struct models *m, struct err *e) {
    struct model_service *service = &m->services[1];
    bool gemini = c->embedder == EMBEDDER_GEMINI;
    struct str model = gemini ? gemini_model(c->gemini_embed_model) : c->openai_embed_model;
    enum status s;

    if (!gemini && c->embedder != EMBEDDER_OPENAI) return OK;
    s = gemini ? open_gemini(a, c, client, model, "GEMINI_EMBED_MODEL", "batchEmbedContents", service, e)
               : open_openai(a, c, client, model, "OPENAI_EMBED_MODEL", "embeddings", service, e);
    if (s != OK) return s;
    return embedder_new(a, gemini ? &gemini_embedder_wire : &openai_embedder_wire, service, model,
                        &m->embedder, e);
}

enum status models_open(struct arena *a, const struct config *c, struct http_client *client,
                        struct models **out, struct err *e) {
    struct models *m = arena_alloc(a, sizeof *m);
    enum status s = m ? OK : no_memory(e);

    if (s == OK) s = open_generator(a, c, client, m, e);
    if (s == OK) s = open_embedder(a, c, client, m, e);
    if (s == OK)
        *out = m;
    else
        models_close(m);
    return s;
}

void models_close(struct models *m) {
    if (!m) return;
    for (size_t i = 0; i < SERVICES; i++) {
        breaker_free(m->services[i].breaker);
        m->services[i].breaker = NULL;
    }
}

const struct generator *models_generator(const struct models *m) {
    return m->generator;
}

const struct embedder *models_embedder(const struct models *m) {
    return m->embedder;
}

static enum model_state state_of(const struct model_service *service, int64_t now_us) {
    if (!service->breaker) return MODEL_NONE;
    if (atomic_load(&service->refused)) return MODEL_REFUSED;
    return breaker_open_until_us(service->breaker, now_us) ? MODEL_PAUSED : MODEL_READY;
}

enum model_state models_generator_state(const struct models *m, int64_t now_us) {
    return state_of(&m->services[0], now_us);
}

enum model_state models_embedder_state(const struct models *m, int64_t now_us) {
    return state_of(&m->services[1], now_us);
}

const char *model_state_name(enum model_state state) {
    static const char *const names[] = { "none", "ok", "paused", "refused" };
    return names[state];
}

/* The part of an address that stands before its verb, and what comes behind it instead. */
static bool url_of_list(struct arena *a, const struct models *m, struct str *out) {
    struct str url = m->services[0].url;
    if (m->generator->provider == gemini_generator_wire.provider)
        return arena_dup(a, str_sub(url, 0, str_find(url, STR(":generateContent"))), out);
    return arena_printf(a, out, "%.*s/models",
                        STR_ARG(str_sub(url, 0, str_find(url, STR("/chat/completions")))));
}

/* {"data": [{"id": "a-model"}, …]}; an answer of another form, or of one model, lists it. */
static bool lists(struct str body, struct str model) {
    json_t *top = wire_json(body);
    const json_t *list = json_object_get(top, "data");
    bool found = !json_is_array(list);

    for (size_t i = 0; !found && i < json_array_size(list); i++)
        found = str_eq(wire_text(json_array_get(list, i), "id"), model);
    json_decref(top);
    return found;
}

struct model_probe models_probe(const struct models *m, struct arena *a, int64_t deadline_us) {
    struct model_probe probe = { .outcome = GENERATION_UNREACHABLE };
    struct model_exchange x = { 0 };
    struct str url;

    if (!url_of_list(a, m, &url)) return probe;
    probe.outcome = model_service_get(&m->services[0], a, url, deadline_us, &x);
    probe.http_code = x.http_code;
    probe.why = x.why;
    probe.listed = probe.outcome == GENERATED && lists(x.body, m->generator->model);
    return probe;
}
