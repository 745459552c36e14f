#ifndef SUPPORT_FAKE_EMBEDDER_H
#define SUPPORT_FAKE_EMBEDDER_H
/*
 * fake_embedder -- an embedder that needs no network: words fall into signed buckets by their hash, words that mean the same into the same.
 *
 * It remembers what it was sent, and fails as it is told.
 */
#include "models/embedder.h"

enum { FAKE_TEXTS_MAX = 400, FAKE_DIMENSIONS = 256 };

struct fake_embedder {
    struct embedder embedder; /* hand out &fake.embedder */
    int calls;
    struct str texts
        [FAKE_TEXTS_MAX]; /* sent so far: title, a space, text; malloc'ed, freed by fake_embedder_done() */
    enum embedding_role roles[FAKE_TEXTS_MAX];
    size_t text_count;
    int fail_from_call;      /* calls with this number (from 1) and later fail; 0: none */
    enum status fail_status; /* E_RETRY … */
    int64_t retry_after_us;
    const char *refused_word;   /* a batch that holds it is refused (E_INVALID); NULL: none is */
    void (*on_call)(void *ctx); /* before a call answers; NULL: nothing */
    void *on_call_ctx;
};

/* space: "fake/one/256" */
void fake_embedder_init(struct fake_embedder *, const char *space);
void fake_embedder_done(struct fake_embedder *);

/* The vector of a text, of length 1. */
void fake_embed(const char *space, struct str text, float out[FAKE_DIMENSIONS]);

#endif
