#ifndef RAG_MEASURED_GLANCE_H
#define RAG_MEASURED_GLANCE_H
/*
 * measured_glance -- whether a line can matter to what is wanted, told from its letters alone.
 *
 * Most lines of a record hold no label that is wanted and are no part of a table with days; reading each into tokens and labels would take most of
 * the time of an answer. A glance errs on one side only: a line that it passes over says nothing.
 */
#include "rag/measure.h"

enum line_worth {
    LINE_EMPTY,   /* no letter, no figure: it does not even end a table */
    LINE_PASSED,  /* nothing of what is wanted */
    LINE_TO_READ, /* it holds a word of a wanted label, or may be a row or the head of a table */
};
enum status measured_glance(const struct label_words *, struct arena *, struct str line, enum line_worth *,
                            struct err *) MUST_CHECK;

#endif
