#ifndef TESTS_EVAL_QA_SET_H
#define TESTS_EVAL_QA_SET_H
/*
 * qa_set -- public passages and questions with their right passage (JSON lines), as they are in the files.
 *
 * Consecutive passages of one title are one document, as a leaflet and its sections are.
 */
#include "base/arena.h"

struct qa_passage {
    struct str id, title, text;
    size_t document; /* from 0 */
};

struct qa_question {
    struct str text, group; /* group: what is kept together when halves are made */
    struct str answer;      /* words of the passage that answer; empty: not said */
    size_t right;           /* index of the passage */
};

struct qa_set {
    struct qa_passage *passages;
    struct qa_question *questions;
    size_t passage_count, question_count, document_count;
};

/* False: the files are not there (nothing to evaluate). Anything else that goes wrong ends the program. */
bool qa_set_read(struct arena *, const char *folder, const char *name, struct qa_set *);

#endif
