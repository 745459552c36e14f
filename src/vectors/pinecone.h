#ifndef VECTORS_PINECONE_H
#define VECTORS_PINECONE_H
/*
 * pinecone -- the vector store of Pinecone, by its HTTP interface of version 2026-04.
 *
 * The host of the index is asked for once and remembered; an index of another length or measure is refused before anything is sent. A breaker
 * keeps questions from waiting for a service that is down. One lock, for the host; held for a few instructions.
 */
#include "net/http_client.h"
#include "vectors/vector_store.h"

struct pinecone_options {
    struct str api_key, index_name;
    struct str base_url; /* of the control plane: "https://api.pinecone.io" */
};

/* In the arena but for what pinecone_close() gives back. E_INVALID: a setting is missing. */
enum status pinecone_open(struct arena *, const struct pinecone_options *, struct http_client *,
                          struct vector_store **, struct err *) MUST_CHECK;
void pinecone_close(struct vector_store *); /* NULL is fine */

#endif
