#include "base/utf8.h"
#include "models/provider.h"

enum { REQUEST_BYTES_MAX = 4 << 20, SCRATCH_BYTES = 48 << 20 };

struct reckoner {
    const struct embedder_wire *wire;
    struct model_service *service;
    struct str model;
};

static const struct message refused = {
    "embedder_refused", "Le service des vecteurs refuse la demande. Vérifiez la clé, le modèle et l’adresse.",
    "The embedding service refuses what it is asked. Check the key, the model and the address."
};
static const struct message busy = { "embedder_busy", "Le service des vecteurs est occupé ou injoignable.",
                                     "The embedding service is busy or cannot be reached." };

static enum status status_of(enum generation_outcome outcome, const struct model_exchange *x, struct err *e) {
    if (outcome == GENERATED) return OK;
    if (outcome == GENERATION_REFUSED || outcome == GENERATION_MALFORMED)
        return fail(e, E_INVALID, &refused, "embedding: %s, code %d", generation_outcome_name(outcome),
                    x->http_code);
    enum status s = fail(e, E_RETRY, x->why ? x->why : &busy, "embedding: %s, code %d",
                         generation_outcome_name(outcome), x->http_code);
    if (e) e->retry_after_s = (int)(x->retry_after_us / SECOND_US);
    return s;
}

/* The texts at the length that models read whole; NULL: no memory. */
static struct embedding_text *cut(struct arena *a, const struct embedding_text *texts, size_t count) {
    struct embedding_text *out = arena_array(a, count, sizeof *out);
    for (size_t i = 0; out && i < count; i++) {
        out[i].title = utf8_prefix(texts[i].title, WIRE_NAME_BYTES_MAX);
        out[i].text = utf8_prefix(texts[i].text, EMBEDDING_TEXT_BYTES_MAX);
    }
    return out;
}

static enum status ask(const struct reckoner *r, struct arena *scratch, const struct embedding_task *task,
                       int64_t deadline_us, struct model_exchange *x, struct err *e) {
    struct buf json;
    enum status s;

    buf_init(&json, REQUEST_BYTES_MAX);
    r->wire->write(task, &json);
    s = buf_ok(&json)
            ? status_of(model_service_post(r->service, scratch, buf_str(&json), deadline_us, x), x, e)
            : fail(e, E_LIMIT, NULL, "no memory for %zu texts", task->count);
    buf_done(&json);
    return s;
}

static enum status embed(void *ctx, struct arena *a, enum embedding_role role,
                         const struct embedding_text *texts, size_t count, int64_t deadline_us,
                         struct embedding *out, struct err *e) {
    const struct reckoner *r = ctx;
    struct embedding_task task = { role, NULL, count, r->model };
    struct model_exchange x = { 0 };
    int64_t began_us = clock_monotonic_us();
    enum status s;

    if (count == 0 || count > EMBEDDING_BATCH_MAX)
        return fail(e, E_INTERNAL, NULL, "%zu texts at once, at most %d", count, EMBEDDING_BATCH_MAX);
    struct arena *scratch = arena_new(SCRATCH_BYTES);
    if (!scratch || !(task.texts = cut(scratch, texts, count)))
        s = fail(e, E_LIMIT, NULL, "no memory for %zu texts", count);
    else
        s = ask(r, scratch, &task, deadline_us, &x, e);
    *out = (struct embedding) { 0 };
    if (s == OK) s = r->wire->read(a, x.body, count, out, e);
    out->http_code = x.http_code;
    out->calls = x.calls;
    out->sent_bytes = x.sent_bytes;
    out->retry_after_us = s == E_RETRY ? x.retry_after_us : 0;
    out->duration_us = clock_monotonic_us() - began_us;
    arena_free(scratch);
    return s;
}

enum status embedder_new(struct arena *a, const struct embedder_wire *wire, struct model_service *service,
                         struct str model, struct embedder **out, struct err *e) {
    struct reckoner *r = arena_alloc(a, sizeof *r);
    struct embedder *m = arena_alloc(a, sizeof *m);
    struct str space;
    bool ok = r && m;

    if (ok && wire->dimensions)
        ok = arena_printf(a, &space, "%s/%.*s/%d", wire->provider, STR_ARG(model), wire->dimensions);
    else if (ok)
        ok = arena_printf(a, &space, "%s/%.*s", wire->provider, STR_ARG(model));
    if (!ok) return fail(e, E_LIMIT, NULL, "no memory for an embedder");
    *r = (struct reckoner) { wire, service, model };
    *m = (struct embedder) { wire->provider, model, space, http_url_authority(service->url), r, embed };
    *out = m;
    return OK;
}
