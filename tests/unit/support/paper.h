#ifndef SUPPORT_PAPER_H
#define SUPPORT_PAPER_H
/*
 * paper -- pages made by hand, read as real ones are, and records of made-up patients from them.
 */
#include "rag/answer.h"
#include "search/chunk.h"

enum { PAPER_LINES_MAX = 64 };

/* A page of typed lines (NULL-ended): every character is as wide as another, several spaces are a column gap, "" is an empty line. */
struct page paper_page(struct arena *, int number, const char *const *lines, uint8_t confidence);

struct paper {
    int64_t id;
    const char *title; /* NULL: as read on it */
    const char *const *lines;
    enum document_kind kind; /* KIND_OTHER: as read on it */
    struct date date;        /* year 0: as read on it */
    uint8_t confidence;      /* 0: 100, a text layer */
    bool names_another;
};

struct person {
    int64_t id;
    const char *first_name, *last_name, *allergies, *current_medications, *medical_history;
};

/* The record of a person with these papers (by rising id). Ends the test when it cannot be made; record_free() it. */
struct record *paper_record(const struct person *, const struct paper *, size_t count);

#endif
