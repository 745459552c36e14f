#ifndef TESTS_EVAL_PAPER_READ_H
#define TESTS_EVAL_PAPER_READ_H
/*
 * paper_read -- records of made-up people from plain texts, read by the extractor, the fact readers and the chunker of the program.
 *
 * Anything that goes wrong ends the program.
 */
#include "documents/extract.h"
#include "documents/fact.h"
#include "search/record.h"

struct paper {
    struct str name, text;
};

/* What was read of a paper, in the arena of paper_read(). */
struct paper_pages {
    struct page *pages;
    size_t count;
    struct document_reading reading;
};

struct paper_reader;

struct paper_reader *paper_reader_open(struct arena *, const char *extractor_program);
void paper_reader_close(struct paper_reader *);

void paper_read(struct paper_reader *, struct arena *, const struct paper *, struct paper_pages *out);

struct paper_person {
    int64_t id;
    struct str first_name, last_name, allergies, current_medications, medical_history;
    struct date birth;
    enum lang language;
};

/* The record of a person; document i+1 is papers[i]. record_free() it. */
struct record *paper_record(struct paper_reader *, const struct paper_person *, const struct paper *papers,
                            size_t count);

#endif
