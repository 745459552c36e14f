#ifndef TESTS_EVAL_CORPUS_H
#define TESTS_EVAL_CORPUS_H
/*
 * corpus -- the passages of a public set as one record, for searching among all of them.
 */
#include "qa_set.h"
#include "search/record.h"

struct corpus {
    struct qa_set set;
    struct record *record; /* chunk i is passage i */
};

/* False: the files are not there (nothing to evaluate). Anything else that goes wrong ends the program. */
bool corpus_read(struct arena *, const char *folder, const char *name, struct corpus *);

#endif
