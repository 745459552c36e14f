#ifndef VECTORS_PINECONE_ROOM_H
#define VECTORS_PINECONE_ROOM_H
/*
 * pinecone_room -- how the files of pinecone call the service. Private to src/vectors/pinecone*.c.
 */
#include "base/buf.h"
#include "vectors/pinecone.h"

#include "net/breaker.h"

#include <jansson.h>
#include <pthread.h>

enum { PINECONE_URL_BYTES = 512 };

/* A call that moves vectors; a search names its own deadline. */
#define PINECONE_CALL_US (30 * SECOND_US)

struct pinecone {
    struct vector_store store;
    struct http_client *client;
    struct breaker *breaker;
    struct pinecone_options options;
    pthread_mutex_t lock; /* guards the rest */
    bool known;
    char host[PINECONE_URL_BYTES]; /* "https://…" */
    int64_t dimensions;
};

struct pinecone_call {
    enum http_verb verb;
    const char *path;    /* "/vectors/list" */
    struct str query;    /* "?…" or empty */
    struct str body;     /* JSON; empty: none */
    int64_t deadline_us; /* 0: PINECONE_CALL_US from now */
    bool none_is_fine;   /* 404 is a success with *out NULL */
};

/* One call to the index, whose host is found first. *out: the answer, a JSON object; the caller gives it back (json_decref). */
enum status pinecone_send(struct pinecone *, struct arena *, const struct pinecone_call *, json_t **out,
                          struct err *) MUST_CHECK;

/* Finds the host unless it is known, and holds its index against `dimensions` (0: any). E_INVALID: not one that fits. */
enum status pinecone_find_host(struct pinecone *, struct arena *, size_t dimensions, int64_t deadline_us,
                               struct err *) MUST_CHECK;

/* The hits of an answer to a search, at most max; what is none of ours is left out. */
size_t pinecone_read_matches(const json_t *answer, struct vector_hit *out, size_t max);

/* The calls of struct vector_store. */
enum status pinecone_search(void *ctx, struct arena *, struct str, const float *, size_t, int64_t,
                            struct vector_hit *, size_t, size_t *, struct err *);
enum status pinecone_list(void *ctx, struct arena *, struct str, struct vector_item **, size_t *,
                          struct err *);
enum status pinecone_put(void *ctx, struct arena *, struct str, size_t, const struct vector_item *, size_t,
                         struct err *);
enum status pinecone_remove(void *ctx, struct arena *, struct str, const struct vector_item *, size_t,
                            struct err *);
enum status pinecone_forget(void *ctx, struct arena *, struct str, struct err *);
enum status pinecone_namespaces(void *ctx, struct arena *, struct str, struct str **, size_t *, struct err *);
enum status pinecone_check(void *ctx, struct arena *, size_t, struct vector_store_facts *, struct err *);

#endif
