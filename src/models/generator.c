#include <stdatomic.h>

#include "models/provider.h"

/* A request is some thousand words of evidence; an answer may be as large as model_service.c allows, and stands here twice. */
enum { REQUEST_BYTES_MAX = 4 << 20, SCRATCH_BYTES = 48 << 20, ROUNDS_MAX = 3 };

struct writer {
    const struct generator_wire *wire;
    struct model_service *service;
    struct str model, host;
    atomic_bool plain; /* this server refuses what is not plain */
};

const char *generation_outcome_name(enum generation_outcome outcome) {
    static const char *const names[GENERATION_OUTCOME_COUNT] = { "generated", "blocked",   "truncated",
                                                                 "empty",     "malformed", "late",
                                                                 "busy",      "refused",   "unreachable" };
    return names[outcome];
}

/* Asks once, or as often as model_service_post() does. */
static enum generation_outcome ask(const struct writer *w, struct arena *scratch,
                                   const struct generation_task *task, const json_t *schema,
                                   struct model_exchange *x, struct generation *g) {
    enum generation_outcome outcome = GENERATION_REFUSED;
    struct buf json;

    buf_init(&json, REQUEST_BYTES_MAX);
    w->wire->write(task, &json);
    if (buf_ok(&json))
        outcome = model_service_post(w->service, scratch, buf_str(&json), task->request->deadline_us, x);
    buf_done(&json);
    if (outcome == GENERATED) outcome = w->wire->read(scratch, x->body, g);
    if (outcome == GENERATED) outcome = wire_shape(g, schema);
    return outcome;
}

/* Once more without what this server may not know; once more with room, when thinking took all there was. */
static bool ask_otherwise(enum generation_outcome outcome, const struct model_exchange *x,
                          const struct generation *g, struct generation_task *task) {
    bool not_understood = x->http_code == 400 || x->http_code == 422;
    if (outcome == GENERATION_REFUSED && not_understood && !x->key_refused && !task->plain)
        return task->plain = true;
    if (outcome == GENERATION_TRUNCATED && g->json.n == 0 && task->tokens_max == task->request->tokens_max) {
        task->tokens_max *= 2;
        return true;
    }
    return false;
}

static enum status write_answer(struct writer *w, struct arena *a, struct arena *scratch,
                                const struct generation_request *rq, const json_t *schema,
                                struct generation *out, struct err *e) {
    struct generation_task task = { rq, w->model, w->host, rq->tokens_max, atomic_load(&w->plain) };
    struct model_exchange x = { 0 };
    struct generation g = { 0 };
    int64_t began_us = clock_monotonic_us();

    for (int round = 0; round < ROUNDS_MAX; round++) {
        g.json = g.model_version = STR("");
        g.outcome = ask(w, scratch, &task, schema, &x, &g);
        if (x.calls >= MODEL_CALLS_MAX || !ask_otherwise(g.outcome, &x, &g, &task)) break;
    }
    if (task.plain && x.http_code == 200) atomic_store(&w->plain, true);
    if (g.outcome != GENERATED) g.json = STR("");
    g.http_code = x.http_code;
    g.calls = x.calls;
    g.sent_bytes = x.sent_bytes;
    g.duration_us = clock_monotonic_us() - began_us;
    if (!arena_dup(a, g.json, &g.json) || !arena_dup(a, g.model_version, &g.model_version))
        return fail(e, E_LIMIT, NULL, "no memory for an answer");
    *out = g;
    return OK;
}

static enum status generate(void *ctx, struct arena *a, const struct generation_request *rq,
                            struct generation *out, struct err *e) {
    json_t *schema = wire_json(rq->schema);
    struct arena *scratch = arena_new(SCRATCH_BYTES);
    enum status s = scratch ? OK : fail(e, E_LIMIT, NULL, "no memory for a model's answer");

    if (s == OK && !json_is_object(schema)) s = fail(e, E_INTERNAL, NULL, "the schema is no JSON object");
    if (s == OK) s = write_answer(ctx, a, scratch, rq, schema, out, e);
    json_decref(schema);
    arena_free(scratch);
    return s;
}

enum status generator_new(struct arena *a, const struct generator_wire *wire, struct model_service *service,
                          struct str model, struct generator **out, struct err *e) {
    struct writer *w = arena_alloc(a, sizeof *w);
    struct generator *g = arena_alloc(a, sizeof *g);

    if (!w || !g) return fail(e, E_LIMIT, NULL, "no memory for a generator");
    w->wire = wire;
    w->service = service;
    w->model = model;
    w->host = http_url_authority(service->url);
    atomic_init(&w->plain, false);
    *g = (struct generator) { wire->provider, model, w->host, w, generate };
    *out = g;
    return OK;
}
