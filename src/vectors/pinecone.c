#include "vectors/pinecone_room.h"

#include "base/clock.h"
#include "base/http_url.h"

#include <stdio.h>

static const struct message setting_missing = {
    "pinecone_setting_missing", "VECTOR_STORE=pinecone demande PINECONE_API_KEY et PINECONE_INDEX_NAME.",
    "VECTOR_STORE=pinecone needs PINECONE_API_KEY and PINECONE_INDEX_NAME."
};
static const struct message refused = {
    "pinecone_refused", "Pinecone refuse la demande. Vérifiez la clé, l’index et l’abonnement.",
    "Pinecone refuses what it is asked. Check the key, the index and the plan."
};
static const struct message busy = { "pinecone_busy", "Pinecone est occupé ou injoignable.",
                                     "Pinecone is busy or cannot be reached." };
static const struct message unfit = {
    "pinecone_unfit", "L’index Pinecone ne convient pas : il le faut dense, en cosinus, à {} dimensions.",
    "The Pinecone index does not fit: it must be dense, measure by cosine and have {} dimensions."
};

static bool may_work_later(int code) {
    return code == 408 || code == 429 || code >= 500;
}

static enum status fail_busy(struct err *err, int code, int64_t retry_after_us) {
    enum status s = fail(err, E_RETRY, &busy, "Pinecone, code %d", code);
    if (err && retry_after_us > 0) err->retry_after_s = (int)((retry_after_us + SECOND_US - 1) / SECOND_US);
    return s;
}

/* The answer of a call that came through; what the service says in it stays out of the log. */
static enum status read_answer(const struct http_answer *answer, bool none_is_fine, json_t **out,
                               struct err *err) {
    *out = NULL;
    if (answer->code == 404 && none_is_fine) return OK;
    if (may_work_later(answer->code)) return fail_busy(err, answer->code, answer->retry_after_us);
    if (answer->code < 200 || answer->code > 299)
        return fail(err, E_INVALID, &refused, "Pinecone, code %d", answer->code);
    *out = json_loadb(answer->body.p, answer->body.n, JSON_REJECT_DUPLICATES, NULL);
    if (json_is_object(*out)) return OK;
    json_decref(*out);
    *out = NULL;
    return fail(err, E_RETRY, &busy, "Pinecone answered what is no JSON object");
}

/* One call, through the breaker. A refusal is no failure of the service: it answers. */
static enum status send(struct pinecone *p, struct arena *arena, struct str url,
                        const struct pinecone_call *call, json_t **out, struct err *err) {
    const struct http_send_request rq = {
        .verb = call->verb,
        .url = url,
        .headers = { { STR("Api-Key"), p->options.api_key },
                     { STR("X-Pinecone-Api-Version"), STR("2026-04") },
                     { STR("Accept"), STR("application/json") },
                     { call->body.n ? STR("Content-Type") : STR(""), STR("application/json") } },
        .body = call->body,
        .timeout_us = call->deadline_us - clock_monotonic_us(),
    };
    struct http_answer answer = { 0 };
    if (rq.timeout_us <= 0) return fail_busy(err, 0, 0);
    if (!breaker_may_call(p->breaker, clock_monotonic_us())) {
        int64_t now_us = clock_monotonic_us(), until_us = breaker_open_until_us(p->breaker, now_us);
        return fail_busy(err, 0, until_us > now_us ? until_us - now_us : SECOND_US);
    }
    enum status s = http_send(p->client, arena, &rq, &answer, NULL);
    bool is_down = (s != OK && s != E_LIMIT) || may_work_later(answer.code);
    if (is_down)
        breaker_failed(p->breaker, clock_monotonic_us(), answer.retry_after_us);
    else
        breaker_succeeded(p->breaker);
    if (s == E_LIMIT) return fail(err, s, NULL, "an answer of Pinecone is too large");
    if (s != OK) return fail_busy(err, 0, 0);
    return read_answer(&answer, call->none_is_fine, out, err);
}

static struct str text_of(const json_t *object, const char *name) {
    const json_t *value = json_object_get(object, name);
    if (!json_is_string(value)) return STR("");
    return (struct str) { json_string_value(value), json_string_length(value) };
}

static enum status fail_unfit(size_t dimensions, struct err *err) {
    char wanted[24];
    enum status s = fail(err, E_INVALID, &unfit, "the index of Pinecone does not fit");
    int n = snprintf(wanted, sizeof wanted, "%zu", dimensions);
    err_arg(err, (struct str) { wanted, (size_t)n });
    return s;
}

/* What describe says of the index; remembered when it can be used. */
static enum status take_index(struct pinecone *p, const json_t *index, struct err *err) {
    char host[PINECONE_URL_BYTES];
    struct str said = text_of(index, "host"), type = text_of(index, "vector_type");
    bool has_scheme = str_find(said, STR("://")) < said.n;
    int n = snprintf(host, sizeof host, "%s%.*s", has_scheme ? "" : "https://", STR_ARG(said));
    int64_t dimensions = json_integer_value(json_object_get(index, "dimension"));
    bool dense = type.n == 0 || str_eq(type, STR("dense"));
    if (dimensions <= 0 || !str_eq(text_of(index, "metric"), STR("cosine")) || !dense)
        return fail_unfit(0, err);
    if (said.n == 0 || n < 0 || (size_t)n >= sizeof host ||
        !http_base_url_is_valid((struct str) { host, (size_t)n }))
        return fail(err, E_INVALID, &refused, "Pinecone gave no host of the index");
    if (!json_is_true(json_object_get(json_object_get(index, "status"), "ready")))
        return fail_busy(err, 0, 0);
    pthread_mutex_lock(&p->lock);
    memcpy(p->host, host, (size_t)n + 1);
    p->dimensions = dimensions;
    p->known = true;
    pthread_mutex_unlock(&p->lock);
    return OK;
}

static enum status describe(struct pinecone *p, struct arena *arena, int64_t deadline_us, struct err *err) {
    const struct pinecone_call call = { .verb = VERB_GET, .deadline_us = deadline_us };
    struct str url;
    json_t *index = NULL;
    if (!arena_printf(arena, &url, "%.*s/indexes/%.*s", STR_ARG(p->options.base_url),
                      STR_ARG(p->options.index_name)))
        return fail(err, E_LIMIT, NULL, "no memory for an address");
    enum status s = send(p, arena, url, &call, &index, err);
    if (s == OK) s = take_index(p, index, err);
    json_decref(index);
    return s;
}

/* Answers whether the host is known; a copy of it in the arena. */
static bool known_host(struct pinecone *p, struct arena *arena, struct str *host, int64_t *dimensions) {
    pthread_mutex_lock(&p->lock);
    bool known = p->known && arena_dup(arena, str_from_c(p->host), host);
    *dimensions = p->dimensions;
    pthread_mutex_unlock(&p->lock);
    return known;
}

enum status pinecone_find_host(struct pinecone *p, struct arena *arena, size_t dimensions,
                               int64_t deadline_us, struct err *err) {
    struct str host;
    int64_t has;
    if (!known_host(p, arena, &host, &has)) {
        enum status s = describe(p, arena, deadline_us, err);
        if (s != OK) return s;
        if (!known_host(p, arena, &host, &has)) return fail(err, E_LIMIT, NULL, "no memory for an address");
    }
    return dimensions && has != (int64_t)dimensions ? fail_unfit(dimensions, err) : OK;
}

enum status pinecone_send(struct pinecone *p, struct arena *arena, const struct pinecone_call *asked,
                          json_t **out, struct err *err) {
    struct pinecone_call call = *asked;
    struct str host, url;
    int64_t dimensions;
    *out = NULL;
    if (call.deadline_us == 0) call.deadline_us = clock_monotonic_us() + PINECONE_CALL_US;
    enum status s = pinecone_find_host(p, arena, 0, call.deadline_us, err);
    if (s != OK) return s;
    if (!known_host(p, arena, &host, &dimensions) ||
        !arena_printf(arena, &url, "%.*s%s%.*s", STR_ARG(host), call.path, STR_ARG(call.query)))
        return fail(err, E_LIMIT, NULL, "no memory for an address");
    return send(p, arena, url, &call, out, err);
}

enum status pinecone_open(struct arena *arena, const struct pinecone_options *options,
                          struct http_client *client, struct vector_store **out, struct err *err) {
    if (options->api_key.n == 0 || options->index_name.n == 0)
        return fail(err, E_INVALID, &setting_missing, "a setting of Pinecone is missing");
    struct pinecone *p = arena_alloc(arena, sizeof *p);
    if (!p) return fail(err, E_LIMIT, NULL, "no memory for Pinecone");
    p->store = (struct vector_store) { .name = "pinecone",
                                       .host = http_url_authority(options->base_url),
                                       .ctx = p,
                                       .search = pinecone_search,
                                       .list = pinecone_list,
                                       .put = pinecone_put,
                                       .remove = pinecone_remove,
                                       .forget = pinecone_forget,
                                       .namespaces = pinecone_namespaces,
                                       .check = pinecone_check };
    p->client = client;
    p->options = *options;
    enum status s = breaker_new(arena, &p->breaker, err);
    if (s != OK) return s;
    if (pthread_mutex_init(&p->lock, NULL) != 0) {
        breaker_free(p->breaker);
        return fail(err, E_INTERNAL, NULL, "no lock for Pinecone");
    }
    *out = &p->store;
    return OK;
}

void pinecone_close(struct vector_store *store) {
    if (!store) return;
    struct pinecone *p = store->ctx;
    breaker_free(p->breaker);
    pthread_mutex_destroy(&p->lock);
}
