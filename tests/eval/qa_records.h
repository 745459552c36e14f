#ifndef TESTS_EVAL_QA_RECORDS_H
#define TESTS_EVAL_QA_RECORDS_H
/*
 * qa_records -- a public set as records of a few documents, so that each question can be put to one that holds its passage and to one that
 * does not.
 *
 * Leaflets: of the records with and without the leaflet. Other sets: a record holds every second passage of some documents, so that the
 * question whose passage is left out finds others of the same document.
 */
#include "paper_read.h"
#include "qa_set.h"

enum { QA_RECORD_DOCUMENTS = 20, QA_RECORDS_MAX = 400 };

struct qa_records {
    struct qa_set set;
    bool halves;                            /* a record holds every second passage */
    struct record *records[QA_RECORDS_MAX]; /* by group of documents, and by half */
    size_t count;
};

/* The sets that there are; the list ends with NULL. */
extern const char *const qa_names[];

/* False: the files are not there. qa_records_done() it. */
bool qa_records_read(struct arena *, struct paper_reader *, const char *folder, const char *name,
                     struct qa_records *);
void qa_records_done(struct qa_records *);

const struct record *qa_record_with(const struct qa_records *, size_t passage);
const struct record *qa_record_without(const struct qa_records *, size_t passage);

#endif
