#ifndef UNIT_RAG_ASKER_H
#define UNIT_RAG_ASKER_H
/*
 * asker -- one patient's record in memory, and questions asked of it one after the other in a conversation, without a database.
 *
 * A test program has one asker, made anew for each test.
 */
#include "rag/answer.h"
#include "support/paper.h"

struct asker {
    struct arena *arena;
    struct answer_books books;
    struct record *record;
    struct intent_context context;
    struct rag_answer out; /* to the last question */
    struct date today;     /* 2024-12-01 unless a test says otherwise */
};

struct asker *asker(void);

/* Fatou Ndiaye, 7. */
extern const struct person asker_fatou;
/* The lines of her last prescription: 15/11/2024, lisinopril 10mg, aspirine 75mg. */
extern const char *const asker_prescription[];

int asker_open(const struct person *, const struct paper *, size_t count); /* 0, or -1 */
int asker_close(void **state);

/* Another record, in the same conversation. */
void take_record(const struct person *, const struct paper *, size_t count);

const char *ask(const char *text); /* lives as long as the asker */
void has(const char *answer, const char *words);
void lacks(const char *answer, const char *words);
/* The question is refused with neither a source nor a figure, and the doctor told. */
void refused(const char *question);

#endif
