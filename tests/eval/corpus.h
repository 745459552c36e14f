#ifndef TESTS_EVAL_CORPUS_H
#define TESTS_EVAL_CORPUS_H
/*
 * corpus -- passages and questions with their right passage (JSON lines), read for the evaluation programs.
 */
#include "base/arena.h"
#include "rag/record.h"

struct corpus_question {
    struct str text, group; /* group: what is kept together when halves are made */
    size_t right;           /* index of the passage */
};

struct corpus {
    struct record *record; /* chunk i is passage i */
    struct corpus_question *questions;
    size_t count;
};

/* False: the files are not there (nothing to evaluate). Anything else that goes wrong ends the program. */
bool corpus_read(struct arena *, const char *folder, const char *name, struct corpus *);

#endif
