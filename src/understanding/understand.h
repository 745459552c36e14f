#ifndef UNDERSTANDING_UNDERSTAND_H
#define UNDERSTANDING_UNDERSTAND_H
/*
 * understand -- one question as it is understood: its words, what it is about, the days it names, what it wants, and what the conversation
 * remembers of it.
 *
 * Pure; everything lives in the arena, but what names facts of the record points into it.
 */
#include "understanding/intent.h"

struct understood {
    struct tokens tokens;
    struct subject subject;
    struct when when;
    struct intent_reading reading;
    struct intent_context context; /* for the next question */
};

/* What is read, and behind which question; the words of `text` are read as a question's. */
struct to_understand {
    struct str text;
    struct date today;
    const struct intent_context *before; /* of the conversation; NULL: it begins here */
};

enum status understand(const struct intent_book *, struct text_reader *, struct arena *,
                       const struct record *, const struct to_understand *, struct understood *out,
                       struct err *) MUST_CHECK;

#endif
