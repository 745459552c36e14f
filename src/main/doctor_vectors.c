/*
 * doctor_vectors -- whether the vectors of passages are all there, and whether the store outside, if one is set, can hold them.
 */
#include "main/doctor.h"

#include <stdio.h>

#include "rag/embedding_store.h"
#include "vectors/pinecone.h"

static const struct message no_embedder = { "not_used", "aucun : la recherche se fait par les mots",
                                            "none: search goes by words" };
static const struct message all_there = { "vectors_ok", "{} passages ont tous leur vecteur",
                                          "{} passages all have their vector" };
static const struct message some_lack = {
    "vectors_lack", "{} passages n’ont pas encore leur vecteur : un serveur en marche les fait",
    "{} passages have no vector yet: a running server makes them"
};
static const struct message no_store = { "not_used", "aucun : les vecteurs sont dans la base",
                                         "none: vectors are in the database" };
static const struct message store_fine = { "vector_store_ok", "Pinecone, index {}", "Pinecone, index {}" };

/* Which space vectors are made in now; empty: none. Settings that are wrong were told by the checks before. */
static struct str current_space(const struct doctor *d) {
    const struct embedder *e = d->models ? models_embedder(d->models) : NULL;
    return e ? e->space : STR("");
}

static void check_vectors(struct doctor *d, struct finding *f) {
    struct embedding_progress p;
    struct err e = { 0 };
    struct str space = current_space(d);
    char count[24];

    if (d->app.config.embedder == EMBEDDER_NONE) {
        found(f, FINDING_LEFT_OUT, &no_embedder, STR(""));
        return;
    }
    if (!d->app.db || space.n == 0) return;
    enum status s = embedding_progress_get(d->app.db, space, &p, &e);
    if (s != OK) {
        found_failure(f, s, &e);
        return;
    }
    int64_t lack = p.passages - p.embedded;
    snprintf(count, sizeof count, "%lld", (long long)(lack ? lack : p.passages));
    found(f, lack ? FINDING_WARNING : FINDING_OK, lack ? &some_lack : &all_there, str_from_c(count));
}

/* The length that the index must have; 0: nothing was embedded yet. */
static size_t wanted_dimensions(const struct doctor *d) {
    struct embedding_space space = { 0 };
    struct str name = current_space(d);
    if (!d->app.db || name.n == 0 || embedding_space_find(d->app.db, name, &space, NULL) != OK) return 0;
    return (size_t)space.dimensions;
}

/* describe_index_stats: the key is taken, the index is there, and vectors fit into it. */
static void check_store(struct doctor *d, struct finding *f) {
    const struct config *c = &d->app.config;
    const struct pinecone_options options = { .api_key = c->pinecone_api_key,
                                              .index_name = c->pinecone_index_name,
                                              .base_url = c->pinecone_api_base_url };
    struct vector_store_facts facts = { 0 };
    struct vector_store *store = NULL;
    struct err e = { 0 };
    char text[ERR_ARG_BYTES];
    enum status s = OK;

    if (c->vector_store != VECTOR_STORE_PINECONE) {
        found(f, FINDING_LEFT_OUT, &no_store, STR(""));
        return;
    }
    if (!d->client) s = http_client_new(d->app.arena, &d->client, &e);
    if (s == OK) s = pinecone_open(d->app.arena, &options, d->client, &store, &e);
    if (s == OK) s = store->check(store->ctx, d->app.arena, wanted_dimensions(d), &facts, &e);
    pinecone_close(store);
    if (s != OK) {
        found_failure(f, s, &e);
        return;
    }
    snprintf(text, sizeof text, "%.*s: %lld x %lld", STR_ARG(c->pinecone_index_name),
             (long long)facts.vectors, (long long)facts.dimensions);
    found(f, FINDING_OK, &store_fine, str_from_c(text));
}

const struct doctor_check doctor_vector_checks[] = {
    { "vectors", { "vecteurs", "vectors" }, check_vectors },
    { "vector_store", { "magasin de vecteurs", "vector store" }, check_store },
    { 0 },
};
