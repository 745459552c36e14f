#ifndef TESTS_EVAL_MADE_SET_H
#define TESTS_EVAL_MADE_SET_H
/*
 * made_set -- our own made-up records with the questions of their patients: a folder with files NN.txt and questions.tsv.
 *
 * A file begins with what the patient's file says ("patient: First Last, birth YYYY-MM-DD, fr", "allergies:", "current:", "history:"); a
 * line "=== title | kind | day" begins each paper. A question is a line "NN<TAB>answerable|unanswerable<TAB>writing<TAB>question<TAB>words
 * that the answer must hold, separated by |". Records of odd numbers may be used for tuning, even ones are kept out of it.
 */
#include "paper_read.h"

enum { MADE_RECORDS_MAX = 200, MADE_PAPERS_MAX = 12 };

/* What its writer says that a paper is. */
struct made_label {
    struct str kind; /* "prescription", "lab", "letter", … */
    struct date day;
};

struct made_record {
    int number;
    struct paper_person person;
    struct record *record;
    struct paper papers[MADE_PAPERS_MAX]; /* document i+1 is papers[i] */
    struct made_label labels[MADE_PAPERS_MAX];
    size_t paper_count;
    struct date latest; /* day of the latest paper */
};

struct made_question {
    const struct made_record *of;
    bool answerable;
    struct str writing, text, words; /* writing: "fr", "sms", "wo", "en" */
};

struct made_set {
    struct made_record records[MADE_RECORDS_MAX];
    struct made_question *questions;
    size_t record_count, question_count;
};

/* Ends the program when the folder is not of this form. made_set_done() it. */
void made_set_read(struct arena *, struct paper_reader *, const char *folder, struct made_set *);
void made_set_done(struct made_set *);

/* The day on which its questions are asked: a week after the latest paper. */
static inline struct date made_today(const struct made_record *r) {
    return date_of_us(date_to_us(r->latest) + 7 * DAY_US);
}

static inline bool made_is_kept_out(const struct made_record *r) {
    return r->number % 2 == 0;
}

#endif
