#ifndef UNIT_RAG_FAKE_GENERATOR_H
#define UNIT_RAG_FAKE_GENERATOR_H
/*
 * fake_generator -- a model that says what a test tells it to, and keeps what it was asked.
 */
#include "models/generator.h"

struct fake_generator {
    struct generator generator; /* hand out its address */
    enum generation_outcome outcome;
    const char *json;  /* what it answers; NULL: `answer` writes it */
    size_t json_bytes; /* 0: up to the NUL */
    void (*answer)(struct fake_generator *, struct arena *, struct str content, struct str *json);
    void *ctx; /* of `answer` */
    int calls;
    struct str instruction, content, schema; /* of the last call, in the arena of the question */
    int64_t deadline_us;
};

void fake_generator_init(struct fake_generator *);

#endif
