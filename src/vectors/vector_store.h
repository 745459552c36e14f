#ifndef VECTORS_VECTOR_STORE_H
#define VECTORS_VECTOR_STORE_H
/*
 * vector_store -- a second home of the vectors, outside: Pinecone. The database keeps all of them in any case, and is what is true; so a store
 * that is down or behind costs nothing, and taking one away costs nothing either.
 *
 * A namespace holds the vectors of one patient in one space; its name says neither (vector_namespace()). Ids name a passage, nothing else
 * goes along: no text, no metadata. What a search answers is held against the record before it is used.
 *
 * Every call may wait, on the calling thread, in no transaction. E_RETRY: busy or not reachable, with the pause that the service asked for in
 * err. E_INVALID: key, index or request is wrong: somebody has to mend the settings. E_LIMIT: no memory. Any thread.
 */
#include "base/arena.h"
#include "base/crypto.h"
#include "base/status.h"

enum { VECTOR_NAMESPACE_BYTES = 64, VECTOR_ID_BYTES = 48 };

struct vector_item {
    int64_t document_id, chunk_id;
    struct str packed; /* vectors/vector.h */
};

struct vector_hit {
    int64_t document_id, chunk_id;
    float cosine;
};

struct vector_store_facts {
    int64_t dimensions; /* of the index */
    int64_t vectors;    /* in it, of whoever uses it */
    int64_t namespaces; /* likewise */
};

struct vector_store {
    const char *name; /* "pinecone" */
    struct str host;  /* where questions' vectors go, for the log of calls; "" until it is known */
    void *ctx;
    /* The best `max`, best first. */
    enum status (*search)(void *ctx, struct arena *, struct str space_name, const float *question,
                          size_t dimensions, int64_t deadline_us, struct vector_hit *out, size_t max,
                          size_t *count, struct err *);
    /* All ids of a namespace, in the arena; one that does not exist has none. What is no id of ours has chunk_id 0 and its text in `packed`. */
    enum status (*list)(void *ctx, struct arena *, struct str space_name, struct vector_item **out,
                        size_t *count, struct err *);
    enum status (*put)(void *ctx, struct arena *, struct str space_name, size_t dimensions,
                       const struct vector_item *, size_t count, struct err *);
    enum status (*remove)(void *ctx, struct arena *, struct str space_name, const struct vector_item *,
                          size_t count, struct err *);
    /* The whole namespace; none is a success. */
    enum status (*forget)(void *ctx, struct arena *, struct str space_name, struct err *);
    /* The names that begin so, in the arena. */
    enum status (*namespaces)(void *ctx, struct arena *, struct str prefix, struct str **out, size_t *count,
                              struct err *);
    /* Looks whether the index is there and fits (dimensions 0: any). */
    enum status (*check)(void *ctx, struct arena *, size_t dimensions, struct vector_store_facts *,
                         struct err *);
};

/*
 * The name of a patient's namespace: not to be guessed without the key, which is the installation's own (crypto_derive(root, "vectors ", 1)), another one for another space, and beginning with what
 * is this installation's alone (vector_namespace_prefix), so that two clinics may share an index.
 */
void vector_namespace(const struct key *, struct str space, int64_t patient_id,
                      char out[VECTOR_NAMESPACE_BYTES]);
void vector_namespace_prefix(const struct key *, char out[VECTOR_NAMESPACE_BYTES]);

/* "doc7#12" */
void vector_id_write(const struct vector_item *, char out[VECTOR_ID_BYTES]);
bool vector_id_read(struct str, int64_t *document_id, int64_t *chunk_id);

#endif
